"""Every diagnostic code, by id; listed by hand, so that a reader can search for one."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.codes import (
    asset,
    backend,
    build,
    check,
    discover,
    emit,
    encryption,
    internal,
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
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.model.usage import UsageError
from dativo_compile.rules import CODES as RULE_CODES

ALL_CODES: tuple[Code, ...] = tuple(
    sorted(
        (
            *discover.CODES,
            *parse.CODES,
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


def known_code(text: str) -> Code:
    """The same; raises `UsageError`, with the closest id or name, where there is none."""
    found = code_of(text)
    if found is None:
        near = did_you_mean(text.upper(), BY_ID) or did_you_mean(text.lower(), (c.name for c in ALL_CODES))
        raise UsageError(f"there is no diagnostic `{text}`", near or "`dativo explain` lists them all")
    return found
