"""The build folder after a compile: what is new, changed, untouched, removed."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from dativo_compile.writer import Writer, Written, previous_index
from dativo_compile.writing.index import entry_text, pieces
from tests.writing import files_of, manifest, times_of, write


def test_a_first_compile_writes_manifests_provenance_and_index(tmp_path: Path) -> None:
    build = tmp_path / "deep" / "build"
    assert write(build, [manifest("acme/orders"), manifest("plain")]) == Written(2, 0, 0, 0)
    assert sorted(files_of(build)) == [
        ".provenance/", ".provenance/acme/", ".provenance/acme/orders.json", ".provenance/plain.json",
        "acme/", "acme/orders.json", "index.json", "plain.json",
    ]  # fmt: skip
    assert (build / "acme/orders.json").read_bytes() == manifest("acme/orders").data


def test_the_index_is_canonical_json(tmp_path: Path) -> None:
    entries = {name: manifest(name).entry for name in ("b", "a/é", 'q"uote')}
    for chosen in (entries, {}):
        expected = orjson.dumps(
            {"index_version": 1, "jobs": chosen},
            option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
        )
        assert b"".join(pieces({name: entry_text(entry) for name, entry in chosen.items()}, chosen)) == expected
    write(tmp_path / "build", [manifest(name) for name in reversed(entries)])
    assert dict(previous_index(tmp_path / "build").jobs) == entries


def test_an_index_in_another_layout_is_still_ours(tmp_path: Path) -> None:
    write(tmp_path, [manifest("a"), manifest("b")])
    index = tmp_path / "index.json"
    index.write_bytes(orjson.dumps(orjson.loads(index.read_bytes())))
    assert dict(previous_index(tmp_path).jobs) == {"a": manifest("a").entry, "b": manifest("b").entry}
    assert write(tmp_path, [manifest("a", "second"), manifest("b")]) == Written(0, 1, 1, 0)


def test_what_would_not_change_is_not_touched(tmp_path: Path) -> None:
    jobs = [manifest("acme/a"), manifest("acme/b")]
    write(tmp_path, jobs)
    before, folder = times_of(tmp_path), os.stat(tmp_path).st_mtime_ns
    assert write(tmp_path, reversed(jobs)) == Written(0, 0, 2, 0)
    assert times_of(tmp_path) == before
    assert os.stat(tmp_path).st_mtime_ns == folder
    assert write(tmp_path, [manifest("acme/a", "second"), jobs[1]]) == Written(0, 1, 1, 0)
    after = times_of(tmp_path)
    assert {name for name, time in after.items() if time != before[name]} == {
        "acme/a.json", ".provenance/acme/a.json", "index.json",
    }  # fmt: skip


def test_provenance_alone_may_change(tmp_path: Path) -> None:
    job = manifest("a")
    write(tmp_path, [job])
    before = times_of(tmp_path)
    moved = type(job)(job.job_id, job.data, job.digest, b"{}\n", job.entry)
    assert write(tmp_path, [moved]) == Written(0, 0, 1, 0)
    after = times_of(tmp_path)
    assert {name for name in after if after[name] != before[name]} == {".provenance/a.json"}


def test_a_gone_job_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, [manifest("acme/deep/a"), manifest("acme/b"), manifest("other/c")])
    assert write(tmp_path, [manifest("acme/b")], gone=["acme/deep/a", "never/there"]) == Written(0, 0, 1, 1)
    assert sorted(files_of(tmp_path)) == [
        ".provenance/", ".provenance/acme/", ".provenance/acme/b.json", ".provenance/other/",
        ".provenance/other/c.json", "acme/", "acme/b.json", "index.json", "other/", "other/c.json",
    ]  # fmt: skip
    assert set(previous_index(tmp_path).jobs) == {"acme/b", "other/c"}


def test_the_last_job_takes_all_folders_with_it(tmp_path: Path) -> None:
    write(tmp_path, [manifest("acme/a")])
    assert write(tmp_path, [], gone=["acme/a"]) == Written(0, 0, 0, 1)
    assert list(files_of(tmp_path)) == ["index.json"]


def test_a_part_of_the_project_keeps_the_rest(tmp_path: Path) -> None:
    write(tmp_path, [manifest("acme/a"), manifest("globex/b")])
    write(tmp_path, [manifest("acme/a", "second")])
    assert dict(previous_index(tmp_path).jobs) == {
        "acme/a": manifest("acme/a", "second").entry,
        "globex/b": manifest("globex/b").entry,
    }
    assert (tmp_path / "globex/b.json").exists()


def test_a_job_that_failed_keeps_its_manifest_and_entry(tmp_path: Path) -> None:
    write(tmp_path, [manifest("good"), manifest("bad")])
    with Writer(tmp_path) as writer:
        writer.stage(manifest("good", "second"))
        assert writer.commit(["good", "bad"], []) == Written(0, 1, 0, 0)
    assert (tmp_path / "bad.json").read_bytes() == manifest("bad").data
    assert previous_index(tmp_path).jobs["bad"] == manifest("bad").entry


def test_a_withdrawn_job_keeps_what_it_had(tmp_path: Path) -> None:
    write(tmp_path, [manifest("a"), manifest("b")])
    with Writer(tmp_path) as writer:
        for each in (manifest("a", "second"), manifest("b", "second"), manifest("c")):
            writer.stage(each)
        writer.withdraw("a")
        writer.withdraw("c")
        writer.withdraw("never/staged")
        assert writer.commit(["a", "b", "c"], []) == Written(0, 1, 0, 0)
    assert dict(previous_index(tmp_path).jobs) == {"a": manifest("a").entry, "b": manifest("b", "second").entry}
    assert (tmp_path / "a.json").read_bytes() == manifest("a").data
    assert not (tmp_path / "c.json").exists()


def test_a_compiled_job_is_never_gone(tmp_path: Path) -> None:
    write(tmp_path, [manifest("a")])
    assert write(tmp_path, [manifest("a")], gone=["a"]) == Written(0, 0, 1, 0)
    assert (tmp_path / "a.json").exists()


def test_leaving_without_commit_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "build", [manifest("a")])
    before, times = files_of(tmp_path), times_of(tmp_path)
    with Writer(tmp_path / "build") as writer:
        writer.stage(manifest("a", "second"))
        writer.stage(manifest("new/b"))
    assert files_of(tmp_path) == before
    assert times_of(tmp_path) == times


@pytest.mark.parametrize("build", ["build", "deep/er/build"])
def test_leaving_without_commit_leaves_no_folder(tmp_path: Path, build: str) -> None:
    with Writer(tmp_path / build) as writer:
        writer.stage(manifest("a"))
    assert files_of(tmp_path) == {}
    with suppress(KeyError), Writer(tmp_path / build) as writer:
        writer.stage(manifest("a"))
        raise KeyError
    assert files_of(tmp_path) == {}
