"""Naming conventions of a project: patterns with fields, as `naming` in `dativo.yaml` says them."""

from __future__ import annotations

import re
from functools import lru_cache

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.templates import ENVIRONMENT, TENANT, filled
from dativo_compile.model.source import Document
from dativo_compile.rules.provider.id_fault import brief
from dativo_compile.rules.provider.places import part_at

KEY = "naming"
DEFAULT = "default"
# As the guide has them; that of `namespace` is `tables.namespace`, which has the same default.
DEFAULTS = {
    "bucket": "{tenant_id}-dativo-data-lake-{environment}",
    "role": "{tenant_id}-dativo-etl-role-{environment}",
    "service_account": "{tenant_id}-dativo-etl-{environment}",
}
NAMESPACE = "namespace"
FIELD = re.compile(r"\{[^{}]*\}")
BRACE = re.compile("[{}]")
ANY = "*"
# What is too long can be nobody's name: without a name that fits, nothing is asked for.
LONGEST = {"s3": 63, "gcs": 63, "container": 63, "iam_role": 64, "service_account": 30, "glue": 255, "bigquery": 1024}
IDENTITY = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}"

NAMING_MALFORMED = Code(
    "DC5061",
    "naming-malformed",
    "error",
    "`{pattern}` is no naming pattern: {reason}",
    """\
A pattern of `naming` in `dativo.yaml` is a name with fields: `{tenant_id}` (or `{tenant}`) and `{environment}` are
filled in for each job, and `*` stands for any text. With a field that does not exist, no name could ever fit, and every
job would be warned of.

Correct the field, or write `default` for the documented pattern.""",
)


def conventions_of(document: Document, namespace: str, found: list[Diagnostic]) -> dict[str, str]:
    """What is named -> its pattern, of those that the project turns on; a pattern that can be none is left out."""
    value = document.value.get(KEY)
    defaults = {**DEFAULTS, NAMESPACE: namespace}
    if value in (True, DEFAULT):
        return defaults
    patterns: dict[str, str] = {}
    for what, said in value.items() if type(value) is dict else ():
        if said in (True, DEFAULT):
            patterns[what] = defaults[what]
        elif type(said) is str:
            fault = _fault(document, what, said)
            if fault is None:
                patterns[what] = said
            else:
                found.append(fault)
    return patterns


def _fault(document: Document, what: str, pattern: str) -> Diagnostic | None:
    known = (*TENANT, ENVIRONMENT)
    listed = "fields are `{tenant_id}`, `{tenant}` and `{environment}`"
    for field in FIELD.finditer(pattern):
        if field[0] not in known:
            place = part_at(document, (KEY, what), pattern, *field.span())
            help = did_you_mean(field[0], known) or listed
            return diagnose(
                NAMING_MALFORMED, place, help=help, pattern=brief(pattern), reason=f"there is no field `{field[0]}`"
            )
    brace = BRACE.search(FIELD.sub(lambda field: "-" * len(field[0]), pattern))
    if brace is None:
        return None
    place = part_at(document, (KEY, what), pattern, *brace.span())
    reason = f"`{brace[0]}` is half of a field"
    return diagnose(NAMING_MALFORMED, place, help=listed, pattern=brief(pattern), reason=reason)


@lru_cache(maxsize=1024)
def expected(pattern: str, tenant: str, environment: str | None, kind: str) -> str:
    """What the pattern gives for a job, as far as such a thing can be named so; raises `EnvironmentNeeded`.

    A tenant may have characters that not every name has. A convention that nobody can keep helps nobody, so it asks for
    the nearest name: a dataset with `_` for each `-`, a service account or a bucket with `-` for `_` and no capitals.
    """
    name = filled(pattern, tenant, environment)
    if kind == "bigquery":
        return name.replace("-", "_")
    if kind in ("s3", "container", "service_account"):
        return name.replace("_", "-").lower()
    return name.lower() if kind in ("gcs", "glue") else name


@lru_cache(maxsize=1024)
def fits(name: str, wanted: str, kind: str) -> bool:
    if len(wanted.replace(ANY, "")) > LONGEST.get(kind, len(wanted)):
        return True
    if ANY not in wanted:
        return name == wanted
    return re.fullmatch(".*".join(map(re.escape, wanted.split(ANY))), name) is not None


def whose(name: str, pattern: str, tenant: str, environment: str | None) -> str:
    """Whose name it is by the pattern, in words; empty text if nobody's, or if it cannot be told."""
    fields = {"{tenant_id}": "tenant", "{tenant}": "tenant", ENVIRONMENT: "environment"}
    made, seen = "", set[str]()
    for piece in re.split(r"(\{[^{}]*\}|\*)", pattern):
        field = fields.get(piece)
        if field is None:
            made += ".*" if piece == ANY else re.escape(piece)
        else:
            made += f"(?P={field})" if field in seen else f"(?P<{field}>{IDENTITY})"
            seen.add(field)
    match = re.fullmatch(made, name)
    if match is None:
        return ""
    said = match.groupdict()
    ours = {"tenant": tenant, "environment": environment}
    return " and ".join(f"{field} `{said[field]}`" for field in ours if field in said and said[field] != ours[field])
