"""Files that are none, names that no one would choose, calls that no one should make: an exit code, and no harm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import CALL, JOB, ROLES, ROOT, STATE, alone, here, place, project

Change = Callable[[Path], object]
PLACES = [*ROLES.values(), STATE]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return project(tmp_path / "shop")


def instead(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


KINDS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nothing.yaml"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to the world": lambda path: path.symlink_to("/etc/hosts"),
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused(shop: Path, kind: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(shop / name, KINDS[kind])
    ran = here(shop, monkeypatch)
    assert ran.code == 1, ran
    assert not (shop / "build").exists()


MODULE = "terraform/lake"
IGNORED: dict[str, Change] = {
    "a pipe for the pointer": lambda shop: (
        (shop / MODULE / ".terraform").mkdir(),
        os.mkfifo(shop / MODULE / ".terraform/terraform.tfstate"),
    ),
    "a pipe of HCL": lambda shop: os.mkfifo(shop / MODULE / "x.tf"),
    "a folder of HCL": lambda shop: (shop / MODULE / "x.tf").mkdir(),
    "a link of HCL to itself": lambda shop: (shop / MODULE / "x.tf").symlink_to("x.tf"),
}
BROKEN: dict[str, Change] = {
    "HCL that opens comments": lambda shop: (shop / MODULE / "x.tf").write_text("backend " + "/* " * 300_000),
    "HCL that opens texts": lambda shop: (shop / MODULE / "x.tf").write_text('cloud "' + '\\"' * 300_000),
    "HCL of nothing": lambda shop: (shop / MODULE / "x.tf").write_text("cloud " + "\n" * 300_000),
    "HCL of blanks": lambda shop: (shop / MODULE / "x.tf").write_text("backend " + 'backend "a"' + " " * 300_000),
}


@pytest.mark.parametrize("name", IGNORED)
def test_what_is_beside_the_state_does_not_hold_us_up(shop: Path, name: str) -> None:
    IGNORED[name](shop)
    ran = alone(shop, "compile")
    assert ran.code == 0, ran
    assert ran.seconds < 3


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_module_is_refused_at_once(shop: Path, name: str) -> None:
    BROKEN[name](shop)
    ran = alone(shop, "compile")
    assert ran.code == 1, ran
    assert "DC3101" in ran.err
    assert ran.seconds < 3


LINKS: dict[str, Change] = {
    "a folder above": lambda jobs: (jobs / "up").symlink_to(".."),
    "a folder of the system": lambda jobs: (jobs / "etc").symlink_to("/etc"),
    "two folders, each to the other": lambda jobs: (
        (jobs / "a").mkdir(),
        (jobs / "b").mkdir(),
        (jobs / "a/b").symlink_to("../b"),
        (jobs / "b/a").symlink_to("../a"),
    ),
}


@pytest.mark.parametrize("name", LINKS)
def test_links_are_not_followed_for_ever(shop: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    LINKS[name](shop / "jobs")
    ran = here(shop, monkeypatch)
    assert (ran.code, set(ran.codes)) == (1, {"DC1006"})


BAD_NAMES = [
    b"a\nb", b"a\x1b[31mb", b"a\xffb", b"index", b"INDEX", b".x", b"..", b"a\\b", b'a"b', b"a*b", b"a:b", b"a\x7fb",
]  # fmt: skip
GOOD_NAMES = ["a b", "ü", "u\u0308", "\U0001f600", "~", "x.json", "index2", "-o", "$HOME", "x" * 240, "%s{}", "\u202eb"]


def second_job(shop: Path, name: bytes) -> None:
    """A copy that writes another table."""
    text = (shop / JOB).read_bytes().replace(b"raw/orders", b"raw/other") + b"\ncatalog: {table_name: other}\n"
    with open(os.path.join(os.fsencode(shop / "jobs"), name + b".yaml"), "wb") as file:
        file.write(text)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_job_that_no_manifest_can_be_named_after(shop: Path, name: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    second_job(shop, name)
    ran = here(shop, monkeypatch)
    assert (ran.code, ran.codes) == (1, ["DC1004"])
    told = alone(shop, "compile").err
    assert "\x1b" not in told
    assert "\x7f" not in told


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_job_with_an_odd_name_is_compiled(shop: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    second_job(shop, name.encode())
    ran = here(shop, monkeypatch)
    assert ran.code == 0, ran.out
    assert json.loads((shop / f"build/{name}.json").read_bytes())["job"]["id"] == name
    assert alone(shop, "why", name, "target.table.name").code == (2 if name.startswith("-") else 0)


CALLS: dict[str, tuple[list[str | bytes], int]] = {
    "standard input for two": (["--state", "a=-", "--state", "b=-"], 2),
    "a workspace twice": (["--state", "a=dativo.yaml", "--state", "a=dativo.yaml"], 2),
    "two without a workspace": (["--state", "dativo.yaml", "--state", STATE], 2),
    "a state that is not there": (["--state", "a=nothing"], 2),
    "a state with a long name": (["--state", "x" * 5000], 2),
    "a state of no bytes that are text": ([b"--state", b"acme-dev=\xff\xfe"], 2),
    "a state without a file": (["--state", "a="], 2),
    "an empty state": (["--state", ""], 2),
    "a URL that names no region": (["--state", "acme-dev=s3://bucket/key"], 1),
    "a device": (["--state", "acme-dev=/dev/zero"], 1),
    "a terminal": (["--state", "acme-dev=/dev/tty"], 1),
    "a folder as state": (["--state", "acme-dev=jobs"], 1),
    "memory as state": (["--state", "acme-dev=/proc/self/mem"], 1),
    "a path that is not there": (["nothing"], 1),
    "a path with a long name": (["x" * 5000], 1),
    "a path of no bytes that are text": ([b"\xff"], 1),
    "a path with a control character": (["a\x1bb"], 1),
    "a path outside": (["/etc"], 1),
    "a project that is not there": (["--project", "nothing"], 2),
    "a project that is a file": (["--project", "dativo.yaml"], 2),
    "a project with a long name": (["--project", "x" * 5000], 2),
    "the project file as a job": (["dativo.yaml"], 1),
    "a build that is a file": (["-o", "dativo.yaml"], 1),
    "a build that is a device": (["-o", "/dev/null"], 1),
    "a build with a long name": (["-o", "x" * 5000], 1),
    "an unknown option": (["--nope"], 2),
    "no paths": ([], 0),
    "the project itself": (["."], 0),
    "an empty path": ([""], 0),
    "paths in paths": (["jobs", "jobs/acme", JOB], 0),
    "a link to the project": (["../link/jobs"], 0),
    "strictly on": (["--strict", "--keep-going"], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_a_call_ends_with_its_code(shop: Path, name: str) -> None:
    (shop.parent / "link").symlink_to("shop")
    args, code = CALLS[name]
    ran = alone(shop, "compile", *args)
    assert ran.code == code, ran
    assert (shop / "build").exists() == (code == 0)
    assert ran.seconds < 3
    assert str(shop) not in ran.err


def test_long_names_of_jobs_for_why(shop: Path) -> None:
    assert alone(shop, "why", "x" * 5000, "tags").code == 2


@pytest.mark.parametrize("folder", [".", "jobs", "jobs/acme"])
def test_a_build_among_the_sources_harms_none(shop: Path, folder: str) -> None:
    place(shop, f"{folder}/mine.json", b"{}")
    before = {p: p.read_bytes() for p in shop.rglob("*") if p.is_file()}
    assert alone(shop, "compile", "-o", folder).code == 0
    assert alone(shop, "compile", "-o", folder).err.startswith("compiled 1 job: 0 new, 0 changed, 1 unchanged")
    (shop / JOB).rename(shop / "jobs/acme/renamed.yaml")
    assert "1 new, 0 changed, 0 unchanged, 1 removed" in alone(shop, "compile", "-o", folder).err
    del before[shop / JOB]
    assert {p: p.read_bytes() for p in before} == before


def test_an_index_of_somebody_else_stays(shop: Path) -> None:
    place(shop, "index.json", b'{"mine": 1}')
    ran = alone(shop, "compile", "-o", ".")
    assert ran.code == 1
    assert (shop / "index.json").read_bytes() == b'{"mine": 1}'
    assert sorted(p.name for p in shop.iterdir() if p.suffix == ".json") == ["index.json"]


def test_two_compiles_at_once(shop: Path) -> None:
    """The second waits for nothing: it is told, or finds the first one done."""
    call = [sys.executable, "-c", CALL.format(cost=os.devnull), "compile"]
    options = {"cwd": shop, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "stderr": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(call, **options) for _ in range(4)]  # type: ignore[call-overload]  # options of Popen
    told = [(one.communicate()[1], one.returncode) for one in running]
    assert any(code == 0 for _, code in told)
    assert all(code == 0 or (code == 1 and "another compile" in err) for err, code in told), told
    assert not list((shop / "build").glob(".dativo-*"))


def test_a_shared_broken_asset_is_reported_once(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3000):
        shutil.copy(shop / JOB, shop / f"jobs/acme/job_{number}.yaml")
    place(shop, ROLES["asset"], b"asset: [\n")
    ran = here(shop, monkeypatch)
    assert (ran.code, ran.codes) == (1, ["DC1101"])


def test_ten_thousand_errors(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = b"".join(b"tenat_id_%d: x\n" % number for number in range(9))
    broken = (shop / JOB).read_bytes().replace(b"bucket_name:", b"bukket_name:") + b"\n" + keys
    for number in range(1000):
        place(shop, f"jobs/many/job_{number}.yaml", broken)
    ran = here(shop, monkeypatch)
    assert (ran.code, len(ran.codes)) == (1, 10_000)
    told = alone(shop, "compile")
    assert told.err.count("\nerror[") + told.err.startswith("error[") == 100
    assert "... and 9,900 more errors (2 codes): " in told.err
    assert told.err.endswith("error: 10,000 errors; nothing was written\n")


@pytest.mark.parametrize("value", ['"a\\u0007b"', '"a\\nb"', '"\\u202e"', '"\\U0001F600"', '"%s"'])
def test_a_tag_with_odd_characters(shop: Path, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (shop / JOB).read_text().replace("cost_center: DATA-001", f"cost_center: {value}")
    place(shop, JOB, text.encode())
    assert here(shop, monkeypatch).code in (0, 1)
    told = alone(shop, "why", "orders", "tags.cost_center")
    assert "\a" not in told.out + told.err


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_full_disk_behind_a_stream(shop: Path, stream: str) -> None:
    with open("/dev/full", "wb") as full:
        process = subprocess.run(
            [sys.executable, "-c", CALL.format(cost=os.devnull), "why", "orders", "target"],
            cwd=shop, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: full},
        )  # fmt: skip
    assert process.returncode == (2 if stream == "stdout" else 0)
    told = (process.stderr or b"") + (process.stdout or b"")
    assert b"Traceback" not in told
    if stream == "stdout":
        assert b"error: standard output cannot be written: no space left on device" in told


def test_keep_going_strictly_writes_what_has_only_warnings(shop: Path) -> None:
    place(shop, "dativo.yaml", b"jobs: jobs\n")  # no default catalog: a warning
    place(shop, "jobs/broken.yaml", (shop / JOB).read_bytes().replace(b"bucket_name:", b"bukket_name:"))
    ran = alone(shop, "compile", "--strict", "--keep-going")
    assert (ran.code, ran.err.splitlines()[-1].partition(", in ")[0]) == (
        1,
        "error: 1 error, 1 warning; compiled 1 job: 1 new, 0 changed, 0 unchanged, 0 removed",
    )
    (shop / "jobs/broken.yaml").unlink()
    ran = alone(shop, "compile", "--strict", "--keep-going")
    assert (ran.code, ran.err.splitlines()[-1].partition("; ")[0]) == (
        1,
        "error: 1 warning, and `--strict` allows none",
    )
