"""Job files below a folder, in an order of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Refused:
    """A name below the walked folder that is not walked, and why."""

    name: str
    reason: str


def walk(prefix: str, name: str) -> Iterator[str | Refused]:
    """Names of job files below the folder `name` (relative to `prefix`, which ends in `/`).

    Symbolic links to folders are followed inside the project, each real folder once.
    """
    yield from _walk(prefix, name, os.path.realpath(prefix), {os.path.realpath(prefix + name)})


def _walk(prefix: str, name: str, root: str, seen: set[str]) -> Iterator[str | Refused]:
    try:
        with os.scandir(prefix + name) as found:
            entries = sorted(found, key=lambda entry: entry.name)  # sorted: file order must not reach the build
    except OSError as error:
        yield Refused(name, f"cannot be read: {(error.strerror or 'unknown').lower()}")
        return
    for entry in entries:
        inner = entry.name if name == "." else f"{name}/{entry.name}"
        if entry.is_symlink():
            real = os.path.realpath(entry.path)
            if not real.startswith(root.rstrip("/") + "/"):
                if os.path.isdir(entry.path) or entry.name.endswith(ENDINGS):
                    yield Refused(inner, "is a symbolic link that leaves the project")
                continue
            if os.path.isdir(real) and real in seen:
                yield Refused(inner, "is a symbolic link to a folder that is walked already")
                continue
            if not os.path.exists(real):
                if entry.name.endswith(ENDINGS):
                    yield Refused(inner, "is a symbolic link to nothing")
                continue
            seen.add(real)
        if entry.is_dir():
            yield from _walk(prefix, inner, root, seen)
        elif entry.name.endswith(ENDINGS):
            yield inner
