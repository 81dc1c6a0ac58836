"""Which files a job reads, from its own text alone: what must be looked at to tell whether a change can reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dativo_compile.linking.ahead import Wanted
from dativo_compile.linking.paths import PathFault, candidates, resolve
from dativo_compile.mapping.needed import key_from, names_in
from dativo_compile.model.project import Project
from dativo_compile.model.source import SourceFile
from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read

PATHS = (
    ("connector", "source_connector_path"), ("connector", "target_connector_path"), ("asset", "asset_path"),
)  # fmt: skip
NO_BLOCK: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Reads:
    """`files` are roles with the project-relative names that a path may mean, `modules` the folders that one may.

    `state` is absent for a job that maps no output; `key` is what the lock calls it, `outputs` are those mapped.
    """

    files: tuple[tuple[str, tuple[str, ...]], ...] = ()
    modules: tuple[str, ...] = ()
    state: Wanted | None = None
    key: str = ""
    outputs: tuple[str, ...] = ()


def reads_of(project: Project, file: SourceFile) -> Reads:
    """Of a file that is no job: nothing. Whether what is named exists is not asked, but of the module."""
    try:
        value, _ = read(file.data, Marks("job"))
    except YamlFault:
        return Reads()
    if type(value) is not dict:
        return Reads()
    files = tuple((role, _names(project, file.name, value.get(key))) for role, key in PATHS)
    terraform = _block(value)
    modules = _names(project, file.name, terraform.get("module_path"))
    outputs = terraform.get("outputs")
    if type(outputs) is not dict or not outputs:
        return Reads(files, modules)
    module = _module(project, file.name, terraform)
    workspace, own = terraform.get("workspace") or "default", terraform.get("backend")
    where = "." if own and not module else module
    state = Wanted(where, str(workspace), own if type(own) is dict else None)
    return Reads(files, modules, state, key_from(module, terraform), names_in(outputs))


def _names(project: Project, job_file: str, text: Any) -> tuple[str, ...]:
    names = candidates(project, job_file, text) if type(text) is str else ()
    return names if not isinstance(names, PathFault) else ()


def _module(project: Project, job_file: str, terraform: dict[str, Any]) -> str | None:
    """As `link` has it: the folder that exists, else the likelier one."""
    text = terraform.get("module_path")
    if type(text) is not str or not text:
        return None
    resolved = resolve(project, job_file, text, folder=True)
    if not isinstance(resolved, PathFault):
        return resolved.name
    return resolved.tried[0] if resolved.tried else text


def _block(value: dict[str, Any]) -> dict[str, Any]:
    infrastructure = value.get("infrastructure")
    terraform = infrastructure.get("terraform") if type(infrastructure) is dict else None
    return terraform if type(terraform) is dict else NO_BLOCK
