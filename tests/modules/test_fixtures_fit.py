"""The fixtures stand in for the reference modules: what they declare under the same name is the same thing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dativo_compile.model.project import Request
from dativo_compile.pipeline import compile_project
from tests.modules.reference import MODULES, ROOT, declared, files
from tests.modules.test_declared import PROMISED

FIXTURES = ROOT / "fixtures"
STANDING_IN = sorted(path.parent for path in FIXTURES.glob("*/terraform/*/dativo-etl/outputs.tf"))


def label(folder: Path) -> str:
    return folder.relative_to(FIXTURES).parts[0]


@pytest.mark.parametrize("folder", STANDING_IN, ids=label)
def test_a_fixture_has_the_promised_outputs_and_the_same_inputs(folder: Path) -> None:
    cloud = folder.parent.name
    assert declared(folder, "output").keys() >= PROMISED[cloud]
    inputs, ours = declared(MODULES[cloud], "variable"), declared(folder, "variable")
    assert ours.keys() <= inputs.keys()
    for name, body in ours.items():
        assert body["type"] == inputs[name]["type"], name


@pytest.mark.parametrize("folder", STANDING_IN, ids=label)
def test_a_fixture_compiles_with_the_reference_module_in_its_place(folder: Path, tmp_path: Path) -> None:
    """Same states, same jobs, but the HCL is the reference module's, and what the fixture alone declares."""
    project = tmp_path / label(folder)
    shutil.copytree(FIXTURES / label(folder), project)
    module, reference = project / folder.relative_to(FIXTURES / label(folder)), MODULES[folder.parent.name]
    for path in files(module):
        path.unlink()
    for path in files(reference):
        shutil.copy(path, module)
    for kind, text in (("output", "value = null"), ("variable", "type = string")):
        own = declared(folder, kind).keys() - declared(reference, kind).keys()
        own_blocks = (f'{kind} "{name}" {{\n  {text}\n}}\n' for name in sorted(own))
        (module / f"own_{kind}s.tf").write_text("\n".join(own_blocks), "utf-8")
    done = compile_project(Request((project / "jobs",)))
    assert [f"{d.code.id} {d.message} {d.place}" for d in done.diagnostics] == []
    before = compile_project(Request((FIXTURES / label(folder) / "jobs",)))
    assert [m.data for m in done.manifests] == [m.data for m in before.manifests] != []
