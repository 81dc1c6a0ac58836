"""What a start of the command line may load: every import is paid by every call, `--help` in a hook included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SDKS = {
    "pyiceberg", "boto3", "botocore", "google", "azure", "psycopg", "urllib3", "hcl2", "lark", "jsonschema",
    "jsonpath_ng", "watchfiles", "anyio",
}  # fmt: skip
READERS = {"msgspec", "yaml", "orjson", "jsonschema_rs"}
LIST = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
CALL = """
import atexit, sys
atexit.register(lambda: print("LOADED", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr))
from dativo_compile.cli.compile import main
sys.argv = ["dativo-compile", *sys.argv[1:]]
sys.exit(main())
"""


def loaded(program: str, *args: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.strip().splitlines()[-1].split())


def test_importing_the_command_line_loads_no_sdk() -> None:
    extra = loaded("import dativo_compile.cli; " + LIST) & (SDKS | READERS)
    assert not extra, f"import inside the function that needs it: {sorted(extra)}"


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_options_that_only_print_load_nothing_heavy(option: str) -> None:
    extra = loaded(CALL, option) & (SDKS | READERS)
    assert not extra, f"{option} needs none of these; import inside the function that does: {sorted(extra)}"


def test_a_compile_loads_no_backend_that_it_does_not_ask(tmp_path: Path) -> None:
    """Nine backends are 45 ms of imports; a project whose states are files needs none of them."""
    project = ROOT / "fixtures" / "quickstart"
    program = CALL.replace('name.partition(".")[0]', "name")
    modules = loaded(program, "--project", str(project), str(project / "jobs"), "-o", str(tmp_path), "--locked")
    below = "dativo_compile.terraform.backends."
    network = {"azurerm", "consul", "gcs", "http", "kubernetes", "pg", "remote", "s3"}
    extra = {name for name in modules if name.removeprefix(below) in network} | (modules & SDKS)
    assert not extra, f"import it where a job's backend is opened: {sorted(extra)}"


def test_help_starts_about_as_fast_as_the_libraries_that_print_it() -> None:
    """CPU time, the least of several interleaved runs: wall time says more about the neighbours."""
    ours, theirs = [], []
    for _ in range(7):
        ours.append(cpu_of("-c", CALL, "--help"))
        theirs.append(cpu_of("-c", "import typer, rich"))
    ratio = min(ours) / min(theirs)
    assert ratio <= 1.5, f"--help takes {ratio:.2f} times `import typer, rich`; the wall is 1.5. python -X importtime"


def cpu_of(*args: str) -> float:
    child = subprocess.Popen([sys.executable, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return usage.ru_utime + usage.ru_stime
