"""What manifests would become if Terraform plans were applied: the sources compiled with what the plans leave.

Only outputs differ between the two sides: both are the sources as they are, once with the outputs that the plans found,
once with those that they leave. So neither a build nor a state of these modules is needed to say what a plan does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dativo_compile.diagnostics.codes.plan import OUTPUT_REMOVED, PLAN_INCOMPLETE, PLAN_UNUSED
from dativo_compile.diagnostics.codes.settle import IGNORE_UNUSED
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose, good
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.at_hand import EVERY
from dativo_compile.model.job import Manifest
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.unknown import HINT, WORDS, worded
from dativo_compile.passes.discover import discover, root_of
from dativo_compile.pipeline import Compilation, Progress
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.diff.model import Diff
from dativo_compile.review.planned import Preview, reaches
from dativo_compile.review.removed import gathered, losses
from dativo_compile.settle import weight
from dativo_compile.sides.compiled import compiled_into, side_of
from dativo_compile.sides.plans import read_plans
from dativo_compile.sides.readers import Made, Readers, sink_for

NOW = "now"
SAME = ""  # the sum of a manifest, or of a file, that is the same on both sides
DIGEST = re.compile(r'(?<=\n  "digest": ")sha256:[0-9a-f]{64}(?=")')
UNTOLD = WORDS["knownafterapply"]


@dataclass(frozen=True, slots=True)
class Previewed:
    """`source` gives the text of a file of the project, for excerpts."""

    preview: Preview
    source: Callable[[str], bytes | None]


def planned(request: Request, texts: Iterable[str], progress: Progress | None = None) -> Previewed:
    """`texts` are those of `--tf-plan`. Writes nothing. Raises `UsageError`."""
    faults: list[Diagnostic] = []
    plans = read_plans(texts, request.stdin, root_of(request, Path.cwd()), faults)
    if faults:
        return Previewed(Preview(tuple(plans.values()), tuple(faults)), lambda _: None)
    made = sink_for(plans.values())
    after = replace(request, planned={key: plan.after for key, plan in plans.items()})
    compilation = compiled_into(after, made, progress)
    if compilation.project is None:
        return Previewed(Preview(tuple(plans.values()), compilation.diagnostics), compilation.source)
    readers = Readers(plans, compilation, made)
    told = tuple(readers.plans.values())
    lost = losses(compilation.diagnostics, told, _ids(request, compilation))
    before = sink_for(told)
    then = _before(request, readers, made, before)
    found = [*gathered(_new(compilation, readers, then), lost), *_of_plans(readers, compilation)]
    preview = Preview(
        told,
        tuple(sorted(_weighed(found, compilation.project), key=lambda each: each.sort_key)),
        _diff(readers, made, before),
        tuple(readers.moved(lost)),
        reaches(told, {job_id: manifest.data for job_id, manifest in readers.manifests.items()}),
        tuple(sorted(set(compilation.owned) - made.entries.keys())),
    )
    return Previewed(preview, compilation.source)


def _ids(request: Request, compilation: Compilation) -> dict[str, str]:
    """Ids of jobs by the names of their files, where somebody will ask."""
    if all(each.code is not OUTPUT_REMOVED for each in compilation.diagnostics):
        return {}
    discovery = discover(request, [])
    return {job.name: job.id for job in discovery.jobs} if discovery else {}


def _before(request: Request, readers: Readers, made: Made, before: Made) -> frozenset[Diagnostic]:
    """Compile the readers with what the plans found; what is wrong with them then is not the plans' doing.

    A job that cannot be compiled yet is one that the plans bring. Others stand beside as in an index.
    """
    if not readers.manifests:
        return frozenset()
    root = readers.project.root
    alone = replace(
        request, paths=tuple(root / str(each.entry["file"]) for each in readers.manifests.values()), project=root,
        planned={key: plan.before for key, plan in readers.plans.items()},
        states=(), terraform=None, locked=False, refresh=(),
    )  # fmt: skip
    others = {job_id: entry for job_id, entry in made.entries.items() if job_id not in readers.manifests}
    return frozenset(compiled_into(alone, before, previous=others).diagnostics)


def _new(compilation: Compilation, readers: Readers, then: frozenset[Diagnostic]) -> Iterator[Diagnostic]:
    """Errors, and whatever else the plans bring about in a job."""
    files = {str(manifest.entry["file"]) for manifest in readers.manifests.values()}
    for each in compilation.diagnostics:
        of_reader = each.place is not None and each.place.file in files
        if each.severity == "error" or (of_reader and each not in then and each.code is not IGNORE_UNUSED):
            yield each


def _of_plans(readers: Readers, compilation: Compilation) -> Iterator[Diagnostic]:
    """What is to be said of the plans themselves."""
    for plan in readers.plans.values():
        if plan.incomplete:
            help = "preview the complete plan too"
            yield diagnose(PLAN_INCOMPLETE, Place.whole(plan.location), what=plan.incomplete, help=help)
    if not good(compilation.diagnostics):
        return  # a broken job may be the one that would have read it
    for key, plan in readers.unread():
        help = did_you_mean(key.rpartition(":")[2], readers.workspaces) if key != EVERY else ""
        help = help or "correct the workspace, or give the jobs that read it"
        shown = f": `{key}`" if key != EVERY else ""
        yield diagnose(PLAN_UNUSED, Place.whole(plan.location), key=shown, help=help)


def _weighed(found: Iterable[Diagnostic], project: Project) -> Iterator[Diagnostic]:
    for each in found:
        severity = weight(each, project)
        if severity != "off":
            yield replace(each, severity=severity)


def _diff(readers: Readers, made: Made, before: Made) -> Diff:
    """Jobs that no plan touches are the same on both sides, and looked at on none."""
    names = {plan.location for plan in readers.plans.values()}
    after = f"after {names.pop()}" if len(names) == 1 else "after the plans"
    untouched = dict.fromkeys(made.entries.keys() - readers.manifests.keys(), SAME)
    then, now = before.manifests, {job_id: _in_words(each) for job_id, each in readers.manifests.items()}
    sides = (
        side_of(then, NOW, {key: plan.before for key, plan in readers.states.items()}),
        side_of(now, after, {key: plan.after for key, plan in readers.states.items()}),
    )
    return changes(*(replace(side, sums=untouched | dict(side.sums), source=lambda _: SAME) for side in sides))


def _in_words(manifest: Manifest) -> Manifest:
    """With words for what is unknown; then the digest is unknown, too."""
    text = manifest.data.decode()
    if HINT.search(text) is None:
        return manifest
    return replace(manifest, data=worded(DIGEST.sub(UNTOLD, text, count=1)).encode())
