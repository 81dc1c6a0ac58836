"""The declaration of a diagnostic: one place for its id, name, message and page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note", "off"]


@dataclass(frozen=True, slots=True)
class Code:
    """`message` is a template with named fields; `explanation` is the page, in Markdown.

    A `note` is worth knowing and fails nothing, not even `--strict`. A `guarded` code keeps builds correct: its
    severity cannot be changed.
    """

    id: str
    name: str
    severity: Severity
    message: str
    explanation: str
    guarded: bool = False
    source: str = ""
