"""`dativo affected` is what compiling everything on both sides and comparing the bytes would say."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from benchmarks.workload import make
from dativo_compile.build import build
from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from dativo_compile.review.affected import Affected
from dativo_compile.sides.affected import affected
from tests.sides.edits import EDITS, Edit, appended, replaced
from tools.history import commit, git

JOBS = 44
Bytes = dict[str, bytes]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a lock, committed."""
    root = tmp_path_factory.mktemp("template") / "project"
    make(root, JOBS, seed=3)
    assert build(Request((), project=root), root / "build").good
    commit(root, "before")
    return root


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "project", symlinks=True)
    return tmp_path / "project"


def manifests(root: Path, *, locked: bool = False) -> Bytes:
    found: Bytes = {}
    compile_project(
        Request((), project=root, locked=locked), lambda manifest: found.__setitem__(manifest.job_id, manifest.data)
    )
    return found


def answer(root: Path, since: str = "HEAD", *, locked: bool = False) -> Affected:
    told = affected(Request((), project=root, locked=locked), since)
    assert told.answer is not None, told.diagnostics
    return told.answer


def by_brute_force(then: Bytes, now: Bytes) -> set[str]:
    return {job for job in then.keys() | now.keys() if then.get(job) != now.get(job)}


def told_ids(found: Affected) -> set[str]:
    """With the former ids of renamed jobs; without those that compile on neither side."""
    jobs = {job.job_id for job in found.jobs if job.how != "unknown"}
    return jobs | {job.was for job in found.jobs if job.was}


def check(found: Affected, then: Bytes, now: Bytes, done: list[str]) -> None:
    assert told_ids(found) - {job.job_id for job in found.jobs if never(job.job_id, then, now)} == by_brute_force(
        then, now
    ), done
    for job in found.jobs:
        old, new = then.get(job.was or job.job_id), now.get(job.job_id)
        assert job.compiles is (None if job.how == "removed" else new is not None), (job, done)
        if job.how == "changed":
            assert old != new
        assert job.through, "what a job is told for is always named"


def never(job_id: str, then: Bytes, now: Bytes) -> bool:
    """A job that came or went without ever having compiled."""
    return job_id not in then and job_id not in now


def edit(root: Path, edits: list[Edit], pick: random.Random) -> list[str]:
    for each in edits:
        each(root, pick)
    return [each.__name__ for each in edits]


@pytest.mark.parametrize("number", range(len(EDITS)), ids=lambda number: EDITS[number].__name__)
def test_of_one_edit(project: Path, number: int) -> None:
    then = manifests(project)
    done = edit(project, [EDITS[number]], random.Random(number))
    check(answer(project), then, manifests(project), done)


@pytest.mark.parametrize("seed", range(24))
def test_of_several_edits_some_of_them_committed(project: Path, seed: int) -> None:
    pick = random.Random(1000 + seed)
    then = manifests(project)
    edits = pick.sample(EDITS, pick.randint(2, 6))
    kept = pick.randint(0, len(edits))
    done = edit(project, edits[:kept], pick)
    commit(project, "some of it")
    done += edit(project, edits[kept:], pick)
    if pick.random() < 0.5:
        git(project, "add", "--all")
    check(answer(project, "HEAD~1"), then, manifests(project), done)


@pytest.mark.parametrize("seed", range(8))
def test_from_the_locks_alone(project: Path, seed: int) -> None:
    """A state that moves reaches nothing before a compile has recorded it."""
    pick = random.Random(seed)
    then = manifests(project, locked=True)
    edits = pick.sample([each for each in EDITS if each.__name__.startswith("states/")], 2)
    done = edit(project, [*edits, *pick.sample(EDITS[:2], 1)], pick)
    check(answer(project, locked=True), then, manifests(project, locked=True), done)
    recorded = build(Request((), project=project), project / "build").good
    check(answer(project, locked=True), then, manifests(project, locked=True), [*done, f"recorded: {recorded}"])


