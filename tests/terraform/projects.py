"""A small project on disk, and what `read_state` says of its one job."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.linking.states import StateReader
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.output import State
from dativo_compile.model.project import Project, Request
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.passes.read_state import read_state
from dativo_compile.yaml.reader import Marks, read

MODULE = "terraform/lake"
OURS = {"tenant_id": "acme", "environment": "prod", "bucket": "acme-lake"}


def outputs(**values: Any) -> dict[str, Any]:
    return {name: {"value": value, "type": "string", "sensitive": False} for name, value in values.items()}


def state(**values: Any) -> str:
    return json.dumps({"version": 4, "serial": 3, "lineage": "l", "outputs": outputs(**values), "resources": []})


@dataclass
class World:
    """A project root with files in it; `found` collects what is reported."""

    root: Path
    found: list[Diagnostic] = field(default_factory=list)

    def write(self, name: str, text: str = "") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def apply(self, workspace: str = "acme-prod", module: str = MODULE, **values: Any) -> None:
        """A state where the CLI would leave it."""
        folder = "" if workspace == "default" else f"terraform.tfstate.d/{workspace}/"
        self.write(f"{module}/{folder}terraform.tfstate", state(**(values or OURS)))

    def reader(self, *given: str, stdin: bytes = b"", entries: dict[str, str] | None = None) -> StateReader:
        project = Project(self.root, states=entries or {})
        if entries:
            text = json.dumps({"terraform": {"states": entries}}, indent=2)
            project = Project(self.root, document("dativo.yaml", "project", text), states=entries)
        return StateReader(project, Request((), states=given, stdin=stdin))

    def read(
        self, terraform: str, states: StateReader | None = None, *, name: str = "a", extra: str = ""
    ) -> State | None:
        return read_state(self.job(terraform, name, extra), states or self.reader(), self.found).state

    def job(self, terraform: str, name: str = "a", extra: str = "") -> LinkedJob:
        """`terraform` and `extra` are flow mappings' insides: of the terraform block, of the provider."""
        text = (
            "tenant_id: acme\nenvironment: prod\ninfrastructure:\n"
            f"  provider: {{provider: aws{extra}}}\n  terraform: {{{terraform}}}\n"
        )
        job = document(f"jobs/{name}.yaml", "job", text)
        block = job.value["infrastructure"]["terraform"]
        module = str(block["module_path"]).removeprefix("./") if "module_path" in block else None
        return LinkedJob(name, job, "acme", "prod", name, None, None, None, {}, {}, module)

    @property
    def said(self) -> list[str]:
        """Each report in short: `code-name file:line`."""
        return [f"{d.code.name} {d.place.file}:{d.place.line}" if d.place else d.code.name for d in self.found]


def document(name: str, role: Any, text: str) -> Document:
    file = SourceFile(name, text.encode())
    value, marks = read(file.data, Marks(role))
    return Document(file, role, value, marks)
