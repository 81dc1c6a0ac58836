"""The small working project that `dativo init` writes."""

from __future__ import annotations

import os
from pathlib import Path

from dativo_compile.model.usage import UsageError

TEMPLATE = Path(__file__).parent.parent / "templates" / "project"
OFTEN_THERE = (".gitattributes", ".gitignore")  # of a repository that is older than the project


def starter_files() -> dict[str, bytes]:
    """Project-relative name -> contents, in the order a reader wants."""
    found = sorted(path for path in TEMPLATE.rglob("*") if path.is_file())
    return {path.relative_to(TEMPLATE).as_posix(): path.read_bytes() for path in found}


def write_starter(folder: Path) -> list[str]:
    """The names written; raises `UsageError`, and writes nothing, if a file is in the way.

    Files for git that are there already stay as they are.
    """
    files = {
        name: content
        for name, content in starter_files().items()
        if name not in OFTEN_THERE or not os.path.lexists(folder / name)
    }
    taken = [name for name in files if os.path.lexists(folder / name)]
    if taken:
        listed = ", ".join(f"`{name}`" for name in taken)
        raise UsageError(f"`{folder}` has {listed} already", "choose an empty folder; no file is overwritten")
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "the system refuses"
        raise UsageError(f"`{folder}` cannot be written: {reason}", "choose another folder") from None
    return list(files)
