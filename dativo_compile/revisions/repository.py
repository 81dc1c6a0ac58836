"""A git repository: its revisions by name, the files of one, and their bytes."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.model.usage import UsageError
from dativo_compile.revisions.program import GitFault, command, git, not_there

SHORT = 7
PIECE = 1 << 20  # bytes
REGULAR = ("100644", "100755")
LINK = "120000"
WANTED = "give a branch, a tag, a commit, or a build folder"
SAFE = "if the repository is yours: `git config --global --add safe.directory {folder}`"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and the name by which it was asked for."""

    name: str
    commit: str

    def __str__(self) -> str:
        short = self.commit[:SHORT]
        return short if self.commit.startswith(self.name) else f"{self.name} ({short})"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a revision; a `regular` one is no link and no submodule. The bytes of a `link` are its target."""

    blob: str
    regular: bool
    link: bool = False


class Repository:
    """Opened for one command; `with` ends the process that reads objects. Methods raise `UsageError`."""

    def __init__(self, folder: Path) -> None:
        """`folder` lies in the working tree."""
        try:
            answer = git(folder, "rev-parse", "--show-toplevel", "--show-object-format", "--is-shallow-repository")
        except GitFault as fault:
            raise _refused(folder, fault) from None
        top, names, shallow, _ = answer.decode("utf-8", "surrogateescape").rsplit("\n", 3)
        self.top = Path(top)
        self.sha1 = names == "sha1"
        self._shallow = shallow == "true"
        self._reader: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None

    def find(self, name: str) -> Revision | None:
        """The commit that a name means: a branch, a tag, `HEAD~1`, a hash."""
        try:
            answer = git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
        except (GitFault, ValueError):  # an argument cannot hold a NUL
            return None
        return Revision(name, answer.decode().strip())

    def revision(self, name: str, wanted: str = WANTED) -> Revision:
        """`wanted` says what could have been given for a name that git does not know."""
        found = self.find(name)
        if found is None:
            help = did_you_mean(name, self._names()) or wanted
            if self._shallow:
                help = "the clone is shallow, so it may lie deeper: `git fetch --unshallow`, or `fetch-depth: 0` in CI"
            raise UsageError(f"git knows no revision `{name}`", help)
        return found

    def fork(self, one: Revision, other: Revision) -> Revision:
        """The last commit that two revisions share."""
        try:
            answer = git(self.top, "merge-base", one.commit, other.commit)
        except GitFault:
            help = "the clone is shallow: `git fetch --unshallow`" if self._shallow else "compare them with two names"
            raise UsageError(f"git finds no commit that `{one.name}` and `{other.name}` share", help) from None
        return Revision(f"{one.name}...", answer.decode().strip())

    def files(self, revision: Revision, below: str) -> dict[str, Entry]:
        """The files below a folder of the repository (empty text for all of it), by their names from there."""
        where = ["--", f":(literal){below}/"] if below else []
        answer = git(self.top, "ls-tree", "-r", "-z", "--full-tree", revision.commit, *where)
        found = {}
        for line in answer.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, _, name = line.partition("\t")
            mode, _, blob = about.split(" ")
            found[name[len(below) + 1 :] if below else name] = Entry(blob, mode in REGULAR, mode == LINK)
        return found

    def ignored(self, below: str) -> frozenset[str]:
        """What git ignores below a folder of the repository, by names from there; of a whole folder `NAME/` alone."""
        where = ["--", f":(literal){below}/"] if below else []
        wanted = ("--others", "--ignored", "--exclude-standard", "--directory", "--no-empty-directory")
        answer = git(self.top, "ls-files", "-z", "--full-name", *wanted, *where).decode("utf-8", "surrogateescape")
        return frozenset(name[len(below) + 1 :] if below else name for name in answer.split("\0")[:-1])

    def read(self, blob: str, most: int | None = None) -> bytes | None:
        """Of an object that a revision has; absent if it is larger than `most`."""
        reader = self._reader or self._start()
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write(blob.encode() + b"\n")
        reader.stdin.flush()
        about = reader.stdout.readline().split()
        if len(about) != 3:
            raise UsageError(f"git cannot read the object {blob}", "check the repository: `git fsck`")
        left = int(about[2]) + 1  # and a line's end
        if most is None or left <= most + 1:
            return reader.stdout.read(left)[:-1]
        while left > 0 and (piece := reader.stdout.read(min(left, PIECE))):
            left -= len(piece)
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        words, environment = command(self.top, "cat-file", "--batch")
        try:
            self._reader = subprocess.Popen(
                words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except OSError as error:
            raise not_there(error) from None
        return self._reader

    def _names(self) -> list[str]:
        listed = git(self.top, "for-each-ref", "--format=%(refname:short)")
        return listed.decode("utf-8", "replace").splitlines()


def _refused(folder: Path, fault: GitFault) -> UsageError:
    if "not a git repository" in fault.said:
        return UsageError("this is no git repository", "give two build folders, or run this in a clone")
    help = SAFE.format(folder=folder) if "ownership" in fault.said else ""
    return UsageError(f"git cannot read the repository: {fault.said}", help)
