"""Every diagnostic code, by id; listed by hand, so that a reader can search for one."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes import (
    asset,
    backend,
    bill,
    build,
    check,
    discover,
    emit,
    encryption,
    internal,
    kinds,
    link,
    lock,
    mapping,
    module,
    parse,
    plan,
    program,
    service,
    settle,
    sources,
    state,
    tags,
)
from dativo_compile.diagnostics.near import asked, nearest
from dativo_compile.model.usage import UsageError
from dativo_compile.rules import CODES as RULE_CODES

ALL_CODES: tuple[Code, ...] = tuple(
    sorted(
        (
            *discover.CODES,
            *parse.CODES,
            *kinds.CODES,
            *settle.CODES,
            *link.CODES,
            *asset.CODES,
            *state.CODES,
            *service.CODES,
            *backend.CODES,
            *program.CODES,
            *encryption.CODES,
            *module.CODES,
            *mapping.CODES,
            *RULE_CODES,
            *tags.CODES,
            *bill.CODES,
            *build.CODES,
            *lock.CODES,
            *check.CODES,
            *sources.CODES,
            *plan.CODES,
            *emit.CODES,
            *internal.CODES,
        ),
        key=lambda code: code.id,
    )
)
BY_ID: dict[str, Code] = {code.id: code for code in ALL_CODES}


def code_of(text: str) -> Code | None:
    """The code with this id or this name, in any case."""
    return BY_ID.get(text.upper()) or next((c for c in ALL_CODES if c.name == text.lower()), None)


def near_code(text: str) -> Code | None:
    """The code that was probably meant, of the same step of the compiler if one is near there."""
    upper = text.upper()
    same_step = [code_id for code_id in BY_ID if code_id[:3] == upper[:3]]
    found = nearest(upper, same_step) or nearest(upper, BY_ID)
    return BY_ID.get(found) or code_of(nearest(text.lower(), (code.name for code in ALL_CODES)))


def known_code(text: str) -> Code:
    """The code with this id or name; raises `UsageError`, with the closest of its kind, where there is none."""
    found = code_of(text)
    if found is None:
        near = near_code(text)
        name = "" if near is None else near.id if text[:2].upper() == near.id[:2] else near.name
        raise UsageError(f"there is no diagnostic `{text}`", asked(name) or "`dativo rules` lists them all")
    return found
