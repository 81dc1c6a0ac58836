"""Connectors and assets, each file read and prepared once however many jobs use it."""

from __future__ import annotations

from collections.abc import Callable

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.linking.asset import normalise
from dativo_compile.linking.connector import defaults, typed
from dativo_compile.linking.paths import PathFault, ResolvedPath, resolve
from dativo_compile.linking.templates import mentions_scope
from dativo_compile.model.asset import Asset
from dativo_compile.model.job import Connector
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document, Kind, Role

KEPT_ASSETS = 4096  # bounds memory: jobs are compiled in the order of their ids, and neighbours share assets
KEPT_CONNECTORS = 512

Load = Callable[[Kind, str, Role, list[Diagnostic]], Document | None]


class Library:
    """`load` reads and validates a project file: (kind, name, role, found) -> document.

    A file that cannot be used is reported once; afterwards it is merely absent.
    """

    def __init__(self, project: Project, load: Load) -> None:
        self.project = project
        self._load = load
        self._paths: dict[tuple[str, str, bool], ResolvedPath | PathFault] = {}
        self._documents: dict[tuple[str, Role], Document | None] = {}
        self._connectors: dict[tuple[str, Role, str, str | None], Connector] = {}
        self._assets: dict[str, Asset | None] = {}

    def path(self, job_file: str, text: str, *, folder: bool = False) -> ResolvedPath | PathFault:
        """Where a path in a job file leads; looked up once, or where the root does not have it, once a folder."""
        key = "", text, folder
        found = self._paths.get(key)
        if found is None:
            found = self._keep(key, resolve(self.project, None, text, folder=folder))
        if isinstance(found, ResolvedPath):
            return found
        key = job_file.rpartition("/")[0], text, folder
        return self._paths.get(key) or self._keep(key, resolve(self.project, job_file, text, folder=folder))

    def _keep(self, key: tuple[str, str, bool], found: ResolvedPath | PathFault) -> ResolvedPath | PathFault:
        if len(self._paths) >= KEPT_ASSETS:
            self._paths.clear()
        self._paths[key] = found
        return found

    def document(self, name: str, role: Role, found: list[Diagnostic]) -> Document | None:
        """The connector's document with its placeholders typed."""
        key = name, role
        if key not in self._documents:
            faults: list[Diagnostic] = []
            document = self._load("connector", name, role, faults)
            if document is not None:
                document = typed(document, role, faults)
                if any(f.severity == "error" for f in faults):
                    document = None
            found += faults
            self._documents[key] = document
        return self._documents[key]

    def connector(self, document: Document, tenant: str, environment: str | None) -> Connector:
        """Raises `EnvironmentNeeded`."""
        role = document.role
        scope = (tenant, environment) if mentions_scope(document.file.data) else ("", None)
        key = (document.file.name, role, *scope)
        made = self._connectors.get(key)
        if made is None:
            made = defaults(document, role, tenant, environment)
            if len(self._connectors) >= KEPT_CONNECTORS:
                self._connectors.pop(next(iter(self._connectors)))
            self._connectors[key] = made
        return made

    def asset(self, name: str, found: list[Diagnostic]) -> Asset | None:
        if name not in self._assets:
            faults: list[Diagnostic] = []
            document = self._load("asset", name, "asset", faults)
            asset = normalise(document, faults) if document is not None else None
            if any(self._forbids(fault) for fault in faults):
                asset = None
            found += faults
            if len(self._assets) >= KEPT_ASSETS:
                # a broken asset is remembered, so that it is not reported again
                self._assets.pop(next((k for k, v in self._assets.items() if v), name), None)
            self._assets[name] = asset
        return self._assets[name]

    def _forbids(self, fault: Diagnostic) -> bool:
        """Whether it is an error by the project's own severities."""
        demoted = self.project.severities.get(fault.code.id, "error") != "error" and not fault.code.guarded
        return fault.severity == "error" and not demoted
