"""What the files of a module declare, put together as Terraform does: override files last, argument by argument."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from dativo_compile.model.place import Place
from dativo_compile.terraform.hcl.tokens import place
from dativo_compile.terraform.modules.types import Type

Kind = Literal["output", "variable"]
NOWHERE = Place.whole("")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A block of one file: `at` and `end` are the offsets of its label.

    `values` holds literal arguments, and of `default` and `value` that they are there; `place` is set with the file.
    """

    kind: Kind
    name: str
    at: int
    end: int
    values: dict[str, Any]
    type: Type | None = None
    place: Place = NOWHERE

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """Terraform takes `"true"` for `true`; an expression counts as the default."""
        value = self.values.get(name)
        if isinstance(value, str):
            value = {"true": True, "false": False}.get(value)
        return value if isinstance(value, bool) else otherwise


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file's text, between two offsets."""

    file: str
    text: str
    at: int
    end: int
    reason: str
    help: str = "run `terraform validate` in the module"


@dataclass
class Declarations:
    """Grows file by file, override files last."""

    outputs: dict[str, Declaration] = field(default_factory=dict)
    variables: dict[str, Declaration] = field(default_factory=dict)

    def add(self, file: str, text: str, found: tuple[Declaration, ...] | Fault, *, override: bool) -> list[Fault]:
        if isinstance(found, Fault):
            return [replace(found, file=file)]
        faults: list[Fault] = []
        for new in found:
            known = self.outputs if new.kind == "output" else self.variables
            old = known.get(new.name)
            if override and old is not None:
                known[new.name] = replace(old, values=old.values | new.values, type=new.type or old.type)
            elif override:
                reason = f"the {new.kind} `{new.name}` overrides nothing"
                faults.append(Fault(file, text, new.at, new.end, reason, f"declare the {new.kind} in another file"))
            elif old is not None:
                reason = f"the {new.kind} `{new.name}` is declared twice"
                other = f"it is declared in {old.place.file}, line {old.place.line}; keep one of the two"
                faults.append(Fault(file, text, new.at, new.end, reason, other))
            elif new.kind == "output" and "value" not in new.values:
                faults.append(Fault(file, text, new.at, new.end, f"the output `{new.name}` has no `value`"))
            else:
                known[new.name] = replace(new, place=place(file, text, new.at, new.end))
        return faults
