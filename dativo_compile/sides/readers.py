"""Which jobs read the outputs of which plan, once the sources were compiled with what the plans leave."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.mapping.secret_name import secret_name
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Project
from dativo_compile.pipeline import Compilation
from dativo_compile.review.planned import Moved, moved
from dativo_compile.review.removed import Loss
from dativo_compile.terraform.plans.plan import Plan, knowing


@dataclass(slots=True)
class Made:
    """A sink: what the index would say of every job, and the manifests of those that may read a plan's outputs."""

    needles: tuple[bytes, ...]
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    manifests: dict[str, Manifest] = field(default_factory=dict)

    def __call__(self, manifest: Manifest) -> None:
        self.entries[manifest.job_id] = manifest.entry
        if any(needle in manifest.provenance for needle in self.needles):
            self.manifests[manifest.job_id] = manifest


def sink_for(plans: Iterable[Plan]) -> Made:
    return Made(tuple(f'"location":{json.dumps(p.location, ensure_ascii=False)}'.encode() for p in plans))


class Readers:
    """`plans` are the caller's, with what the lock adds; `states` are the same by their key in the lock.

    `manifests` are those of jobs that read outputs of a plan.
    """

    def __init__(self, plans: Mapping[str, Plan], compilation: Compilation, made: Made) -> None:
        seen = compilation.lock.seen if compilation.lock else {}
        assert compilation.project is not None
        self.project: Project = compilation.project
        self.workspaces = frozenset(key.rpartition(":")[2] for key in seen)
        keys = {key: at for key, one in seen.items() for at, plan in plans.items() if one.state is plan.after}
        locked = compilation.lock.previous if compilation.lock else None
        self.plans = dict(plans)
        for key, at in keys.items():
            if locked is not None and key in locked.states:
                self.plans[at] = knowing(self.plans[at], locked.states[key].outputs)
        self.states = {key: self.plans[at] for key, at in keys.items()}
        self.manifests = {
            job_id: manifest
            for job_id, manifest in made.manifests.items()
            if manifest.entry.get("reads", {}).get("state") in self.states
        }
        self._mapping: dict[tuple[str, str], list[str]] = {}
        for job_id, manifest in self.manifests.items():
            reads = manifest.entry["reads"]
            for name in reads["outputs"]:
                self._mapping.setdefault((self.states[reads["state"]].location, name), []).append(job_id)

    def unread(self) -> Iterator[tuple[str, Plan]]:
        """Plans that no job has a use for, with their keys."""
        read = {id(plan) for plan in self.states.values()}
        yield from ((key, plan) for key, plan in self.plans.items() if id(plan) not in read)

    def moved(self, lost: Iterable[Loss]) -> Iterator[Moved]:
        """What the plans move; `lost` tells of jobs that cannot be compiled without an output."""
        needing = {(loss.plan.location, loss.output): loss.jobs for loss in lost}
        for plan in self.plans.values():
            for change in plan.changes:
                key = plan.location, change.name
                mapping = self._mapping.get(key, [])
                secrets = [self._secret(job_id, change.name) for job_id in mapping]
                yield moved(change, plan, sorted({*mapping, *needing.get(key, ())}), secrets)

    def _secret(self, job_id: str, output: str) -> str:
        entry = self.manifests[job_id].entry
        return secret_name(self.project.secret_name, entry["tenant_id"], entry.get("environment"), output)
