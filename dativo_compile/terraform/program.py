"""Outputs as the user's own `terraform` or `tofu` prints them; the program is asked, and changes nothing.

With a workspace that does not exist, `terraform output` makes an empty state and reports success. So
`workspace list` is asked first, and only a name it gives is ever put into TF_WORKSPACE.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import signal
import subprocess
import threading
from pathlib import Path

from dativo_compile.diagnostics.codes.program import (
    MODULE_NOT_INITIALISED,
    PROGRAM_FAILED,
    PROGRAM_NOT_RUN,
    PROGRAM_TOO_SLOW,
)
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends.redacted import redacted
from dativo_compile.terraform.fault import StateFault

SECONDS = 120.0
SETTINGS = {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "TF_INPUT": "0"}
DROPPED = re.compile(r"TF_WORKSPACE|TF_CLI_ARGS.*|TF_LOG.*|TOFU_LOG.*")  # they move the answer, or write files
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
FRAME = "╷│╵ \t"
INITIALISE = re.compile(r"(?:terraform|tofu) init\b|[Ii]nitialization required")
ANSWER = "terraform output"


def program_of(text: str | None) -> str | None:
    """The program's absolute path; empty text stands for `terraform`, else `tofu`. Raises `UsageError`."""
    if text is None:
        return None
    found = shutil.which(text) if text else shutil.which("terraform") or shutil.which("tofu")
    if found is None:
        what = f"the program `{text}` is not found" if text else "neither `terraform` nor `tofu` is on the PATH"
        raise UsageError(what, "write `--terraform=BIN`, or put `--terraform` after the paths")
    return os.path.abspath(found)


class Program:
    """One module, asked through the program; a backend like the others."""

    def __init__(self, path: str, root: Path, module: str, seconds: float = SECONDS) -> None:
        self._path = path
        self._module = module
        self._folder = root / module
        self._seconds = seconds
        self._lock = threading.Lock()
        self._listed: tuple[str, ...] | StateFault | None = None
        self._running: set[subprocess.Popen[bytes]] = set()
        atexit.register(self.end)

    def location(self, workspace: str) -> str:
        return f"{ANSWER} in {self._module} (workspace {workspace})"

    def workspaces(self) -> tuple[str, ...]:
        """Asked once, whatever comes of it. Raises `StateFault`."""
        with self._lock:
            if self._listed is None:
                self._listed = self._list()
            listed = self._listed
        if isinstance(listed, StateFault):
            raise listed
        return listed

    def _list(self) -> tuple[str, ...] | StateFault:
        try:
            lines = self._run("workspace", "list").decode("utf-8", "replace").splitlines()
        except StateFault as fault:
            return fault
        names = {line.lstrip("* \t").strip() for line in lines if line[:2] in ("* ", "  ")}
        return tuple(sorted(names - {""}))

    def read(self, workspace: str) -> bytes | None:
        """What `output -json` prints; absent for a workspace that is not listed. Raises `StateFault`."""
        if workspace not in self.workspaces():
            return None
        return self._run("output", "-json", "-no-color", workspace=workspace)

    def end(self) -> None:
        """Kill what still runs."""
        for process in tuple(self._running):
            _kill(process)

    def _run(self, *args: str, workspace: str | None = None) -> bytes:
        environment = {k: v for k, v in os.environ.items() if not DROPPED.fullmatch(k)} | SETTINGS
        if workspace is not None:
            environment["TF_WORKSPACE"] = workspace
        command = " ".join(args[: 2 if args[0] == "workspace" else 1])
        try:
            process = subprocess.Popen(
                [self._path, *args], cwd=self._folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            reason = (error.strerror or "it cannot be run").lower()
        else:
            return self._answer(process, command)
        raise StateFault(PROGRAM_NOT_RUN, program=self._name, reason=reason, help="give another one: `--terraform=BIN`")

    @property
    def _name(self) -> str:
        return os.path.basename(self._path)

    def _answer(self, process: subprocess.Popen[bytes], command: str) -> bytes:
        self._running.add(process)
        late = False
        try:
            out, err = process.communicate(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            late, out, err = True, b"", b""
        finally:
            _kill(process)  # whatever it has started, too; and it need not heed SIGTERM
            self._running.discard(process)
        if late:
            _close(process)
            raise StateFault(
                PROGRAM_TOO_SLOW, program=self._name, command=command, seconds=f"{self._seconds:g}",
                notes=(f"called in {self._module}",), help="call it by hand there, and see what it waits for",
            )  # fmt: skip
        if process.returncode:
            raise self._failed(command, process.returncode, err.decode("utf-8", "replace"))
        return out

    def _failed(self, command: str, status: int, said: str) -> StateFault:
        notes = (f"called in {self._module}", *_quoted(said))
        if INITIALISE.search(COLOUR.sub("", said)):
            help = f"run `{self._name} init` in {self._module}"
            return StateFault(MODULE_NOT_INITIALISED, module=self._module, program=self._name, notes=notes, help=help)
        how = f"was ended by signal {-status}" if status < 0 else f"failed with exit code {status}"
        help = "call it by hand there"
        return StateFault(PROGRAM_FAILED, program=self._name, command=command, how=how, notes=notes, help=help)


def _quoted(said: str) -> tuple[str, ...]:
    """The error without its frame, colours, warnings and secrets; absent if nothing was said."""
    lines = [line.strip(FRAME) for line in COLOUR.sub("", said).splitlines()]
    starts = [at for at, line in enumerate(lines) if line.startswith("Error")]
    text = redacted("\n".join(lines[starts[0] if starts else 0 :]))
    return (f"it says: {text}",) if text else ()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole process group; nothing happens if it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _close(process: subprocess.Popen[bytes]) -> None:
    """Reap it and let go of its pipes, which something outside of its group may still hold."""
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()
