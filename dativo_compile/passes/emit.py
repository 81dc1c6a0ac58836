"""Turn a job into bytes. `emit` promises the published shape, no secret in any leaf, canonical bytes and a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from sys import intern
from typing import Any

from dativo_compile.canonical import COMPACT, dumps
from dativo_compile.diagnostics.codes.emit import LITERAL_SECRET, NOT_JSON, SENSITIVE_LEAKED, SHAPE_UNFIT
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.merge import first_leaf
from dativo_compile.manifest.assemble import assemble
from dativo_compile.manifest.screen import Screened, listed, screen, screen_side, screen_texts, telling
from dativo_compile.mapping.dotpath import Absent, find, get, parse, show
from dativo_compile.mapping.location import storage_root
from dativo_compile.mapping.needed import key_of, mapped_names
from dativo_compile.mapping.places import origin_place
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import Claim, LinkedJob, Manifest, TaggedJob
from dativo_compile.model.origin import winner
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.secrecy import may_hold_secret
from dativo_compile.model.source import Document
from dativo_compile.model.unknown import is_unknown

ZEROS = "sha256:" + "0" * 64
DIGEST_LINE = b'\n  "digest": "sha256:'
# Not `schema`: its keys are fixed, and none of them holds a secret.
FLAT = ("tags", "table_properties")  # their keys have dots
ACCOUNT = {"aws": "account_id", "gcp": "project_id", "azure": "account_id"}
SCREENED = frozenset({"infrastructure", "catalog", "execution", "job"})


def emit(tagged: TaggedJob, claim: Claim, project: Project, found: list[Diagnostic]) -> Manifest | None:
    """Absent if anything is wrong: it fails closed. `claim` goes into the index as it is."""
    value, origins = assemble(tagged)
    seen = Screened()
    linked = tagged.placed.linked
    for side, connector in (("source", linked.source_connector), ("target", linked.target_connector)):
        screen_side(value[side], connector.defaults if connector else {}, side, seen)
    for root, inner in value.items():
        if root in SCREENED or root.startswith("x-"):
            screen(inner, root, seen)
    screen_texts(value["tags"], "tags", seen)
    screen_texts(value["table_properties"], "table_properties", seen)
    value["references"] = listed(seen)
    value["digest"] = ZEROS
    try:
        data = dumps(value)
    except TypeError:
        data = b""
    if not data or may_hold_secret(data):
        seen.literals += [path for path in telling(value) if path not in seen.literals]
    faults = _secret_faults(tagged, project, origins, seen)
    if not faults and not data:
        faults = [_unwritable(tagged, value, origins)]
    if faults:
        found += faults
        return None
    faults = _shape_faults(tagged, value, origins)
    if faults:
        found += faults
        return None
    data, digest = stamped(data)
    return Manifest(
        tagged.placed.linked.id, data, digest, _provenance(tagged, origins), entry_of(claim, digest, tagged)
    )


def stamped(data: bytes) -> tuple[bytes, str]:
    """The bytes with their digest in place of the zeros, and the digest."""
    digest = hashlib.sha256(data).hexdigest()
    at = data.index(DIGEST_LINE) + len(DIGEST_LINE)
    return data[:at] + digest.encode() + data[at + 64 :], "sha256:" + digest


def claim_of(tagged: TaggedJob, reread: Callable[[str], Document | None]) -> Claim:
    placed = tagged.placed
    linked, table = placed.linked, placed.table
    assert table is not None and linked.asset is not None
    target = placed.body["target"]
    location = target.get("location", "")
    partitioning = dumps(target.get("partitioning"), COMPACT).decode()
    return Claim(
        linked.id, linked.document.file.name, intern(linked.tenant), table.identity, f"{table.namespace}.{table.name}",
        location if type(location) is str else dumps(location, COMPACT).decode(),
        intern(str(target["write_mode"])), _shape(_Columns(linked.asset), partitioning), reread,
        placed.secrets, placed.state.location if placed.secrets and placed.state else "",
        intern(linked.environment or ""), *_home(placed.body), _storage(target),
        intern(key_of(linked)) if placed.state is not None else "", _keys(tuple(tagged.tags)),
    )  # fmt: skip


def _home(body: dict[str, Any]) -> tuple[str, str]:
    """The provider, and the account or project, as text."""
    block = body.get("infrastructure")
    provider = block.get("provider") if type(block) is dict else None
    if type(provider) is not dict:
        return "", ""
    kind = provider.get("provider")
    account = provider.get(ACCOUNT.get(str(kind), ""))
    return intern(str(kind or "")), intern(account) if type(account) is str else ""


def _storage(target: dict[str, Any]) -> str:
    """The bucket and prefix that the target names; a warehouse as it stands."""
    root = storage_root(target)
    return intern(root) if root else ""


@lru_cache(maxsize=1024)
def _keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all jobs with the same keys."""
    return keys


