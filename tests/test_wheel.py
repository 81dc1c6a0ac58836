"""What users install: a wheel, in an empty environment, far from the repository, on every Python that is here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "fixtures" / "quickstart"
VERSIONS = ("3.11", "3.12", "3.13")


def pythons() -> dict[str, str]:
    """Version -> a working interpreter: the running one, those on the PATH, and those that pyenv keeps behind shims."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {running: sys.executable}
    for folder in map(Path, os.environ["PATH"].split(os.pathsep)):
        for version in VERSIONS:
            kept = sorted(folder.parent.glob(f"versions/{version}.*/bin/python")) if folder.name == "shims" else []
            for candidate in (*kept, folder / f"python{version}"):
                if version not in found and works(candidate):
                    found[version] = str(candidate)
    return dict(sorted(found.items()))


def works(python: Path) -> bool:
    probe = [str(python), "-c", "import ensurepip, venv"]
    return python.exists() and subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, and the wheel that is built from it: what a release uploads."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    return folder


def run(command: list[str], folder: Path, **environment: str) -> str:
    settings = environment or {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ran = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def wheel_of(archives: Path) -> Path:
    (wheel,) = archives.glob("*.whl")
    return wheel


def test_both_archives_hold_what_the_compiler_reads(archives: Path) -> None:
    package = ROOT / "dativo_compile"
    wanted = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in [*(ROOT / "dativo_compile").rglob("*"), *(package / "schemas").iterdir()]
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "dativo_compile/schemas/job.schema.json" in wanted
    assert "dativo_compile/py.typed" in wanted
    with zipfile.ZipFile(wheel_of(archives)) as wheel:
        inside = {name: wheel.read(name) for name in wheel.namelist() if not name.split("/")[0].endswith(".dist-info")}
    assert inside == wanted
    (source,) = archives.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        members = {member.name.partition("/")[2]: member for member in archive.getmembers()}
    assert wanted.keys() - members.keys() == set()
    assert all(members[name].isreg() for name in wanted), "a link would point to nothing after unpacking"


@pytest.mark.parametrize("version", pythons())
def test_the_installed_wheel_compiles_a_project(version: str, archives: Path, tmp_path: Path) -> None:
    """The same bytes as from the repository: the schemas travel inside, and no version of Python reaches a manifest."""
    home = tmp_path / "empty"
    run([pythons()[version], "-m", "venv", str(home)], tmp_path)
    pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints" / "dev.txt")]
    run([*pip, str(wheel_of(archives))], tmp_path)
    here, there = tmp_path / "repository", tmp_path / "installed"
    for project in (here, there):
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("build"))
    bare = {"PATH": os.defpath, "HOME": str(tmp_path)}
    run([str(home / "bin" / "dativo-compile"), "jobs", "-o", "build"], there, **bare)
    ours = "import sys; from dativo_compile.cli.compile import main; sys.exit(main())"
    run([sys.executable, "-c", ours, "jobs", "-o", "build"], here, PYTHONPATH=str(ROOT), **bare)
    assert files(there / "build") == files(here / "build") != {}
    assert run([str(home / "bin" / "dativo"), "explain", "DC4001"], there, **bare).startswith("# DC4001")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
