"""The states of fixtures/ are what a real terraform makes of the HCL beside them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.fixtures import FIXTURES, MODULES, Module, make

VERSION = re.compile(r'"terraform_version": ?"[^"]*"')


def texts(root: Path, project: str) -> dict[str, str]:
    """State files by name. The version is of the terraform at hand; everything else must agree."""
    files = (p for p in (root / project).rglob("*") if p.suffix in (".tfstate", ".json"))
    ours = {"build", "dativo.lock.json"}  # what the compiler wrote
    found = sorted(p for p in files if not ours & set(p.relative_to(root).parts))
    return {p.relative_to(root).as_posix(): VERSION.sub("VERSION", p.read_text("utf-8")) for p in found}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.project)
def test_terraform_makes_the_same_states_again(module: Module, tmp_path: Path) -> None:
    make(module, tmp_path)
    assert texts(tmp_path, module.project) == texts(FIXTURES, module.project)
