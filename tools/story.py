"""The repository of fixtures/history: a project that lives, one commit a step, made again wherever it is needed.

`python -m tools.story FOLDER` makes it, to look around in. A step is a folder with a `step.yaml`:

    message: what the commit says
    remove: [files]
    move: [{from: file, to: file}]
    replace: [{file:, old:, new:}]      # exactly one place
    compile: false                      # and forget to
    diff: {kind of change: its risk}    # what `dativo diff` says of this commit; tests compare
    affected: {job: how}                # what `dativo affected` says of it

and `files/`, which are copied into the project. Then the project is compiled and everything committed: the same files
and the same compiler give the same commits, at any time.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dativo_compile.build import build
from dativo_compile.model.project import Request
from tools.history import commit, git

STORY = Path(__file__).resolve().parent.parent / "fixtures" / "history"


@dataclass(frozen=True, slots=True)
class Step:
    folder: Path
    message: str
    diff: dict[str, str] = field(default_factory=dict)
    affected: dict[str, str] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    move: list[dict[str, str]] = field(default_factory=list)
    replace: list[dict[str, str]] = field(default_factory=list)
    compile: bool = True

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def number(self) -> int:
        return int(self.name.partition("-")[0])


def steps() -> list[Step]:
    """In their order. Raises `TypeError` for a key that a step does not have."""
    return [Step(path.parent, **_read(path)) for path in sorted(STORY.glob("*/step.yaml"))]


def _read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))  # type: ignore[no-any-return]  # yaml knows no types


def tell(folder: Path, told: Sequence[Step]) -> list[str]:
    """The commits of the steps, made in an empty folder."""
    return [_commit(folder, step) for step in told]


def _commit(folder: Path, step: Step) -> str:
    apply(folder, step)
    if step.compile:
        done = build(Request((folder / "jobs",)), folder / "build", strict=True)
        if not done.good:
            raise ValueError(f"{step.name} does not compile: {[f'{d.code.id} {d.message}' for d in done.diagnostics]}")
    commit(folder, step.message, when=f"2025-02-{step.number:02}T09:00:00+00:00")
    return git(folder, "rev-parse", "HEAD").strip()


def apply(folder: Path, step: Step) -> None:
    """The step's edits of the sources alone."""
    if (step.folder / "files").is_dir():
        shutil.copytree(step.folder / "files", folder, dirs_exist_ok=True)
    for name in step.remove:
        (folder / name).unlink()
    for pair in step.move:
        (folder / pair["from"]).rename(folder / pair["to"])
    for edit in step.replace:
        file = folder / edit["file"]
        text = file.read_text("utf-8")
        if text.count(edit["old"]) != 1:
            raise ValueError(f"{step.name}: `{edit['old']}` stands {text.count(edit['old'])} times in {edit['file']}")
        file.write_text(text.replace(edit["old"], edit["new"]), "utf-8")


def main(args: list[str]) -> int:
    if len(args) != 1:
        print("usage: python -m tools.story FOLDER", file=sys.stderr)
        return 2
    folder = Path(args[0])
    folder.mkdir(parents=True)
    tell(folder, steps())
    print(git(folder, "log", "--oneline", "--reverse"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
