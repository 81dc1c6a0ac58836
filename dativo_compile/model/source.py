"""Source files and the documents read from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["job", "source", "target", "asset", "project"]
Kind = Literal["job", "connector", "asset", "project"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Bytes with a project-relative name (POSIX separators)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: plain values, and a mirror of them with a mark at each leaf.

    A mark is the text ``ROLE:LINE:COLUMN`` (both counted from 1). Keys have no marks and no value
    has an end: `yaml.spans` finds those from the bytes when a diagnostic needs them. Neither tree
    may be changed: aliases share their parts.
    """

    file: SourceFile
    role: Role
    value: dict[str, Any]
    marks: dict[str, Any]
