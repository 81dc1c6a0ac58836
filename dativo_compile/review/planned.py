"""What Terraform plans would do to manifests, as values: outputs that move, and where the unknown ones go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.output import Output
from dativo_compile.model.unknown import STAND_IN, WORDS, Kind, Unknown, worded
from dativo_compile.review.diff.compare import read
from dativo_compile.review.diff.masked import told
from dativo_compile.review.diff.model import Diff
from dativo_compile.review.paths import at, leaves, written
from dativo_compile.terraform.plans.plan import How, OutputChange, Plan


@dataclass(frozen=True, slots=True)
class Moved:
    """An output that a plan changes, and the jobs that map it.

    Values are null where there are none, or where they must not be shown (`hidden`); in them words stand for what is
    unknown. `secrets` name what the secret store must have anew, where the value of a sensitive output changes.
    """

    plan: str
    output: str
    how: How
    old: Any
    new: Any
    hidden: bool
    jobs: tuple[str, ...]
    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of manifests, written as `dativo why` takes it, and the jobs whose field it is."""

    path: str
    jobs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an output goes that a plan does not tell; `words` stand for it."""

    plan: str
    output: str
    words: str
    fields: tuple[Field, ...]

    @property
    def jobs(self) -> tuple[str, ...]:
        return tuple(sorted({job_id for field in self.fields for job_id in field.jobs}))


@dataclass(frozen=True, slots=True)
class Preview:
    """The answer of `dativo plan`. `diff` is absent where a plan or the project cannot be read.

    `left` are jobs with errors: they are in no comparison.
    """

    plans: tuple[Plan, ...]
    diagnostics: tuple[Diagnostic, ...]
    diff: Diff | None = None
    moved: tuple[Moved, ...] = ()
    unknown: tuple[Reach, ...] = ()
    left: tuple[str, ...] = ()


def moved(change: OutputChange, plan: Plan, jobs: Sequence[str], secrets: Iterable[str]) -> Moved:
    """`jobs` are those that map the output, `secrets` the names that stand for it if it is sensitive."""
    old, hid_old = _value(change.name, change.before)
    new, hid_new = _value(change.name, change.after)
    both = change.how == "changed" and change.after is not None and change.after.sensitive
    hidden = hid_old or hid_new or change.how in ("now sensitive", "no longer sensitive")
    if change.how in ("now sensitive", "no longer sensitive"):
        old = new = None
    anew = tuple(sorted(set(secrets))) if both or change.how == "now sensitive" else ()
    return Moved(plan.location, change.name, change.how, old, new, hidden, tuple(jobs), anew)


def _value(name: str, output: Output | None) -> tuple[Any, bool]:
    """What may be shown of it, and whether anything may not."""
    if output is None:
        return None, False
    if output.sensitive:
        return None, True
    shown = told(in_words(output.value), (name,))
    return shown, shown != in_words(output.value)


def in_words(value: Any) -> Any:
    """Plain JSON with words in place of stand-ins."""
    if type(value) is dict:
        return {name: in_words(inner) for name, inner in value.items()}
    if type(value) is list:
        return [in_words(inner) for inner in value]
    return worded(value) if isinstance(value, str) else value


def reaches(plans: Iterable[Plan], manifests: Mapping[str, bytes]) -> tuple[Reach, ...]:
    """Where stand-ins are in manifests; an output that reaches none is not told."""
    found: dict[str, dict[str, set[str]]] = {}
    for job_id, data in manifests.items():
        for origin, path in _stand_ins(data):
            found.setdefault(origin, {}).setdefault(path, set()).add(job_id)
    told = []
    for plan in plans:
        for name in sorted(plan.after.unknown):
            for kind in WORDS:
                fields = found.get(_origin(kind, plan.location, name))  # type: ignore[arg-type]  # its keys are kinds
                if fields:
                    listed = tuple(Field(path, tuple(sorted(fields[path]))) for path in sorted(fields))
                    told.append(Reach(plan.location, name, WORDS[kind], listed))
    return tuple(told)


def _origin(kind: Kind, location: str, name: str) -> str:
    return Unknown.of(kind, f"{location}\0{name}").output


def _stand_ins(data: bytes) -> Iterator[tuple[str, str]]:
    """The outputs that are unknown in a manifest, and the fields that they are in."""
    tree = read(data)
    for steps in leaves(tree, ()) if tree is not None else ():
        value = at(tree, steps)
        text = value if type(value) is str else json.dumps(value) if type(value) is dict else ""
        for stand_in in STAND_IN.finditer(text):
            yield stand_in[1] + stand_in[2], written(steps)