@pytest.mark.parametrize("seed", range(4))
def test_states_that_git_ignores(project: Path, seed: int) -> None:
    """What they were is what the lock says that was committed."""
    pick = random.Random(seed)
    (project / ".gitignore").write_text("states/\nbuild/.provenance/\n", "utf-8")
    git(project, "rm", "-rq", "--cached", "states")
    commit(project, "without states")
    then = manifests(project)
    assert answer(project).jobs == ()
    replaced("states/*", '"serial": ', '"serial": 1')(project, pick)
    assert compiled_of(project) == [], "no output moved: nobody is compiled to find that out"
    done = edit(project, pick.sample(EDITS, 3), pick)
    check(answer(project), then, manifests(project), done)


def test_states_that_git_ignores_and_no_lock_tells_of_are_taken_as_they_are(project: Path) -> None:
    (project / ".gitignore").write_text("states/\nbuild/\n*.lock.json\n", "utf-8")
    git(project, "rm", "-rq", "--cached", "states", "build", "dativo.lock.json")
    (project / "dativo.lock.json").unlink()
    commit(project, "sources alone")
    replaced("states/*", "-lake-", "-pond-")(project, random.Random(1))
    assert answer(project).jobs == ()
    then = manifests(project)
    replaced("connectors/*.yaml", "parquet", "avro")(project, random.Random(1))
    check(answer(project), then, manifests(project), ["parquet"])


def compiled_of(root: Path, since: str = "HEAD") -> list[int]:
    """How many jobs were compiled, if any were."""
    counts: list[int] = []
    affected(Request((), project=root), since, lambda _, all: counts.append(all))
    return counts[-1:]


def test_only_jobs_that_read_what_differs_are_compiled(project: Path) -> None:
    users = [job for job in project.glob("jobs/**/*.yaml") if "zendesk.yaml" in job.read_text("utf-8")]
    assert 0 < len(users) < JOBS
    appended("connectors/zendesk.yaml", "# a comment\n")(project, random.Random(1))
    assert compiled_of(project) == [len(users)]
    assert answer(project).jobs == ()


def test_an_entry_of_dativo_yaml_is_compiled_for_jobs_of_its_workspace_alone(project: Path) -> None:
    text = (project / "dativo.yaml").read_text("utf-8")
    entry = next(line for line in text.splitlines() if "-prod" in line)
    workspace = entry.partition(":")[0].strip()
    users = [job for job in project.glob("jobs/**/*.yaml") if f"workspace: {workspace}\n" in job.read_text("utf-8")]
    file = entry.rpartition(" ")[2]
    shutil.copyfile(project / file, project / "states/same.tfstate")
    (project / "dativo.yaml").write_text(text.replace(file, "states/same.tfstate"), "utf-8")
    assert compiled_of(project) == [len(users)]
    assert answer(project).jobs == (), "another place, and the same outputs"


def test_paths_narrow_the_question(project: Path) -> None:
    replaced("connectors/*.yaml", "parquet", "avro")(project, random.Random(1))
    jobs = sorted(path for path in project.glob("jobs/**/*.yaml"))
    gone = jobs[0]
    gone.unlink()
    told = affected(Request((gone, jobs[1]), project=project), "HEAD").answer
    assert told is not None
    assert [(job.file, job.how, job.compiles) for job in told.jobs] == [
        (gone.relative_to(project).as_posix(), "removed", None),
        (jobs[1].relative_to(project).as_posix(), "changed", True),
    ]
    never_was = affected(Request((project / "jobs/nowhere.yaml",), project=project), "HEAD")
    assert never_was.answer is None
    assert [d.code.name for d in never_was.diagnostics] == ["path-missing"]


def test_a_job_that_compiles_on_neither_side(project: Path) -> None:
    for asset in project.glob("assets/**/*.yaml"):
        asset.write_text("not: [an, asset\n", "utf-8")
    commit(project, "all assets broken")
    appended("connectors/lake.yaml", "# a comment\n")(project, random.Random(1))
    assert {(job.how, job.compiles) for job in answer(project).jobs} == {("unknown", False)}
    assert len(answer(project).jobs) == JOBS


def test_all_jobs_may_go_and_come(project: Path) -> None:
    shutil.rmtree(project / "jobs")
    assert [job.how for job in answer(project).jobs] == ["removed"] * JOBS
    commit(project, "empty")
    git(project, "checkout", "-q", "HEAD~1", "--", "jobs")
    assert [job.how for job in answer(project).jobs] == ["added"] * JOBS


