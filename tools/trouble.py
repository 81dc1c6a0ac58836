"""What no project can show by itself: a machine in trouble, or a bug of ours, while a golden case runs.

`trouble` in a case.yaml takes these words:

    locked: build                  # another compile is at work in this folder
    file_limit: 100                # no file can grow beyond so many bytes, as on a full disk
    refused: {mkdir: EROFS}        # the system refuses this call of `os`, as on a read-only disk
    bug: MODULE:NAME               # this function, as MODULE knows it, raises what nobody expected
    slip: sensitive                # a sensitive value came as far as a job's description; or `surrogate`, half a letter
    slip: comment                  # the formatter loses one
"""

from __future__ import annotations

import errno
import importlib
import os
import re
import resource
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from dativo_compile.model.job import TaggedJob

SECRET = "a value that no report may show"


@contextmanager
def trouble(work: Path, words: dict[str, Any]) -> Iterator[None]:
    """In the project `work`, as long as it lasts."""
    with ExitStack() as stack:
        for word, what in words.items():
            stack.enter_context(_one(work, word, what))
        yield


def _one(work: Path, word: str, what: Any) -> Any:
    match word:
        case "locked":
            from dativo_compile.writer import Writer

            return Writer(work / what)
        case "file_limit":
            return _file_limit(what)
        case "refused":
            return _refused(**what)
        case "bug":
            module, _, name = what.partition(":")
            return mock.patch.object(importlib.import_module(module), name, side_effect=RuntimeError(SECRET))
        case "slip":
            return _slip(what)
        case _:
            raise ValueError(f"case.yaml has an unknown word `{word}` below `trouble`")


@contextmanager
def _file_limit(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _refused(**calls: str) -> Iterator[None]:
    """A real read-only disk takes a root to mount it; tests/system does that too."""
    with ExitStack() as stack:
        for call, name in calls.items():
            number = getattr(errno, name)
            error = OSError(number, os.strerror(number))
            stack.enter_context(mock.patch.object(os, call, side_effect=error))
        yield


def _slip(what: str) -> Any:
    """A bug in a pass before `emit`, which is the last to look; or in a step before the formatter's own look."""
    if what == "comment":
        from dativo_compile.formatting import text

        return mock.patch.object(text, "tidied", lambda layout: re.sub("#.*", "", layout.text))
    from dativo_compile.manifest.assemble import assemble as real
    from dativo_compile.model.output import Sensitive
    from dativo_compile.passes import emit

    wrong = {"sensitive": Sensitive("string"), "surrogate": "\ud83d"}[what]

    def assemble(tagged: TaggedJob) -> tuple[dict[str, Any], dict[str, Any]]:
        value, origins = real(tagged)
        return value | {"job": value["job"] | {"description": wrong}}, origins

    return mock.patch.object(emit, "assemble", assemble)
