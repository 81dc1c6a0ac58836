"""Which of two places in a storage lies in the other."""

from __future__ import annotations

from collections.abc import Iterator

ALIASES = {"s3a": "s3", "s3n": "s3", "abfs": "abfss", "wasb": "abfss", "wasbs": "abfss"}


def storage_path(text: str) -> str:
    """One spelling of a place in a storage; empty for what is none: a folder, or a name that a catalog knows."""
    scheme, separator, path = text.partition("://")
    if not separator or scheme == "file" or "{" in scheme:
        return ""
    return f"{ALIASES.get(scheme, scheme)}://{path.rstrip('/')}"


def above(path: str) -> Iterator[str]:
    """Every place that a path lies in, from the nearest up to the bucket; not the path itself."""
    floor = path.find("://") + 3
    end = path.rfind("/")
    while end > floor:
        yield path[:end]
        end = path.rfind("/", 0, end)


def within(path: str, outer: str) -> bool:
    """Whether a path is `outer`, or lies in it."""
    return path == outer or path.startswith(outer + "/")