def test_a_jobs_folder_under_another_name_changes_no_job(project: Path) -> None:
    then = manifests(project)
    (project / "jobs").rename(project / "work")
    settings = project / "dativo.yaml"
    settings.write_text("jobs: work\n" + settings.read_text("utf-8"), "utf-8")
    assert manifests(project) == then
    assert answer(project).jobs == ()


def test_links_are_followed_then_as_they_are_now(project: Path) -> None:
    """Of files, of folders, of jobs; one that leads out of the project leads nowhere."""
    (project / "shared").mkdir()
    (project / "connectors").rename(project / "shared/connectors")
    (project / "connectors").symlink_to("shared/connectors")
    job = sorted(project.glob("jobs/*/*.yaml"))[0]
    job.rename(project / "shared/job.yaml")
    job.symlink_to("../../shared/job.yaml")
    (project / "jobs/more").symlink_to("../shared/more")
    (project / "shared/more").mkdir()
    text = sorted(project.glob("jobs/*/*.yaml"))[1].read_text("utf-8")
    table = text.partition("  table: ")[2].partition("\n")[0]
    (project / "shared/more/one.yaml").write_text(text.replace(table, "one"), "utf-8")
    (project / "assets/out.yaml").symlink_to("/etc/hostname")
    (project / "assets/round.yaml").symlink_to("round.yaml")
    commit(project, "links")
    then = manifests(project)
    assert "more/one" in then and len(then) == JOBS + 1
    assert answer(project).jobs == ()
    for name, old, new in (
        ("shared/connectors/lake.yaml", "parquet", "avro"), ("shared/job.yaml", "level: INFO", "level: DEBUG"),
        ("shared/more/one.yaml", "level: INFO", "level: DEBUG"),
    ):  # fmt: skip
        before = (project / name).read_text("utf-8")
        (project / name).write_text(before.replace(old, new), "utf-8")
        check(answer(project), then, manifests(project), [name])
        (project / name).write_text(before, "utf-8")


def test_since_a_fork(project: Path) -> None:
    git(project, "checkout", "-qb", "side")
    replaced("assets/**/*.yaml", "retention_days: ", "retention_days: 1")(project, random.Random(2))
    commit(project, "side")
    mine = told_ids(answer(project, "HEAD~1"))
    git(project, "checkout", "-q", "main")
    replaced("connectors/*.yaml", "parquet", "avro")(project, random.Random(1))
    commit(project, "main goes on")
    git(project, "checkout", "-q", "side")
    assert told_ids(answer(project, "main...")) == mine
    assert len(answer(project, "main").jobs) == JOBS


def test_the_project_may_lie_below_the_repository(project: Path) -> None:
    (project / ".git").rename(project.parent / ".git")
    (project.parent / ".gitignore").write_text("project/states/\n", "utf-8")
    commit(project.parent, "moved down")
    then = manifests(project)
    assert answer(project).jobs == ()
    done = edit(project, [EDITS[0], EDITS[8]], random.Random(5))
    check(answer(project), then, manifests(project), done)


def test_a_repository_of_sha_256_names_tells_the_same(project: Path) -> None:
    shutil.rmtree(project / ".git")
    git(project, "init", "-q", "--object-format=sha256", "--initial-branch=main", "--template=")
    commit(project, "before")
    then = manifests(project)
    assert answer(project).jobs == () and compiled_of(project) == []
    done = edit(project, [EDITS[0], EDITS[8]], random.Random(5))
    check(answer(project), then, manifests(project), done)


def test_nothing_is_written_and_nothing_stays_behind(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(aside))
    edit(project, list(EDITS[:12]), random.Random(6))
    status = git(project, "status", "--porcelain")
    before = {path: path.lstat().st_mtime_ns for path in project.rglob("*") if ".git" not in path.parts}
    answer(project)
    assert {path: path.lstat().st_mtime_ns for path in project.rglob("*") if ".git" not in path.parts} == before
    assert git(project, "status", "--porcelain") == status
    assert list(aside.iterdir()) == []
