"""The codes of the compiler, weighed as a project weighs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dativo_compile.diagnostics.code import Code, Severity
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import project_at, root_of
from dativo_compile.pipeline import Compilation
from dativo_compile.registry import ALL_CODES
from dativo_compile.settle import settle, weight


@dataclass(frozen=True, slots=True)
class Rule:
    """A code, and what it weighs in the project: `code.severity` unless `dativo.yaml` says otherwise."""

    code: Code
    severity: Severity


def rules_of(request: Request, prefix: str) -> tuple[tuple[Rule, ...], Compilation]:
    """Codes whose id or name begins so, in the order of their ids; none if `dativo.yaml` cannot be used.

    The compilation has no jobs: it says what is wrong with that file. Raises `UsageError` for a prefix of nothing.
    """
    wanted = [code for code in ALL_CODES if code.id.startswith(prefix.upper()) or code.name.startswith(prefix.lower())]
    if not wanted:
        raise UsageError(f"no diagnostic begins with `{prefix}`", "`dativo rules` lists them all")
    found: list[Diagnostic] = []
    root = root_of(request, Path.cwd())
    project = project_at(root, found)
    read = Compilation(project, settle(found, project), root=root)
    if project is None:
        return (), read
    return tuple(Rule(code, weight(Diagnostic(code, code.severity, ""), project)) for code in wanted), read
