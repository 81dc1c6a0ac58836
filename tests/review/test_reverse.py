"""`dativo why` in reverse says what `dativo why JOB PATH` says of each field, and leaves none out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.workload import make
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.pipeline import Compilation, compile_project
from dativo_compile.report.paint import Paint
from dativo_compile.report.reverse import render, render_json
from dativo_compile.review.feeds import Fed, Origin
from dativo_compile.review.paths import leaves
from dativo_compile.review.reverse import Reversed, by_file, by_output
from dativo_compile.review.why import Step, stories

JOBS = 30
HIDDEN_ROOTS = ("digest", "manifest_version", "references")
Key = tuple[str, str]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reverse") / "project"
    make(root, JOBS, seed=5)
    settings = root / "dativo.yaml"
    settings.write_text("default_catalog: {type: glue, description: shared}\n" + settings.read_text("utf-8"), "utf-8")
    for job in sorted(root.glob("jobs/**/*.yaml"))[:4]:
        text = job.read_text("utf-8")
        before, catalog, after = text.partition("  catalog:\n    type: glue\n")
        assert catalog
        job.write_text(before + after.partition("\n")[2].replace("glue_database_name: target.catalog", "# "), "utf-8")
    return root


@pytest.fixture(scope="module")
def compiled(project: Path) -> Compilation:
    made = compile_project(Request((), project=project))
    assert not made.failed, made.diagnostics
    return made


def forward(compiled: Compilation) -> dict[Key, tuple[Step, dict[str, Any] | None]]:
    """What `dativo why` says of every leaf of every job."""
    found = {}
    for manifest in compiled.manifests:
        tree, provenance = json.loads(manifest.data), json.loads(manifest.provenance)
        for root in (each for each in tree if each not in HIDDEN_ROOTS):
            if any(leaves(tree[root], (root,))):
                for story in stories(tree, provenance, root, compiled.source):
                    found[manifest.job_id, story.path] = story.won, story.state
    return found


def told(compiled: Compilation, found: Reversed) -> set[Key]:
    """The fields with the paths of `dativo why`, which finds them by the paths that are told here."""
    manifests = {manifest.job_id: manifest for manifest in compiled.manifests}
    keys = set()
    for each in found.feeds:
        manifest = manifests[each.job_id]
        (story,) = stories(json.loads(manifest.data), json.loads(manifest.provenance), each.path, compiled.source)
        assert story.won.place is not None
        assert (story.won.place.file, story.won.place.line, story.won.place.column) == (
            each.file, each.origin.line, each.origin.column,
        )  # fmt: skip
        keys.add((each.job_id, story.path))
    assert len(keys) == len(found.feeds), "each field is told once"
    return keys


@pytest.mark.parametrize("name", ["s3_bucket_name", "rds_port", "network", "network.subnet_ids", "aws_region"])
def test_an_output_is_told_with_every_field_that_it_feeds(project: Path, compiled: Compilation, name: str) -> None:
    found = by_output(Request((), project=project), name)
    wanted = {
        key
        for key, (step, _) in forward(compiled).items()
        if step.kind == "output" and (step.name == name or step.name.startswith((f"{name}.", f"{name}[")))
    }
    assert told(compiled, found) == wanted != set()


def test_a_file_is_told_with_every_field_that_it_sets(project: Path, compiled: Compilation) -> None:
    """Each value of each job has one file or output, so that the files together tell of all."""
    everything = forward(compiled)
    files = {step.place.file for step, _ in everything.values() if step.place and step.kind == "file"}
    assert {"dativo.yaml", "connectors/lake.yaml"} < files
    for file in [*sorted(files)[::5], "dativo.yaml", "connectors/lake.yaml"]:
        wanted = {key for key, (step, _) in everything.items() if step.kind == "file" and _in(step, file)}
        assert told(compiled, by_file(Request((), project=project), str(project / file))) == wanted, file


def _in(step: Step, file: str) -> bool:
    return step.place is not None and step.place.file == file


def test_a_state_is_told_with_every_field_that_its_outputs_feed(project: Path, compiled: Compilation) -> None:
    wanted: dict[str, set[Key]] = {}
    for key, (step, state) in forward(compiled).items():
        if step.kind == "output" and state:
            wanted.setdefault(state["location"], set()).add(key)
    for location, keys in wanted.items():
        assert told(compiled, by_file(Request((), project=project), location)) == keys


def test_one_state_of_several(project: Path) -> None:
    whole = by_output(Request((), project=project), "s3_bucket_name")
    workspaces = sorted({Path(str(each.state["location"])).stem for each in whole.feeds if each.state})
    assert len(workspaces) > 1
    parts = [by_output(Request((), project=project), "s3_bucket_name", [name]) for name in workspaces]
    assert sorted(each.job_id for part in parts for each in part.feeds) == sorted(each.job_id for each in whole.feeds)
    (named,) = by_output(Request((), project=project), "s3_bucket_name", [f"terraform/lake:{workspaces[0]}"]).feeds[:1]
    assert named in parts[0].feeds
    both = by_output(Request((), project=project), "s3_bucket_name", workspaces)
    assert sorted(both.feeds, key=repr) == sorted(whole.feeds, key=repr)


@pytest.mark.parametrize(
    ("question", "help"),
    [
        (lambda r: by_output(r, "s3_buket_name"), "did you mean `s3_bucket_name`?"),
        (lambda r: by_output(r, "zzz"), "they map `aws_region`, `glue_database_name`, "),
        (lambda r: by_output(r, "api_token"), "they map `aws_region`"),  # in every state, and mapped by nobody
        (lambda r: by_output(r, "aws_region", ["tenant000-prd"]), "did you mean `tenant000-prod`?"),
        (lambda r: by_output(r, "aws_region", [":x"]), "write `--state WORKSPACE`"),
        (lambda r: by_file(r, "connectors/stirpe.yaml"), "did you mean `connectors/stripe.yaml`?"),
        (lambda r: by_file(r, "terraform/lake/outputs.tf"), "give a job, a connector"),
        (lambda r: by_file(r, "/etc/hostname"), "give a job, a connector"),
    ],
)
def test_what_is_meant_is_told_to_those_who_mistype(project: Path, question: Any, help: str) -> None:
    with pytest.raises(UsageError) as raised:
        question(Request((), project=project))
    assert raised.value.help.startswith(help)


def test_a_job_with_an_error_is_told_and_the_others_answer(project: Path, tmp_path: Path) -> None:
    root = tmp_path / "broken"
    shutil.copytree(project, root)
    job = sorted(root.glob("jobs/**/*.yaml"))[0]
    job.write_text(job.read_text("utf-8").replace("aws_region: ", "aws_regio: target.x\n      aws_region: "), "utf-8")
    found = by_output(Request((), project=root), "aws_region")
    assert found.failed
    assert {each.job_id for each in found.feeds} == {
        each.job_id for each in by_output(Request((), project=project), "aws_region").feeds
    } - {f"{job.parent.name}/{job.stem}"}


def many(count: int, states: int, fields: int) -> Reversed:
    """Jobs that take an output of many states in some fields each."""
    feeds = tuple(
        Fed(
            f"acme/job_{job:05d}", f"target.connection.field_{job % (2 + fields // 8)}_{at}", f"bucket-{job % states}",
            False, Origin("job", 4, 2, "bucket"), f"jobs/acme/job_{job:05d}.yaml",
            {"location": f"states/{job % states}.tfstate", "serial": 3, "lineage": None},
        )
        for job in range(count) for at in range(fields)
    )  # fmt: skip
    return Reversed("bucket", feeds, count, (), lambda _: None)


@pytest.mark.parametrize(("states", "fields"), [(1, 2), (100, 2), (3, 2), (100, 1)])
def test_ten_thousand_jobs_are_one_screen(states: int, fields: int) -> None:
    found = many(10_000, states, fields)
    lines = render(found, Paint(), output=True).splitlines()
    assert lines[0].endswith("of 10,000 jobs")
    assert len(lines) <= 30 and max(map(len, lines)) <= 200
    assert len(render_json(found).splitlines()) == 10_000 * fields


def test_however_many_fields_what_is_left_out_is_counted() -> None:
    text = render(many(600, 60, 80), Paint(), output=True)
    assert len(text.splitlines()) <= 60
    assert "  ... and 56 more fields; `--format json` has them all\n" in text
    assert text.endswith("\n... and 800 more fields, of 500 jobs; `--format json` has them all\n")
