"""Runs golden cases in a hostile order of discovery and prints what came out, for tests/test_determinism.py.

`python -m tools.replay FOLDER SEED NAME...` works in FOLDER and prints {case: {file: sha256}} as JSON.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from tools import golden


class Shuffled:
    """Stands in for what os.scandir gives: an iterator that is a context manager too."""

    def __init__(self, entries: list[Any]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[Any]:
        return self._entries

    def __next__(self) -> Any:
        return next(self._entries)

    def __enter__(self) -> Shuffled:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._entries = iter(())


@contextlib.contextmanager
def shuffled_folders(seed: int) -> Iterator[None]:
    """Folders list their entries in an order that a file system might have, but this one has not."""
    order = random.Random(seed)
    scandir, listdir = os.scandir, os.listdir

    def scan(*args: Any) -> Shuffled:
        with scandir(*args) as entries:
            found = sorted(entries, key=lambda entry: str(entry.name))
        order.shuffle(found)
        return Shuffled(found)

    def names(*args: Any) -> list[Any]:
        found = sorted(listdir(*args))
        order.shuffle(found)
        return found

    with mock.patch.object(os, "scandir", scan), mock.patch.object(os, "listdir", names):
        yield


def main(folder: Path, seed: int, names: list[str]) -> int:
    told = {}
    with shuffled_folders(seed):
        for name in names:
            tree = golden.outcome(name, folder / name)
            told[name] = {key: hashlib.sha256(content).hexdigest() for key, content in tree.items()}
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
