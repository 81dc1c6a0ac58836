"""The hooks as users get them: the real pre-commit clones this repository and builds its own environment of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hooks.repositories import environment, published, revision, run, user
from tools.history import git

CONNECTOR = Path("connectors/stripe.yaml")
JOB = Path("jobs/acme/stripe_customers.yaml")
MANIFEST = Path("build/acme/stripe_customers.json")
CONFIG = """\
repos:
  - repo: file://{repository}
    rev: {revision}
    hooks:
      - id: dativo-fmt
      - id: dativo-compile
        args: [{arguments}]
      - id: dativo-check
        args: [{arguments}]
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers: pre-commit locks its environments itself, so that one of them builds."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


class Clone:
    """A user's repository with the hooks installed; `git commit` runs them."""

    def __init__(self, folder: Path, shared: Path, project: str = ".", arguments: str = "") -> None:
        self.folder = user(folder, project)
        self.environment = environment(shared / "home") | {"PRE_COMMIT_HOME": str(shared / "pre-commit")}
        repository = published(shared / "published")
        text = CONFIG.format(repository=repository, revision=revision(repository), arguments=arguments)
        (folder / ".pre-commit-config.yaml").write_text(text, "utf-8")
        git(folder, "add", "--all")
        assert self.run(sys.executable, "-m", "pre_commit", "install").returncode == 0

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return run(self.folder, [*words], self.environment)

    def hook(self, name: str, *words: str) -> tuple[int, str]:
        """Exit code and output of one hook, on what is staged."""
        ran = self.run(sys.executable, "-m", "pre_commit", "run", name, "--verbose", *words)
        return ran.returncode, ran.stdout + ran.stderr

    def commit(self, *words: str) -> tuple[bool, str]:
        """Whether it was made, and what the hooks said."""
        before = revision(self.folder)
        ran = self.run("git", "commit", "--message", "A change", *words)
        made = revision(self.folder) != before
        assert made == (ran.returncode == 0), ran.stderr
        return made, ran.stdout + ran.stderr

    def edit(self, name: Path, old: str, new: str) -> None:
        text = (self.folder / name).read_text("utf-8")
        assert old in text
        (self.folder / name).write_text(text.replace(old, new), "utf-8")

    def stage(self, *names: str) -> None:
        git(self.folder, "add", "--all", "--", *(names or ["."]))


@pytest.fixture
def clone(tmp_path: Path, shared: Path) -> Clone:
    return Clone(tmp_path / "user", shared)


def test_a_fresh_build_passes_every_hook(clone: Clone) -> None:
    made, said = clone.commit()
    assert made, said
    assert [line.rpartition(".")[2] for line in said.splitlines() if line.startswith("dativo-")] == [
        "(no files to check)Skipped", "Passed", "Passed",
    ]  # fmt: skip


def test_a_changed_connector_compiles_its_jobs_again(clone: Clone) -> None:
    """The commit fails until the manifests are part of it."""
    clone.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    clone.stage(str(CONNECTOR))
    code, said = clone.hook("dativo-check")
    assert code == 1 and "out of date: 0 new, 2 changed, 0 removed" in said
    assert "connector connectors/stripe.yaml" in said and "25 -> 20" in said
    assert git(clone.folder, "diff", "--name-only") == "", "dativo-check writes nothing"
    made, said = clone.commit()
    assert not made
    assert "files were modified by this hook" in said
    assert f"  {MANIFEST}\n" in said and "the commit would be stale" in said
    clone.stage()
    made, said = clone.commit()
    assert made, said
    assert '"requests_per_second": 20' in git(clone.folder, "show", f"HEAD:{MANIFEST}")


def test_a_build_that_was_compiled_and_not_added_fails(clone: Clone) -> None:
    """What counts is the commit, not the working tree; which is as it was after the hook."""
    clone.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    clone.edit(MANIFEST, '"requests_per_second": 25', '"requests_per_second": 20')
    clone.stage(str(CONNECTOR))
    made, _ = clone.commit()
    assert not made
    assert '"requests_per_second": 20' in (clone.folder / MANIFEST).read_text("utf-8")


