"""Diagnostic codes are a promise to users: each explained, each shown by a golden case, no id ever reused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dativo_compile.diagnostics.code import Code
from dativo_compile.registry import ALL_CODES
from tools import golden, ledger

ROOT = Path(__file__).resolve().parent.parent
REPORTED = re.compile(r"^(?:error|warning|note)\[(DC\d{4})\]: ", re.MULTILINE)
# What no project can show, because it takes another program or another server: the test that forces it.
FORCED = {
    "DC3072": "tests/terraform/test_program.py",
    "DC3054": "tests/terraform/backends/test_remote.py",
    "DC3037": "tests/terraform/backends/test_extras.py",
}


def test_ids_and_names_are_unique() -> None:
    for field in ("id", "name"):
        seen = [getattr(code, field) for code in ALL_CODES]
        twice = sorted({value for value in seen if seen.count(value) > 1})
        assert not twice, f"users suppress and search by {field}: two codes cannot share {twice}"


def test_ids_are_never_reused() -> None:
    given = ledger.read()
    now = {code.id: code.name for code in ALL_CODES}
    reused = {key: (given[key], name) for key, name in now.items() if given.get(key, name) != name}
    assert not reused, f"an id in somebody's configuration must not change its meaning; take a new one: {reused}"
    new = now.keys() - given.keys()
    assert not new, f"enter {sorted(new)} in {ledger.FILE.name}: python -m tools.ledger"


@pytest.mark.parametrize("code", ALL_CODES, ids=lambda code: code.id)
def test_a_code_is_written_the_way_all_are(code: Code) -> None:
    assert re.fullmatch(r"DC[1-9]\d{3}", code.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name), "kebab case"
    assert code.severity in ("error", "warning", "note", "off")
    assert not code.message.endswith("."), "a message is a phrase, not a sentence"
    assert not re.match(r"[A-Z][a-z]", code.message), "a message starts in lower case"
    assert "illegal" not in (code.message + code.explanation).lower(), "nobody broke a law; say what is wrong"
    page = code.explanation.strip()
    assert len(page.split()) >= 20, "the page says what it means, why it matters and what to do"
    assert "\n\n" in page, "what to do is a paragraph of its own"


def test_every_code_is_shown_by_a_golden_case() -> None:
    shown = set(FORCED)
    for name in golden.names():
        expected = golden.expected(name)
        shown |= {json.loads(line)["code"] for line in expected.get("diagnostics.jsonl", b"").splitlines()}
        shown |= set(REPORTED.findall(expected.get("report.txt", b"").decode()))  # other commands have no such lines
    unseen = sorted(f"{code.id} {code.name}" for code in ALL_CODES if code.id not in shown)
    assert not unseen, "\n".join(
        [
            "an error without a case is not written yet (make new-code scaffolds one; tools/trouble.py forces some):",
            *unseen,
        ]
    )


@pytest.mark.parametrize("code", FORCED)
def test_what_no_project_can_show_is_forced_by_a_test(code: str) -> None:
    assert code in (ROOT / FORCED[code]).read_text("utf-8"), f"{FORCED[code]} does not speak of {code} any more"
