"""The `git` program: asked with its own configuration, in English, never through a shell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dativo_compile.model.usage import UsageError

# A hook of git sets these for the repository that it runs in; we say which one we mean.
FOREIGN = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
INSTALL = "install git, or compare build folders: `dativo diff FOLDER FOLDER`"


class GitFault(Exception):
    """What git said when it refused: its last line, without the `fatal: ` before it."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def command(folder: Path, *args: str, index: str | None = None) -> tuple[list[str], dict[str, str]]:
    """The words and the environment of a call of git in a folder; `index` is another one than the repository's."""
    environment = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    environment |= {"GIT_INDEX_FILE": index} if index else {}
    return ["git", "-C", str(folder), *args], environment | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}


def git(folder: Path, *args: str, index: str | None = None) -> bytes:
    """What git answers on standard output. Raises `GitFault`, and `UsageError` without git."""
    words, environment = command(folder, *args, index=index)
    try:
        ran = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise not_there(error) from None
    if ran.returncode:
        raise GitFault(last_line(ran.stderr))
    return ran.stdout


def not_there(error: OSError) -> UsageError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UsageError("there is no program `git`", INSTALL)
    return UsageError(f"`git` cannot be started: {(error.strerror or 'the system refuses').lower()}", INSTALL)


def last_line(said: bytes) -> str:
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return (fatal or lines or ["it gave no reason"])[0].removeprefix("fatal: ").removeprefix("error: ")
