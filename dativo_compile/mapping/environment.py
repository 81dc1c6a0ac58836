"""A job without an environment is told so once, however many names would be made from it."""

from __future__ import annotations

from collections.abc import Iterable

from dativo_compile.diagnostics.codes.emit import NAMESPACE_ENVIRONMENT
from dativo_compile.diagnostics.codes.link import ENVIRONMENT_NEEDED
from dativo_compile.diagnostics.codes.mapping import SECRET_NAME_ENVIRONMENT
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import LinkedJob

CODES = (ENVIRONMENT_NEEDED, SECRET_NAME_ENVIRONMENT, NAMESPACE_ENVIRONMENT)


def already_missed(linked: LinkedJob, found: Iterable[Diagnostic]) -> bool:
    name = linked.document.file.name
    return any(d.code in CODES and d.place is not None and d.place.file == name for d in found)
