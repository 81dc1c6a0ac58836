"""Turn a job into bytes. `emit` promises the published shape, no secret in any leaf, canonical bytes and a digest."""

from __future__ import annotations

import hashlib
from typing import Any

from dativo_compile.canonical import COMPACT, dumps
from dativo_compile.diagnostics.codes.emit import LITERAL_SECRET, NOT_JSON, SENSITIVE_LEAKED, SHAPE_UNFIT
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.merge import first_leaf
from dativo_compile.manifest.assemble import assemble
from dativo_compile.manifest.claim import entry_of
from dativo_compile.manifest.screen import Screened, listed, screen, screen_side, screen_texts, telling
from dativo_compile.mapping.dotpath import Absent, find, get, parse, show
from dativo_compile.mapping.places import origin_place
from dativo_compile.model.job import Claim, LinkedJob, Manifest, TaggedJob
from dativo_compile.model.origin import winner
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.secrecy import may_hold_secret
from dativo_compile.model.unknown import is_unknown

ZEROS = "sha256:" + "0" * 64
DIGEST_LINE = b'\n  "digest": "sha256:'
# Not `schema`: its keys are fixed, and none of them holds a secret.
FLAT = ("tags", "table_properties")  # their keys have dots
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
