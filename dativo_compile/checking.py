"""Whether manifests and lock are up to date: a compile that writes nothing, compared with what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic, good
from dativo_compile.lock.reading import Lock
from dativo_compile.lock.text import LOCK, render
from dativo_compile.locking import Renewal
from dativo_compile.model.output import State
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, Sink, compile_project
from dativo_compile.writing.compare import Changes, Comparison
from dativo_compile.writing.faults import WriteFault
from dativo_compile.writing.locked import lock_now

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """`changes` are what a compile would do; none without `good`. `before` and `after` are the states of the lock.

    `previous` are the entries of the index, as it is.
    """

    compilation: Compilation | None
    diagnostics: tuple[Diagnostic, ...]
    good: bool
    changes: Changes = field(default_factory=Changes)
    before: dict[str, State] = field(default_factory=dict)
    after: dict[str, State] = field(default_factory=dict)
    previous: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def check(
    request: Request,
    output: Path,
    *,
    strict: bool = False,
    progress: Progress | None = None,
    differing: Sink | None = None,
) -> Checked:
    """`--locked` leaves the lock as it is, so that it cannot be out of date then.

    `differing` is given each manifest that is not in the folder as it is.
    """
    try:
        comparison = Comparison(output, differing)
        compilation = compile_project(request, comparison, progress, comparison.previous.jobs)
        found = compilation.diagnostics
        fine = good(found, strict=strict)
        if not fine or compilation.project is None:
            return Checked(compilation, found, fine)
        changes = comparison.changes(compilation.owned, compilation.gone)
        if request.locked and not request.refresh:
            return Checked(compilation, found, fine, changes, previous=comparison.previous.jobs)
        renewal = Renewal(compilation, comparison.reads, comparison.previous.jobs)
        now = lock_now(compilation.project.root, whole=renewal.whole)
    except WriteFault as fault:
        return Checked(None, (fault.diagnostic,), False)
    after = renewal.states(now)
    changes += _lock_changes(now, after)
    before = now.states if now else {}
    return Checked(compilation, found, fine, changes, before, after, comparison.previous.jobs)


def _lock_changes(now: Lock | None, after: dict[str, State]) -> Changes:
    """A serial that moves alone is no change: somebody applied, and no output that counts moved."""
    if now is None:
        return Changes(new=(LOCK,)) if after else Changes()
    if not after:
        return Changes(removed=(LOCK,))
    same = now.data == render(now.states) and _without_serials(now.states) == _without_serials(after)
    return Changes() if same else Changes(changed=(LOCK,))


def _without_serials(states: dict[str, State]) -> bytes:
    return render({key: replace(state, serial=None) for key, state in states.items()})