def entry_of(claim: Claim, digest: str, tagged: TaggedJob) -> dict[str, Any]:
    """What `index.json` says of a job."""
    entry: dict[str, Any] = {
        "digest": digest, "file": claim.file, "tenant_id": claim.tenant, "table": claim.table,
        "identity": list(claim.identity), "location": claim.location, "write_mode": claim.write_mode,
        "shape": claim.shape, "tags": tagged.tags,
    }  # fmt: skip
    if tagged.placed.state is not None:
        linked = tagged.placed.linked
        entry["reads"] = {"outputs": list(mapped_names(linked)), "state": key_of(linked)}
    for name in ("provider", "account", "storage"):
        if said := getattr(claim, name):
            entry[name] = said
    if claim.secrets:
        entry["secrets"], entry["state"] = list(claim.secrets), claim.state
    if tagged.placed.linked.environment is not None:
        entry["environment"] = tagged.placed.linked.environment
    return entry


class _Columns:
    """An asset's columns as a key of a cache: the same asset object has the same columns."""

    __slots__ = ("asset",)

    def __init__(self, asset: Asset) -> None:
        self.asset = asset

    def __hash__(self) -> int:
        return id(self.asset)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Columns) and other.asset is self.asset


@lru_cache(maxsize=1024)
def _shape(columns: _Columns, partitioning: str) -> str:
    """A short name for schema and partitioning: two tables of one shape have one."""
    return hashlib.sha256(dumps(columns.asset.columns, COMPACT) + partitioning.encode()).hexdigest()[:16]


def _provenance(tagged: TaggedJob, origins: dict[str, Any]) -> bytes:
    placed = tagged.placed
    linked = placed.linked
    sidecar: dict[str, Any] = {
        "job": linked.id,
        "files": _files(linked, origins),
        "origins": origins,
    }
    if placed.state is not None:
        state = placed.state
        sidecar["state"] = {"location": state.location, "serial": state.serial, "lineage": state.lineage}
    return dumps(sidecar, COMPACT)


def _files(linked: LinkedJob, origins: dict[str, Any]) -> dict[str, str]:
    """Role -> file. The project's own stands there only if the catalog comes from it."""
    files = {role: document.file.name for role, document in linked.documents.items()}
    catalog = origins["target"]["catalog"]
    if "project" in files and not any(str(winner(first_leaf(o))).startswith("project:") for o in catalog.values()):
        del files["project"]
    return files


def _place_in(tagged: TaggedJob, origins: dict[str, Any], path: str) -> Place:
    """The nearest place to a path of the manifest."""
    root, _, key = path.partition(".")
    flat = origins.get(root)
    if root in FLAT and type(flat) is dict and key in flat:
        return origin_place(tagged.placed.linked, flat[key])
    steps = parse(path) or ()
    while steps:
        try:
            return origin_place(tagged.placed.linked, get(origins, steps))
        except Absent:
            steps = steps[:-1]
    return origin_place(tagged.placed.linked, "rule:none")


def _secret_faults(tagged: TaggedJob, project: Project, origins: dict[str, Any], seen: Screened) -> list[Diagnostic]:
    faults = [
        diagnose(SENSITIVE_LEAKED, _place_in(tagged, origins, path), path=path, help="report this fault")
        for path in seen.leaks
    ]
    told = set()  # a table property holds what a tag holds: one cause, one error, one waiver
    for path in seen.literals:
        place = _place_in(tagged, origins, path)
        doubled = path.startswith("table_properties.") and place in told
        told.add(place)
        if doubled or path in project.screen_waivers:
            continue
        faults.append(
            diagnose(
                LITERAL_SECRET, place, path=path,
                help="write `${NAME}` and set the variable at run time, or map a sensitive output",
            )
        )  # fmt: skip
    return faults


def _unwritable(tagged: TaggedJob, value: Any, origins: dict[str, Any], path: tuple[str | int, ...] = ()) -> Diagnostic:
    """The first leaf that cannot be UTF-8."""
    pairs = value.items() if type(value) is dict else enumerate(value) if type(value) is list else ()
    for step, inner in pairs:
        here = (*path, step)
        if type(inner) is dict or type(inner) is list:
            found = _unwritable(tagged, inner, origins, here)
            if found.place is not None:
                return found
        elif type(inner) is str and not inner.isascii():
            try:
                inner.encode()
            except UnicodeEncodeError:
                place = _place_in(tagged, origins, show(here))
                return diagnose(NOT_JSON, place, path=show(here), help="correct the text where it comes from")
    return diagnose(NOT_JSON, None, path=show(path), help="correct the text where it comes from")


def _shape_faults(tagged: TaggedJob, value: dict[str, Any], origins: dict[str, Any]) -> list[Diagnostic]:
    from dativo_compile.validation.schema import faults_of

    return [
        diagnose(
            SHAPE_UNFIT, _place_in(tagged, origins, show(fault.path)), path=show(fault.path),
            reason=fault.message.removeprefix(f"`{show(fault.path)}` "),
            help=fault.help or "correct the value where it comes from",
        )
        for fault in faults_of("manifest", value)
        if not is_unknown(find(value, fault.path))
    ]  # fmt: skip
