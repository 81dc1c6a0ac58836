"""The modules of a project, each read once however many jobs name it."""

from __future__ import annotations

from pathlib import Path

from dativo_compile.diagnostics.codes.module import MODULE_MALFORMED
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.terraform.modules.module import Module, read_module


class Modules:
    """Built once for a compile."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, Module | None] = {}

    def of(self, folder: str | None, found: list[Diagnostic]) -> Module | None:
        """Absent without a folder or without Terraform files in it; what is wrong in a module is reported once."""
        if folder is None:
            return None
        if folder not in self._read:
            module = self._read[folder] = read_module(self._root, folder)
            for place, reason, help in module.faults if module else ():
                found.append(diagnose(MODULE_MALFORMED, place, reason=reason, help=help))
        return self._read[folder]
