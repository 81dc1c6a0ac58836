"""Codes as the rule descriptors of a SARIF log: what a viewer shows beside an alert."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.steps import step_of
from dativo_compile.report.explain import page

LONGEST = 1_000  # characters of a description; GitHub takes 1,024


def descriptors(codes: Iterable[Code]) -> list[dict[str, Any]]:
    return [_descriptor(code) for code in codes]


def _descriptor(code: Code) -> dict[str, Any]:
    """`helpUri` is the published page that a rule comes from. Our own travels in `help`, without its example: what was
    found stands beside it."""
    found: dict[str, Any] = {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": summary(code)},
        "fullDescription": {"text": _first_paragraph(code.explanation)},
        "help": {"text": code.explanation.strip(), "markdown": page(code, "")},
    }
    if code.source:
        found["helpUri"] = code.source
    level = {"level": "warning"} if code.severity == "off" else {"level": code.severity}
    found["defaultConfiguration"] = level | ({"enabled": False} if code.severity == "off" else {})
    found["properties"] = {"tags": [step_of(code)]}
    return found


def summary(code: Code) -> str:
    """The message with `...` for what differs from case to case; the name in words where nothing else is left."""
    parts = [text + ("..." if field is not None else "") for text, field, _, _ in Formatter().parse(code.message)]
    text = "".join(parts)
    return text if any(character.isalpha() for character in text) else code.name.replace("-", " ")


def _first_paragraph(text: str) -> str:
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return paragraph if len(paragraph) <= LONGEST else paragraph[: LONGEST - 3] + "..."
