"""What the lock should say after a compile: fresh entries for its jobs, the old ones for jobs that it does not own."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dativo_compile.lock.reading import Lock
from dativo_compile.lock.text import render
from dativo_compile.model.output import State
from dativo_compile.pipeline import Compilation

Reads = Mapping[str, dict[str, Any] | None]  # job id -> what its index entry says of the state that it reads
Needs = dict[str, set[str]]  # key of a state -> names of outputs


class Renewal:
    """`emitted` are the jobs with a manifest; what all others need stays recorded, as the last index has it."""

    def __init__(self, compilation: Compilation, emitted: Reads, previous: Mapping[str, Mapping[str, Any]]) -> None:
        self.compilation = compilation
        self.whole = compilation.lock is not None and compilation.lock.whole
        self.fresh = _needs(emitted.values())
        self.kept = _needs(_others(previous, emitted, compilation.gone))

    def states(self, now: Lock | None) -> dict[str, State]:
        """`now` is the lock as it is on disk."""
        then = now.states if now else {}
        seen = self.compilation.lock.seen if self.compilation.lock else {}
        made = {}
        for key, mapped in self.fresh.items():
            read = seen[key]
            names = mapped | read.always | self.kept.get(key, set())
            if self.compilation.partly and key in then:
                names |= then[key].outputs.keys()
            outputs = {name: read.state.outputs[name] for name in sorted(names) if name in read.state.outputs}
            made[key] = replace(read.state, outputs=outputs)
        stay = {key: state for key, state in then.items() if key not in made}
        return made | {key: state for key, state in stay.items() if self.compilation.partly or key in self.kept}

    def data(self, now: Lock | None) -> bytes | None:
        """The bytes of the lock; absent if no job reads a state."""
        states = self.states(now)
        return render(states) if states else None


def _needs(reads: Any) -> Needs:
    needs: Needs = {}
    for entry in reads:
        if entry:
            needs.setdefault(entry["state"], set()).update(entry["outputs"])
    return needs


def _others(
    previous: Mapping[str, Mapping[str, Any]], emitted: Container[str], gone: Container[str]
) -> Iterator[dict[str, Any] | None]:
    for job_id in previous:
        if job_id not in emitted and job_id not in gone:
            reads = previous[job_id].get("reads")
            yield reads if _is_reads(reads) else None


def _is_reads(reads: Any) -> bool:
    """An index can be edited."""
    return type(reads) is dict and type(reads.get("state")) is str and type(reads.get("outputs")) is list
