"""What the ids of GCP resources say, once they have been read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GcpId:
    """`project` is as `project_id` writes it, empty where the id names none; `start` and `end` are its span in the id.

    `names` are what `resource_name` may say of it, the first of them the resource's own.
    """

    names: tuple[str, ...]
    project: str = ""
    start: int = 0
    end: int = 0
