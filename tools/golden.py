"""Golden cases: a folder below tests/cases is a project, and `expected/` is all that a compile of it gives.

`python -m tools.golden [NAME...]` rewrites `expected/`; tests/test_cases.py compares it. A case may have a
`case.yaml`, which the compile does not see:

    note: one line on what the case shows
    program: dativo                    # which program runs; default: dativo-compile
    args: [jobs, -o, build]            # the default; with --format there is one run instead of two
    env: {NAME: value}                 # added to an environment that is otherwise empty
    stdin: text
    git: true                          # make an empty .git, the other marker of a project root
    before:                            # steps before the run that is compared
      - run: [jobs, -o, build]         # dativo-compile
      - dativo: [lock, --check]
      - copy: [FROM, TO]
      - move: [FROM, TO]
      - replace: [PATH, OLD, NEW]      # text that stands there once or more often
      - remove: PATH
      - commit: MESSAGE                # all that is there; the first one makes the repository, and hashes are stable
      - git: [branch, side]
    server: {PATH: [{status: 500}, {file: NAME}]}   # answers of a server on loopback: tools/server.py
    trouble: {locked: build}           # what is wrong with the machine, or with us, in that run: tools/trouble.py
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from tools import history
from tools.server import PORT, Script, serving, unwired, wired
from tools.trouble import trouble

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
OWN = ("expected", "case.yaml")  # of the harness, not of the project
ENVIRONMENT = {"PATH": os.defpath, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "GIT_CONFIG_NOSYSTEM": "1"}
ELAPSED = re.compile(r"\bin [0-9.]+ ?m?s\b")
RENDERED = {  # commands of review with formats beside their first one, and how the expected files end
    "diff": (("markdown", "md"), ("json", "json")),
    "check": (("markdown", "md"), ("json", "json")),
    "affected": (("paths", "paths"), ("json", "json")),
    "why": (("json", "jsonl"),),
    "plan": (("markdown", "md"), ("json", "json")),
}
OWN_LINE = re.compile(r"(dativo_compile/[\w/]+\.py):[0-9]+")

Tree = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """What `case.yaml` says, defaults filled in."""

    folder: Path
    args: tuple[str, ...] = ("jobs", "-o", "build")
    env: dict[str, str] = field(default_factory=dict)
    stdin: str = ""
    git: bool = False
    before: tuple[dict[str, Any], ...] = ()
    trouble: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    program: str = "dativo-compile"
    server: Script = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ran:
    """One call of the command line."""

    exit: int
    out: str
    err: str


def names() -> list[str]:
    return sorted(path.name for path in CASES.glob("*") if path.is_dir())


def load(name: str) -> Case:
    folder = CASES / name
    file = folder / "case.yaml"
    said = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
    for key in ("args", "before"):
        if key in said:
            said[key] = tuple(said[key])
    return Case(folder, **said)


def expected(name: str) -> Tree:
    return _files(CASES / name / "expected")


def outcome(name: str, work: Path) -> Tree:
    """Run the case in the folder `work`: the tree that `expected/` must equal.

    Text and JSON are two runs in two copies, which must agree on everything but the report.
    """
    case = load(name)
    if case.args[0] in RENDERED and not any(arg.startswith("--format") for arg in case.args):
        return _every_format(work, case)
    if case.program != "dativo-compile" or any(arg.startswith("--format") for arg in case.args):
        ran, tree = _run_in(work / "one", case, case.args)
        return tree | _texts(ran, {"report.txt": _masked(ran.err), "stdout.txt": ran.out})
    text, tree = _run_in(work / "text", case, case.args)
    lines, same = _run_in(work / "json", case, (*case.args, "--format", "json"))
    if (text.exit, tree) != (lines.exit, same):
        raise AssertionError(f"{name}: --format json changes more than the report")
    return tree | _texts(
        text, {"report.txt": _masked(text.err), "stdout.txt": text.out, "diagnostics.jsonl": lines.out}
    )


def ran(name: str, work: Path, *more: str) -> Ran:
    """The case once in the folder `work`, with more arguments than its own: what is printed."""
    case = load(name)
    return _run_in(work, case, (*case.args, *more))[0]


def _every_format(work: Path, case: Case) -> Tree:
    """An answer in each of its formats, which agree on everything else; that nothing was written is part of each."""
    command = case.args[0]
    ran, tree = _run_in(work / "first", case, case.args)
    report = _masked(ran.err) if command == "check" else ran.err
    told = {"report.txt": report, f"{command}.txt": ran.out}
    for format, ending in RENDERED[command]:
        other, same = _run_in(work / format, case, (*case.args, "--format", format))
        if (ran.exit, report, tree) != (other.exit, _masked(other.err) if command == "check" else other.err, same):
            raise AssertionError(f"{case.folder.name}: --format {format} changes more than the answer")
        told[f"{command}.{ending}"] = other.out
    return tree | _texts(ran, {name: text for name, text in told.items() if text})


def _texts(ran: Ran, texts: dict[str, str]) -> Tree:
    wanted = {"exit": f"{ran.exit}\n"} | {k: v for k, v in texts.items() if v or k != "stdout.txt"}
    return {key: OWN_LINE.sub(r"\1:N", text).encode() for key, text in wanted.items()}


def _masked(report: str) -> str:
    """The closing line tells how long it took, which no two runs share."""
    head, newline, last = report.rstrip("\n").rpartition("\n")
    return head + newline + ELAPSED.sub("in N s", last) + "\n" if report else ""


def _run_in(work: Path, case: Case, args: tuple[str, ...]) -> tuple[Ran, Tree]:
    """A fresh copy of the project, its steps, the run; every file in `build/`, and any other that the run changed."""
    shutil.copytree(case.folder, work, symlinks=True, ignore=_skip_own(case.folder))
    if not case.server:
        return _run_copy(work, case, args)
    with serving(case.server, case.folder) as (port, _):
        for path in work.rglob("*"):
            if path.is_file() and PORT.encode() in path.read_bytes():
                path.write_text(wired(path.read_text("utf-8"), port), "utf-8")
        env = {name: wired(value, port) for name, value in case.env.items()}
        args = tuple(wired(arg, port) for arg in args)
        ran, tree = _run_copy(work, replace(case, env=env), args)
    back = {key: unwired(content.decode(), port).encode() for key, content in tree.items()}
    return Ran(ran.exit, unwired(ran.out, port), unwired(ran.err, port)), back


def _run_copy(work: Path, case: Case, args: tuple[str, ...]) -> tuple[Ran, Tree]:
    if case.git:
        (work / ".git").mkdir()
    for step in case.before:
        _do(work, case, step)
    before = _files(work)
    with trouble(work, case.trouble):
        ran = _call(work, case, args, case.program)
    for text in (ran.out, ran.err):
        if str(work) in text:
            raise AssertionError(f"{case.folder.name}: the report names an absolute path of this machine:\n{text}")
    after = _files(work)
    whole = "build/" if args[0] not in RENDERED else "/"  # reviews write nothing: what they leave alone is not told
    tree = {key: content for key, content in after.items() if key.startswith(whole) or before.get(key) != content}
    gone = sorted(before.keys() - after.keys())
    return ran, tree | ({"removed.txt": "".join(f"{key}\n" for key in gone).encode()} if gone else {})


def _skip_own(folder: Path) -> Any:
    return lambda at, found: [name for name in found if Path(at) == folder and name in OWN]


def _do(work: Path, case: Case, step: dict[str, Any]) -> None:
    for verb, what in step.items():
        match verb:
            case "run":
                _call(work, case, tuple(what))
            case "dativo":
                _call(work, case, tuple(what), "dativo")
            case "copy":
                shutil.copyfile(work / what[0], work / what[1])
            case "move":
                (work / what[1]).parent.mkdir(parents=True, exist_ok=True)
                (work / what[0]).rename(work / what[1])
            case "replace":
                text = (work / what[0]).read_text("utf-8")
                if what[1] not in text:
                    raise ValueError(f"{case.folder.name}: {what[0]} has no `{what[1]}` to replace")
                (work / what[0]).write_text(text.replace(what[1], what[2]), "utf-8")
            case "remove":
                (work / what).unlink()
            case "commit":
                history.commit(work, what)
            case "git":
                history.git(work, *what)
            case _:
                raise ValueError(f"{case.folder.name}: case.yaml has an unknown step `{verb}`")


def _call(work: Path, case: Case, args: tuple[str, ...], program: str = "dativo-compile") -> Ran:
    """The real command line in this process: what a shell would see of it."""
    from dativo_compile.cli import compile as command
    from dativo_compile.cli import main as commands

    start: Callable[[], object] = (command if program == "dativo-compile" else commands).main
    out, err = io.StringIO(), io.StringIO()
    argv = mock.patch.object(sys, "argv", [program, *args])
    with _standing_in(work, case), argv, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = start()
        except SystemExit as stop:
            code = stop.code
    return Ran(code if isinstance(code, int) else int(code is not None), out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _standing_in(work: Path, case: Case) -> Iterator[None]:
    stdin = io.TextIOWrapper(io.BytesIO(case.stdin.encode()), "utf-8")
    environment = ENVIRONMENT | {"HOME": str(work)} | case.env
    patched = mock.patch.dict(os.environ, environment, clear=True)
    with contextlib.chdir(work), mock.patch.object(sys, "stdin", stdin), patched:
        yield


def _files(folder: Path) -> Tree:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def rewrite(name: str) -> bool:
    """Whether anything changed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = outcome(name, Path(folder))
    target = CASES / name / "expected"
    if _files(target) == tree:
        return False
    shutil.rmtree(target, ignore_errors=True)
    for key, content in tree.items():
        (target / key).parent.mkdir(parents=True, exist_ok=True)
        (target / key).write_bytes(content)
    return True


def main(wanted: list[str]) -> int:
    for name in wanted or names():
        if rewrite(name):
            print(f"rewritten: tests/cases/{name}/expected")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