def test_all_changes_at_once_are_compared_with_the_index_of_that_commit(clone: Clone) -> None:
    """`git commit --all` hands its hooks an index of its own."""
    clone.commit()
    clone.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    assert clone.commit("--all")[0] is False
    made, said = clone.commit("--all")
    assert made, said


def test_a_new_job_fails_until_its_manifest_is_added(clone: Clone) -> None:
    job = Path("jobs/acme/stripe_again.yaml")
    text = (clone.folder / JOB).read_text("utf-8")
    (clone.folder / job).write_text(text + "\ncatalog:\n  table_name: stripe_again\n", "utf-8")
    clone.stage(str(job))
    code, said = clone.hook("dativo-compile")
    assert code == 1 and "  build/acme/stripe_again.json\n" in said, said
    clone.stage("build/index.json")
    code, said = clone.hook("dativo-compile")
    assert code == 1, "a file that git does not know is lacking too"
    clone.stage()
    code, said = clone.hook("dativo-compile")
    assert code == 0, said


def test_a_deleted_file_is_noticed(clone: Clone) -> None:
    """pre-commit tells no hook of deleted files, so that these run at every commit."""
    clone.commit()
    git(clone.folder, "rm", "--quiet", str(CONNECTOR))
    made, said = clone.commit()
    assert not made and "connectors/stripe.yaml" in said


def test_an_error_of_a_job_is_shown_and_nothing_is_written(clone: Clone) -> None:
    clone.edit(JOB, "s3_bucket_name:", "s3_bukket_name:")
    clone.stage()
    code, said = clone.hook("dativo-compile")
    assert code == 1 and "s3_bukket_name" in said and "error[DC" in said
    assert git(clone.folder, "diff", "--name-only") == ""


def test_fmt_puts_a_staged_file_in_order_and_leaves_others(clone: Clone) -> None:
    other = "workflow:\n    zeta: 1\n    alpha: 2\n"
    (clone.folder / ".github").mkdir()
    (clone.folder / ".github" / "jobs.yaml").write_text(other, "utf-8")
    text = (clone.folder / JOB).read_text("utf-8")
    head, _, rest = text.partition("tenant_id: acme\n")
    (clone.folder / JOB).write_text(head + rest + "\ntenant_id: acme\n", "utf-8")
    clone.stage()
    code, said = clone.hook("dativo-fmt")
    assert code == 1 and "files were modified by this hook" in said and str(JOB) in said
    assert (clone.folder / ".github" / "jobs.yaml").read_text("utf-8") == other
    clone.stage()
    assert clone.hook("dativo-fmt")[0] == 0


def test_a_project_below_the_repository_is_named_by_arguments(tmp_path: Path, shared: Path) -> None:
    clone = Clone(tmp_path / "user", shared, "etl", "--project, etl, --output, etl/build")
    assert clone.hook("dativo-compile")[0] == 0
    clone.edit("etl" / CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    clone.stage()
    assert clone.hook("dativo-check")[0] == 1
    code, said = clone.hook("dativo-compile")
    assert code == 1 and f"  etl/{MANIFEST}\n" in said


def test_who_wants_it_runs_it_for_files_of_the_kind_alone(clone: Clone) -> None:
    """As the page says; always is the default since a deletion is told to no hook."""
    config = clone.folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text("utf-8").replace("args: []", "always_run: false"), "utf-8")
    (clone.folder / "README.md").write_text("Ours\n", "utf-8")
    git(clone.folder, "reset", "--quiet")
    clone.stage("README.md")
    assert "(no files to check)Skipped" in clone.hook("dativo-compile")[1]
    clone.edit(CONNECTOR, "requests_per_second: 25", "requests_per_second: 20")
    clone.stage()
    assert clone.hook("dativo-compile")[0] == 1
