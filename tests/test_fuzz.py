"""Random bytes and good files with something changed: an exit code and diagnostics of the published shape, always."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dativo_compile.cli.compile import app
from tests.hostile import ROLES, SHAPE, STATE, check, project
from tests.hostile import Outcome as Ran

PLACES = {**ROLES, "state": STATE}
WORDS = b"null ~ {} [] - : &a *a !!int # 0 -1 1e999 true ${X} ${X:-y} $$ $ref ../ / , { } ' | __proto__ source.files[0]"
TOKENS = [
    *WORDS.split(),
    *(b": ", b"- ", b"\n", b"\t", b'"', b"|\n", b"<<: *a", b"\0", b"\xff", "ü\u2028".encode(), b'"\\ud800"'),
    *(b"type: x\n", b"password: p\n", b"a: {b: {c: d}}\n"),
]
BOUNDED = settings(
    deadline=None, max_examples=150, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
Edit = tuple[float, int, bytes]
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 40), st.sampled_from(TOKENS) | st.binary(max_size=8)),
    min_size=1, max_size=4,
)  # fmt: skip


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def edited(data: bytes, edits: list[Edit]) -> bytes:
    """Each edit takes bytes away at a part of the length, and puts others there."""
    for part, count, new in edits:
        at = int(part * len(data))
        data = data[:at] + new + data[at + count :]
    return data


def moved(data: bytes, edits: list[Edit]) -> bytes:
    """Whole lines put elsewhere: more often still YAML than changed bytes are."""
    lines = data.split(b"\n")
    for part, count, new in edits:
        line = lines.pop(int(part * len(lines))) if lines else new
        lines.insert(count % (len(lines) + 1), line if count % 3 else line + new)
    return b"\n".join(lines)


@pytest.fixture(scope="module")
def shop() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield project(Path(folder) / "shop")


def survives(shop: Path, name: str, data: bytes) -> None:
    good = (shop / name).read_bytes()
    try:
        (shop / name).write_bytes(data)
        with inside(shop):
            for format in ("json", "text"):
                ran = CliRunner().invoke(app, ["--format", format])
                outcome = Ran(ran.exit_code, ran.stdout, ran.stderr)
                assert ran.exception is None or isinstance(ran.exception, SystemExit), (ran.exception, data)
                check(shop, outcome)
                if format == "json":
                    for line in ran.stdout.splitlines():
                        SHAPE.validate(json.loads(line))
    finally:
        (shop / name).write_bytes(good)


@pytest.mark.parametrize("role", PLACES)
@BOUNDED
@given(data=st.binary(max_size=300))
def test_random_bytes(shop: Path, role: str, data: bytes) -> None:
    survives(shop, PLACES[role], data)


@pytest.mark.parametrize("role", PLACES)
@BOUNDED
@given(edits=EDITS)
def test_a_good_file_with_bytes_changed(shop: Path, role: str, edits: list[Edit]) -> None:
    name = PLACES[role]
    survives(shop, name, edited((shop / name).read_bytes(), edits))


@pytest.mark.parametrize("role", PLACES)
@BOUNDED
@given(edits=EDITS)
def test_a_good_file_with_lines_moved(shop: Path, role: str, edits: list[Edit]) -> None:
    name = PLACES[role]
    survives(shop, name, moved((shop / name).read_bytes(), edits))
