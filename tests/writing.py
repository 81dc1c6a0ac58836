"""What the tests of the writer share: manifests made by hand, and a build folder seen as a value."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from dativo_compile.model.job import Manifest
from dativo_compile.writer import Writer, Written


def manifest(job_id: str, text: str = "first") -> Manifest:
    digest = f"sha256:{text}"
    data = f'{{\n  "digest": "{digest}",\n  "job": "{job_id}"\n}}\n'.encode()
    entry = {"digest": digest, "file": f"jobs/{job_id}.yaml", "tags": {"tags.owner": "ö"}}
    return Manifest(job_id, data, digest, f'{{"from": "{text}"}}\n'.encode(), entry)


def write(build: Path, manifests: Iterable[Manifest], gone: Iterable[str] = ()) -> Written:
    given = list(manifests)
    with Writer(build) as writer:
        for each in given:
            writer.stage(each)
        return writer.commit([each.job_id for each in given], list(gone))


def files_of(build: Path) -> dict[str, bytes]:
    """Name -> bytes of every file, and `NAME/` for every folder; empty without the folder."""
    found: dict[str, bytes] = {}
    for folder, folders, names in os.walk(build):
        below = os.path.relpath(folder, build)
        found.update({os.path.normpath(f"{below}/{name}") + "/": b"" for name in folders})
        found.update({os.path.normpath(f"{below}/{name}"): Path(folder, name).read_bytes() for name in names})
    return found


def times_of(build: Path) -> dict[str, int]:
    return {str(path.relative_to(build)): path.stat().st_mtime_ns for path in build.rglob("*") if path.is_file()}
