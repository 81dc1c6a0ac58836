"""The outputs and variables of a module's folder, with their places."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dativo_compile.model.place import Place
from dativo_compile.terraform.hcl.tokens import HclError, place
from dativo_compile.terraform.modules.declarations import Declaration, Declarations, Fault
from dativo_compile.terraform.modules.from_hcl import read_hcl
from dativo_compile.terraform.modules.from_json import read_json
from dativo_compile.terraform.modules.tfvars import names_given
from dativo_compile.terraform.modules.types import ANY, Type

LARGEST = 10_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Output:
    """An `output` block."""

    name: str
    place: Place
    sensitive: bool = False
    ephemeral: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A `variable` block. `required` says that it has no default; what is secret belongs into no job."""

    name: str
    place: Place
    type: Type = ANY
    required: bool = True
    nullable: bool = True
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """`faults` are (place, reason, help): with any, what is declared is not all known.

    `declared` are the places of the outputs, `given` the variables to which a `.tfvars` file gives a value.
    """

    folder: str
    outputs: Mapping[str, Output]
    variables: Mapping[str, Variable]
    faults: tuple[tuple[Place, str, str], ...] = ()
    given: frozenset[str] = frozenset()

    declared: Mapping[str, Place] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.faults


def read_module(root: Path, folder: str) -> Module | None:
    """Absent where the folder holds no Terraform files: its module lies elsewhere, or nowhere yet."""
    try:
        names = sorted(entry.name for entry in os.scandir(root / folder) if entry.is_file())
    except OSError:
        return None
    files = sorted((name for name in names if is_module_file(name)), key=lambda name: (is_override(name), name))
    if not files:
        return None
    declarations = Declarations()
    faults: list[tuple[Place, str, str]] = []
    for name in files:
        shown = name if folder == "." else f"{folder}/{name}"
        text = _text(root, shown)
        if isinstance(text, str):
            problems = declarations.add(shown, text, _read(name, text), override=is_override(name))
            faults += [(place(f.file, f.text, f.at, f.end), f.reason, f.help) for f in problems]
        else:
            faults.append((Place.whole(shown), *text))
    outputs = {d.name: _output(d) for d in declarations.outputs.values()}
    variables = {d.name: _variable(d) for d in declarations.variables.values()}
    declared = {name: output.place for name, output in outputs.items()}
    return Module(folder, outputs, variables, tuple(faults), names_given(root / folder), declared)


def is_module_file(name: str) -> bool:
    """Terraform steps over hidden files and those that editors leave."""
    return name.endswith((".tf", ".tf.json")) and not name.startswith((".", "#"))


def is_override(name: str) -> bool:
    stem = name.removesuffix(".json").removesuffix(".tf")
    return stem == "override" or stem.endswith("_override")


@lru_cache(maxsize=256)
def _by_content(text: str, is_json: bool) -> tuple[Declaration, ...] | Fault:
    """Each distinct content is read once."""
    try:
        return read_json(text) if is_json else read_hcl(text)
    except HclError as error:
        return Fault("", text, error.at, error.end, error.reason)


def _read(name: str, text: str) -> tuple[Declaration, ...] | Fault:
    return _by_content(text, name.endswith(".json"))


def _text(root: Path, name: str) -> str | tuple[str, str]:
    """The file's text, or why there is none and what to do."""
    path = root / name
    top = os.path.realpath(root).rstrip(os.sep) + os.sep
    if not os.path.realpath(path).startswith(top):
        return "is a symbolic link that leaves the project", "copy the file into the project"
    try:
        if path.stat().st_size > LARGEST:
            return f"is larger than {LARGEST // 1_000_000} MB", "a module's file is written by people; is it one?"
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return (error.strerror or "cannot be read").lower(), "mend the file or its permissions"
    except UnicodeDecodeError:
        return "is not UTF-8", "save it as UTF-8"


def _output(d: Declaration) -> Output:
    return Output(d.name, d.place, d.flag("sensitive"), d.flag("ephemeral"), str(d.values.get("description") or ""))


def _variable(d: Declaration) -> Variable:
    secret = d.flag("sensitive") or d.flag("ephemeral")
    return Variable(d.name, d.place, d.type or ANY, "default" not in d.values, d.flag("nullable", True), secret)
