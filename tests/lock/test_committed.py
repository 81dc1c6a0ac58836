"""Every lock in the repository: up to date, of the published shape, and without a secret."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from dativo_compile.checking import check
from dativo_compile.lock.reading import LockFault, parse
from dativo_compile.lock.text import LOCK, render
from dativo_compile.model.project import Request
from dativo_compile.validation.load import schema_of

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = sorted(path.parent.name for path in (ROOT / "fixtures").glob("*/dativo.yaml"))


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_is_committed_with_its_lock(name: str, tmp_path: Path) -> None:
    done = check(Request((ROOT / "fixtures" / name / "jobs",)), tmp_path)
    assert done.good
    assert LOCK not in done.changes.new + done.changes.changed + done.changes.removed


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_compiles_from_its_lock(name: str, tmp_path: Path) -> None:
    done = check(Request((ROOT / "fixtures" / name / "jobs",), locked=True), tmp_path)
    assert done.diagnostics == ()


def test_every_lock_is_canonical_and_fits_its_schema() -> None:
    sound = 0
    for path in [*ROOT.glob("fixtures/*/" + LOCK), *ROOT.glob("tests/cases/**/" + LOCK)]:
        data = path.read_bytes()
        assert b"not-a-secret" not in data
        try:
            states = parse(data)
        except LockFault:
            continue  # a case that is about a broken one
        sound += 1
        assert render(states) == data, path
        jsonschema.Draft202012Validator(schema_of("lock")).validate(json.loads(data))
    assert sound > len(FIXTURES)
