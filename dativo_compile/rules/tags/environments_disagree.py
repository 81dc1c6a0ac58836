"""The environment is stated in several places, for several readers; they should read the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.tags.origins import key_shown, value_place
from dativo_compile.tags.demands import demanded, unfit
from dativo_compile.tags.text import plain_text

ENVIRONMENTS_DISAGREE = Code(
    "DC6014",
    "environments-disagree",
    "warning",
    "the environment is `{value}` here, and `{other}` {where}",
    """\
A job may state its environment in five places: `environment` of the job, the tag of that name under
`infrastructure.tags`, in `finops` of the job or of its asset, and the Terraform variable `environment`. Each
has readers of its own: names and secrets are made of the first, the bill shows the second, the table the
strongest of the tags, and Terraform made the resources by the last. Where they differ, a table is on one
bill and its bucket on another. `prod` and `production` differ too. (An output `environment` of the state that
differs is an error of its own.)

Write one name in all places. A tag that says what the job says already can be left out.""",
)
KEY = "environment"
NOTHING: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Statement:
    """`origin` leads to the value; `where` says for a message whose word it is."""

    text: str
    origin: Any
    where: str


def environments_disagree(tagged: TaggedJob, project: Project) -> Iterator[Diagnostic]:
    if _agree(tagged):
        return
    said = [one for one in _statements(tagged) if not _refused(one, tagged, project)]
    odd = next((one for one in said if one.text != said[0].text), None)
    if odd:
        yield _finding(said[0], odd, said, tagged)


def _agree(tagged: TaggedJob) -> bool:
    """At a glance: whether every tag and variable of the name says what the job says."""
    linked = tagged.placed.linked
    block = tagged.placed.body.get("infrastructure")
    infrastructure = block if type(block) is dict else NOTHING
    terraform = infrastructure.get("terraform") or NOTHING
    asset = linked.asset.finops if linked.asset else NOTHING
    for tags in (infrastructure.get("tags"), terraform.get("variables"), linked.document.value.get("finops"), asset):
        if tags and tags.get(KEY, linked.environment) != linked.environment:
            return False
    return True


def _finding(first: Statement, odd: Statement, said: list[Statement], tagged: TaggedJob) -> Diagnostic:
    """At the one that differs from the first, if the job says it; an asset's word is key_shown beside the job's."""
    main, other = (odd, first) if _place(odd, tagged).file == tagged.placed.linked.document.file.name else (first, odd)
    further = [one for one in said if one not in (main, other)]
    related = tuple(Related(_place(one, tagged), f"`{key_shown(one.text)}` {one.where}") for one in (other, *further))
    return diagnose(
        ENVIRONMENTS_DISAGREE, _place(main, tagged), related=related, help="write one name in all places",
        value=key_shown(main.text), other=key_shown(other.text), where=other.where,
    )  # fmt: skip


def _place(one: Statement, tagged: TaggedJob) -> Place:
    return value_place(tagged.placed.linked, one.origin, one.text)


def _refused(one: Statement, tagged: TaggedJob, project: Project) -> bool:
    """Whether another rule says already that this tag may not be so."""
    linked = tagged.placed.linked
    asked = (tagged.tags.get(KEY), tagged.properties.get(f"infrastructure.{KEY}"))
    checks = demanded(project.tags, linked.tenant, linked.environment).checks
    return (
        one.where.startswith("as a tag")
        and one.text in asked
        and any(check.key == KEY and unfit(check, one.text) is not None for check in checks)
    )


def _statements(tagged: TaggedJob) -> list[Statement]:
    """In the order of trust."""
    linked = tagged.placed.linked
    job = linked.document
    found: list[Statement] = []
    if linked.environment:
        found.append(Statement(linked.environment, job.marks[KEY], "in the job"))
    block = tagged.placed.body.get("infrastructure")
    if type(block) is dict:
        marks = tagged.placed.origins["infrastructure"]
        _add(found, block.get("tags"), marks.get("tags"), "as a tag of the infrastructure")
        terraform = block.get("terraform")
        if type(terraform) is dict:
            _add(found, terraform.get("variables"), marks["terraform"].get("variables"), "as a Terraform variable")
    _add(found, job.value.get("finops"), job.marks.get("finops"), "as a tag in `finops` of the job")
    if linked.asset is not None:
        _add(found, linked.asset.finops, linked.asset.finops_origins, "as a tag in `finops` of the asset")
    return found


def _add(found: list[Statement], block: Any, marks: Any, where: str) -> None:
    text = plain_text(block.get(KEY)) if type(block) is dict else None
    if text:
        found.append(Statement(text, marks[KEY], where))
