"""`dativo init --from-state`: what a state holds becomes the `infrastructure` block of a job."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes import sources as codes
from dativo_compile.diagnostics.codes.discover import PATH_MISSING
from dativo_compile.diagnostics.codes.state import WRONG_STATE
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.discovery.root import relative_name
from dativo_compile.fmt import Formatted
from dativo_compile.formatting.text import UnsafeFormat
from dativo_compile.infrastructure.adding import RESOURCES, Difference, NotEditable
from dativo_compile.infrastructure.draft import Asked, Draft, clouds, draft
from dativo_compile.infrastructure.edited import edited
from dativo_compile.infrastructure.loading import Loaded, Unloadable, loaded
from dativo_compile.infrastructure.yaml_text import lines_of
from dativo_compile.linking.paths import ResolvedPath, inside, resolve
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project, Request
from dativo_compile.model.secrecy import shown
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import read_project, root_of
from dativo_compile.passes.parse import read_mapping
from dativo_compile.settle import settle
from dativo_compile.terraform.guard import REGION_OF, agrees
from dativo_compile.writing.sources import link_fault, replace_source
from dativo_compile.yaml.spans import place_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller says; `state` is a file, a URL, or `-` for `stdin`."""

    state: str
    tenant: str | None = None
    environment: str | None = None
    provider: str | None = None
    job: Path | None = None
    project: Path | None = None
    stdin: bytes = b""


@dataclass(frozen=True, slots=True)
class Started:
    """`block` is the text of the whole block; with a job, `file` is it before and after, and `added` what is new."""

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    block: str = ""
    file: Formatted | None = None
    added: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return not any(d.severity == "error" for d in self.diagnostics)

    def source(self, name: str) -> bytes | None:
        if self.file is not None and self.file.name == name:
            return self.file.after
        try:
            return Files(self.root).read(name).data
        except FileFault:
            return None


def start(wanted: Wanted) -> Started:
    """Writes to the job, if one is given, what it does not say yet. Raises `UsageError`."""
    found: list[Diagnostic] = []
    root = root_of(Request(() if wanted.job is None else (wanted.job,), wanted.project), Path.cwd())
    project = read_project(root, Files(root), found)
    if project is None:
        return Started(root, settle(found, None))
    run = _Run(wanted, project, found)
    result = run.start()
    return Started(root, settle(found, project), *result) if result else Started(root, settle(found, project))


