"""Fixes of output names: all the keys that need it, or none."""

from __future__ import annotations

import pytest

from dativo_compile.mapping.renames import renamed
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.reader import Marks, read
from tests.edits import applied

HEAD = "infrastructure:\n  terraform:\n    outputs:\n"


def after(*lines: str) -> str | None:
    text = HEAD + "".join(f"      {line}\n" for line in lines)
    value, marks = read(text.encode(), Marks("job"))
    fix = renamed(Document(SourceFile("a.yaml", text.encode()), "job", value, marks), "bukket", "bucket")
    return None if fix is None else applied(text, [(e.place, e.text) for e in fix.edits]).removeprefix(HEAD)


def test_every_key_of_the_output_is_renamed() -> None:
    assert after("'bukket.name': source.a", "x: source.b", "bukket.tags[0]: [source.c, source.d]", "bukkets: s.e") == (
        "      'bucket.name': source.a\n      x: source.b\n      bucket.tags[0]: [source.c, source.d]\n"
        "      bukkets: s.e\n"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("x: source.a",),
        ("bukket: source.a", "bucket: source.b"),  # which of the two is meant?
        ("bukket: source.a", "&k bukket.x: source.b"),
        ('"bukke\\x74": source.a',),
    ],
)
def test_it_is_all_or_nothing(lines: tuple[str, ...]) -> None:
    assert after(*lines) is None
