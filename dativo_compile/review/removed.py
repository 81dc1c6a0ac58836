"""What plans take away from jobs: told once for each output, or once for a plan that takes all, with the jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dativo_compile.diagnostics.codes.plan import OUTPUT_REMOVED, PLAN_REMOVES_ALL
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.mapping.pick import removed
from dativo_compile.terraform.plans.plan import Plan

SHOWN = 5  # jobs and places that a diagnostic names


@dataclass(frozen=True, slots=True)
class Loss:
    """An output that a plan removes, the jobs that map it, and what the compile said of each."""

    plan: Plan
    output: str
    jobs: tuple[str, ...]
    told: tuple[Diagnostic, ...]


def losses(found: Iterable[Diagnostic], plans: Sequence[Plan], ids: Mapping[str, str]) -> tuple[Loss, ...]:
    """`ids` give a job's id by the name of its file."""
    known = {_words(removed(name, plan.after, None)): (plan, name) for plan in plans for name in plan.after.removed}
    piles: dict[tuple[str, tuple[str, ...]], list[Diagnostic]] = {}
    for one in found:
        if one.code is OUTPUT_REMOVED:
            piles.setdefault(_words(one), []).append(one)
    made = []
    for words, pile in piles.items():
        jobs = {ids.get(one.place.file, one.place.file) for one in pile if one.place}
        made.append(Loss(*known[words], tuple(sorted(jobs)), tuple(sorted(pile, key=lambda one: one.sort_key))))
    return tuple(made)


def gathered(found: Iterable[Diagnostic], lost: Sequence[Loss]) -> Iterator[Diagnostic]:
    """The diagnostics of a compile, with one for each loss in place of those of each job."""
    yield from (one for one in found if one.code is not OUTPUT_REMOVED)
    whole: dict[str, list[Loss]] = {}
    for loss in lost:
        if loss.plan.after.outputs:
            yield _of_one(loss)
        else:
            whole.setdefault(loss.plan.location, []).append(loss)
    yield from (_of_all(location, several) for location, several in whole.items())


def _words(found: Diagnostic) -> tuple[str, tuple[str, ...]]:
    return found.message, found.notes


def _of_one(loss: Loss) -> Diagnostic:
    first, jobs = loss.told[0], loss.jobs
    return diagnose(
        OUTPUT_REMOVED, first.place, name=loss.output, notes=(_listed(jobs), *first.notes), help=first.help,
        who="1 job needs" if len(jobs) == 1 else f"{len(jobs):,} jobs need",
        related=_related(loss.told, "it is mapped here, too"),
    )  # fmt: skip


def _of_all(location: str, several: Sequence[Loss]) -> Diagnostic:
    told = sorted((one for loss in several for one in loss.told), key=lambda one: one.sort_key)
    jobs = sorted({job for loss in several for job in loss.jobs})
    return diagnose(
        PLAN_REMOVES_ALL, told[0].place, notes=(_listed(jobs), f"{location} leaves a state without outputs"),
        help="retire or change the jobs before the plan is applied", related=_related(told, "so does this job"),
        who="1 job needs them" if len(jobs) == 1 else f"{len(jobs):,} jobs need them",
    )  # fmt: skip


def _listed(jobs: Sequence[str]) -> str:
    more = f" and {len(jobs) - SHOWN:,} more" if len(jobs) > SHOWN else ""
    return f"needed by {', '.join(jobs[:SHOWN])}{more}"


def _related(told: Sequence[Diagnostic], words: str) -> tuple[Related, ...]:
    """One place of each further job."""
    places = {one.place.file: one.place for one in reversed(told) if one.place}
    first = told[0].place
    files = sorted(places.keys() - {first.file if first else ""})
    return tuple(Related(places[file], words) for file in files[: SHOWN - 1])