class _Run:
    def __init__(self, wanted: Wanted, project: Project, found: list[Diagnostic]) -> None:
        self.wanted = wanted
        self.project = project
        self.found = found

    def start(self) -> tuple[str, Formatted | None, tuple[str, ...]] | None:
        """The block, the job with it, and what was added; absent after an error."""
        document = self.job() if self.wanted.job is not None else None
        if document is None and self.wanted.job is not None:
            return None
        try:
            state = loaded(self.project, self.wanted.state, self.wanted.stdin)
        except Unloadable as error:
            self.found.append(error.fault.at(Place.whole(error.location)))
            return None
        asked = self.asked(state, document)
        if not self.is_theirs(state, asked, document):
            return None
        provider = self.provider(state, asked)
        if not provider:
            return None
        drafted = draft(state.state, state.found, provider, asked)
        self.remark(state, drafted, asked)
        block = "".join(f"{line}\n" for line in lines_of({"infrastructure": drafted.block}))
        if document is None:
            return block, None, ()
        changed = self.write(document, drafted)
        return (block, *changed) if changed is not None else None

    def job(self) -> Document | None:
        assert self.wanted.job is not None
        name = relative_name(self.wanted.job, self.project.root, Path.cwd())
        if name is None or not os.path.isfile(self.project.root / name):
            help = "give a job file; without `--job` the block is printed"
            self.found.append(diagnose(PATH_MISSING, None, path=self.wanted.job, help=help))
            return None
        fault = link_fault(str(self.project.root), name)
        if fault is not None or not inside(self.project.root, self.project.root / name):
            self.found += [fault] if fault is not None else []
            return None
        try:
            return read_mapping(Files(self.project.root).read(name), "job", self.found)
        except FileFault as error:
            raise UsageError(f"`{name}` {error.reason}", error.help) from None

    def asked(self, state: Loaded, document: Document | None) -> Asked:
        """What the caller says, else the job, else what the state's outputs and place tell."""
        value = document.value if document is not None else {}
        for option, given, key in (
            ("--tenant", self.wanted.tenant, "tenant_id"), ("--environment", self.wanted.environment, "environment"),
        ):  # fmt: skip
            said = _text(value.get(key))
            if given and said and given != said:
                raise UsageError(f"`{option}` is `{given}`, and the job's is `{said}`", "leave the option out")
        tenant = self.wanted.tenant or _text(value.get("tenant_id"))
        if not tenant:
            raise UsageError("`--from-state` needs to know the tenant", "add `--tenant NAME`, or `--job FILE`")
        workspace = state.origin.workspace
        told = state.state.outputs.get("environment")
        environment = self.wanted.environment or _text(value.get("environment"))
        environment = environment or (_text(told.value) if told is not None else "")
        if not environment and workspace.startswith(f"{tenant}-"):
            environment = workspace.removeprefix(f"{tenant}-")
        if not state.origin.known:
            workspace = f"{tenant}-{environment}" if environment else tenant
        provider = self.wanted.provider or _text(_at(value, "infrastructure", "provider", "provider"))
        return Asked(tenant, environment, provider, state.origin.module, workspace, self.catalog(document))

    def catalog(self, document: Document | None) -> str:
        """The type of catalog that the job names, or its connector, or the project; a database of another is no use."""
        value = document.value if document is not None else {}
        said = [_at(value, "target", "catalog")]
        path = value.get("target_connector_path")
        resolved = resolve(self.project, document.file.name, path) if document and type(path) is str else None
        if isinstance(resolved, ResolvedPath):
            with suppress(FileFault):
                connector = read_mapping(Files(self.project.root).read(resolved.name), "target", [])
                said.append(connector.value.get("catalog") if connector is not None else None)
        said.append(self.project.default_catalog)
        types = (_text(catalog.get("type")) if type(catalog) is dict else _text(catalog) for catalog in said)
        return next((kind for kind in types if kind), "")

    def is_theirs(self, state: Loaded, asked: Asked, document: Document | None) -> bool:
        """Whether the state is of this tenant, environment, region and account, as far as it says."""
        about = _at(document.value if document else {}, "infrastructure", "provider")
        about = about if type(about) is dict else {}
        regions = REGION_OF.get(_text(about.get("provider")), ("region",))
        at = ("infrastructure", "provider")
        compared = [
            ("tenant", "tenant_id", asked.tenant, ("tenant_id",)),
            ("environment", "environment", asked.environment, ("environment",)),
            ("account", "account_id", _text(about.get("account_id")), (*at, "account_id")),
            ("project", "project_id", _text(about.get("project_id")), (*at, "project_id")),
            *(("region", name, _text(about.get("region")), (*at, "region")) for name in regions),
        ]
        for what, name, said, path in compared:
            output = state.state.outputs.get(name)
            if output is None or output.sensitive or output.value is None or not said or agrees(said, output.value):
                continue
            related = (Related(place_of(document, path), f"the job says {shown(said)}"),) if document else ()
            asked_for = () if document else (f"the {what} of the job is {shown(said)}",)
            notes = (f"read from {state.state.location}", *asked_for)
            help = "give another state, or correct whichever side is wrong"
            self.found.append(
                diagnose(
                    WRONG_STATE, None, what=what, output=name, found=shown(output.value), notes=notes, help=help,
                    related=related,
                )
            )  # fmt: skip
            return False
        return True

    def provider(self, state: Loaded, asked: Asked) -> str:
        """The cloud that is meant; empty, and reported, if the state has nothing of it or there is a choice."""
        known = clouds(state.state, state.found)
        note = f"read from {state.state.location}"
        if not known or (asked.provider and asked.provider not in known):
            notes = (note, *((f"it is about {' and '.join(known)}, and not about {asked.provider}",) if known else ()))
            help = "give the state of the module that makes the bucket"
            self.found.append(diagnose(codes.STATE_HOLDS_NOTHING, None, notes=notes, help=help))
            return ""
        if len(known) > 1 and not asked.provider:
            help = f"say which one is meant: `--provider {known[0]}`"
            self.found.append(
                diagnose(codes.STATE_OF_SEVERAL_CLOUDS, None, clouds=", ".join(known), notes=(note,), help=help)
            )
            return ""
        return asked.provider or known[0]

    def remark(self, state: Loaded, drafted: Draft, asked: Asked) -> None:
        left = len(drafted.sensitive) + len(drafted.unmapped)
        if left:
            rows = (("sensitive", drafted.sensitive), ("of other names", drafted.unmapped))
            notes = tuple(f"{why}: {', '.join(f'`{name}`' for name in names)}" for why, names in rows if names)
            help = "add those that the job needs to `infrastructure.terraform.outputs`"
            outputs, are = ("1 output", "is") if left == 1 else (f"{left} outputs", "are")
            self.found.append(
                diagnose(codes.OUTPUTS_NOT_MAPPED, None, outputs=outputs, are=are, notes=notes, help=help)
            )
        if not state.origin.known and "terraform" in drafted.block:
            help = f"add it to `dativo.yaml`: `terraform: {{states: {{{asked.workspace}: {state.place}}}}}`"
            if not state.place:
                help = f"copy it into the project, or pass it to each compile: `--state {asked.workspace}=FILE`"
            self.found.append(diagnose(codes.STATE_NOT_FOUND, None, help=help))

    def write(self, document: Document, drafted: Draft) -> tuple[Formatted, tuple[str, ...]] | None:
        name = document.file.name
        try:
            data, result = edited(document, drafted.block)
        except NotEditable as error:
            path = ".".join(error.place) or "the top of the file"
            place = place_of(document, error.place, key=True) if error.place else Place.whole(name)
            help = "write it as a block, a line for each key; or leave `--job` out, and copy what is missing"
            self.found.append(diagnose(codes.JOB_NOT_EDITABLE, place, path=path, help=help))
            return None
        except UnsafeFormat as error:
            help = "this is a fault of ours: please report it; the file was left as it is"
            self.found.append(diagnose(codes.FORMAT_UNSAFE, Place.whole(name), help=help, reason=error.reason))
            return None
        new = read_mapping(SourceFile(name, data), "job", []) or document
        self.found += [_differs(new, difference) for difference in result.differences]
        file = Formatted(name, document.file.data, data)
        fault = replace_source(str(self.project.root), name, file.before, data) if file.changed else None
        if fault is not None:
            self.found.append(fault)
            return None
        return file, tuple(".".join(place) for place in result.places)


def _differs(document: Document, difference: Difference) -> Diagnostic:
    path = ".".join(difference.place)
    place = place_of(document, difference.place)
    if difference.place == RESOURCES and type(difference.said) is list:
        notes = tuple(f"{entry['resource_type']} `{entry['resource_id']}`" for entry in difference.found)
        count = "a resource" if len(notes) == 1 else f"{len(notes)} resources"
        return diagnose(
            codes.RESOURCES_UNLISTED, place, path=path, count=count, notes=notes, help="add what the job uses"
        )
    said, found = shown(difference.said), shown(difference.found)
    help = "what a job says is never replaced: correct it if the state is right"
    return diagnose(codes.STATE_SAYS_OTHERWISE, place, path=path, said=said, found=found, help=help)


def _text(value: Any) -> str:
    return value if type(value) is str else ""


def _at(value: Any, *path: str) -> Any:
    for step in path:
        value = value.get(step) if type(value) is dict else None
    return value
