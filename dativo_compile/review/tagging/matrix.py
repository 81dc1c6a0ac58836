"""Jobs by keys: which tag each job has, and which it lacks; jobs with errors too, as far as they are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.linking.states import StateReader
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.project import Project, Request
from dativo_compile.pipeline import Compilation, Watch, compile_project
from dativo_compile.tags.demands import demanded

By = Literal["cost_center", "tenant", "compliance"]
USUAL = ("cost_center", "business_unit", "project", "environment", "owner", "compliance")
PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Row:
    """One job and its effective tags."""

    job_id: str
    tenant: str
    environment: str | None
    tags: dict[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs that share a cost centre, a tenant or a regulation; without a name, those that have none."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`keys` are the columns, `unknown` those that were asked for and that no job has, with advice.

    `further` are keys that are no column, with the number of jobs that have them. `jobs` counts each job once.
    """

    by: By
    keys: tuple[str, ...]
    groups: tuple[Group, ...]
    jobs: int
    unknown: tuple[tuple[str, str], ...] = ()
    further: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> tuple[tuple[str, int], ...]:
        """The columns that jobs lack, with the number of jobs."""
        rows = {row.job_id: row for group in self.groups for row in group.rows}.values()
        lacks = {key: sum(key not in row.tags for row in rows) for key in self.keys}
        return tuple((key, count) for key, count in lacks.items() if count)


def tag_matrix(request: Request, by: By, keys: Sequence[str]) -> tuple[Matrix, Compilation]:
    """Raises `UsageError` as a compile does."""
    rows: list[Row] = []

    def look(tagged: TaggedJob, _states: StateReader, _found: list[Diagnostic]) -> None:
        linked = tagged.placed.linked
        if linked.asset is not None:  # without it half of the levels are unknown, and look missing
            rows.append(Row(linked.id, linked.tenant, linked.environment, tagged.tags))

    compilation = compile_project(request, lambda _: None, watch=Watch(look))
    required = _required(rows, compilation.project) if compilation.project else ()
    return matrix_of(rows, by, keys, required), compilation


def _required(rows: Sequence[Row], project: Project) -> tuple[str, ...]:
    """What `dativo.yaml` demands of any of the jobs."""
    homes = dict.fromkeys((row.tenant, row.environment) for row in rows)
    return tuple(dict.fromkeys(key for home in homes for key in demanded(project.tags, *home).required))


def matrix_of(rows: Sequence[Row], by: By, wanted: Sequence[str], required: Sequence[str] = ()) -> Matrix:
    """`wanted` are keys or patterns; without any, the usual keys that at least one job has, and those required."""
    counts = Counter(key for row in rows for key in row.tags)
    columns = tuple(dict.fromkeys(key for text in wanted for key in _matching(text, counts)))
    if not wanted:
        usual = [key for key in USUAL if key in counts or key in required]
        columns = tuple(dict.fromkeys([*usual, *required])) or USUAL
    named = [text for text in wanted if not _is_pattern(text)]
    return Matrix(
        by, columns, _grouped(rows, by), len(rows),
        tuple((text, did_you_mean(text, counts)) for text in dict.fromkeys(named) if text not in counts),
        tuple((key, counts[key]) for key in sorted(counts) if key not in columns),
    )  # fmt: skip


def _is_pattern(text: str) -> bool:
    return not PATTERN.isdisjoint(text)


def _matching(text: str, known: Iterable[str]) -> list[str]:
    """A plain key is a column whether or not a job has it; of a pattern, those that jobs have."""
    return sorted(key for key in known if fnmatchcase(key, text)) if _is_pattern(text) else [text]


def _grouped(rows: Sequence[Row], by: By) -> tuple[Group, ...]:
    groups: dict[str | None, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.job_id):
        for name in _names(row, by):
            groups.setdefault(name, []).append(row)
    order = sorted(groups, key=lambda name: (name is None, name or ""))
    return tuple(Group(name, tuple(groups[name])) for name in order)


def _names(row: Row, by: By) -> tuple[str | None, ...]:
    """A job under two regulations stands in both groups: an auditor asks for one of them."""
    if by == "tenant":
        return (row.tenant,)
    said = row.tags.get(by)
    if by == "cost_center":
        return (said,)
    return tuple(said.split(",")) if said else (None,)
