"""Find the project and its job files. `discover` promises names inside the root and ids that are unique."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.discover import (
    FILE_UNREADABLE,
    ID_RESERVED,
    ID_TWICE,
    JOBS_MISSING,
    PATH_MISSING,
    PATH_OUTSIDE,
)
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import closest
from dativo_compile.discovery.files import FileFault, Files
from dativo_compile.discovery.root import PROJECT_FILE, find_root, relative_name
from dativo_compile.discovery.walk import Refused, walk
from dativo_compile.linking.default_catalog import default_catalog
from dativo_compile.linking.paths import names_in
from dativo_compile.model.place import Place
from dativo_compile.model.project import NAMESPACE, SECRET_NAME, SHARED, Project, Request, Sharing
from dativo_compile.model.source import Document
from dativo_compile.passes.parse import parse_document
from dativo_compile.rules.provider.conventions import conventions_of
from dativo_compile.tags.demands import tag_demands

PORTABLE = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\]+")


@dataclass(frozen=True, slots=True)
class JobFile:
    """`id` is the path below the jobs folder without its extension; `name` is project-relative."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """`jobs` are in the order of their files' names; `scopes` are the given paths, project-relative."""

    project: Project
    files: Files
    jobs: tuple[JobFile, ...]
    scopes: tuple[str, ...]


def discover(
    request: Request, found: list[Diagnostic], was_there: Callable[[str], bool] = lambda _: False
) -> Discovery | None:
    """Absent if `dativo.yaml` cannot be used: every later finding would be a guess.

    `was_there` says whether the last build knew jobs below a path: if their files are gone, so are their manifests.
    """
    working = Path.cwd()
    root = root_of(request, working)
    files = Files(root)
    project = read_project(root, files, found)
    if project is None:
        return None
    paths = request.paths or (root / project.jobs_folder,)
    names: dict[str, None] = {}
    scopes = []
    for path in paths:
        name = relative_name(path, root, working)
        if name is None:
            found.append(
                diagnose(PATH_OUTSIDE, None, path=path, root=root.name, help="say which project with `--project`")
            )
            continue
        if _holds(name, project.jobs_folder) and os.path.isdir(root / project.jobs_folder):
            name = project.jobs_folder  # a folder above the jobs means the jobs, not every file in it
        scopes.append(name)
        said: list[Diagnostic] = []
        names.update(dict.fromkeys(_job_files(root, name, str(path) if request.paths else name, said)))
        nothing = [d for d in said if d.code in (PATH_MISSING, JOBS_MISSING)]
        # All jobs gone at once is a wrong folder rather than a decision.
        found += [] if nothing == said and name != project.jobs_folder and was_there(name) else said
    jobs = identified(sorted(names), project.jobs_folder, found)
    return Discovery(project, files, jobs, tuple(scopes))


def _holds(name: str, folder: str) -> bool:
    """Whether a folder lies above another; names are project-relative."""
    return folder != "." and (name == "." or folder.startswith(name + "/"))


def root_of(request: Request, working: Path) -> Path:
    if request.project is not None:
        return Path(os.path.normpath(working / request.project))
    return find_root(request.paths[0] if request.paths else Path(), working)


def _job_files(root: Path, name: str, given: str, found: list[Diagnostic]) -> list[str]:
    full = root / name
    if not os.path.lexists(full):
        help = near_path(full, given) or "give job files or folders of them"
        found.append(diagnose(PATH_MISSING, None, path=given, help=help))
        return []
    if not os.path.isdir(full):
        if not Path(os.path.realpath(full)).is_relative_to(os.path.realpath(root)):
            found.append(
                _unreadable(name, "is a symbolic link that leaves the project", "copy the file into the project")
            )
            return []
        return [name]
    out = []
    for item in walk(str(root).rstrip("/") + "/", name):
        if isinstance(item, Refused):
            found.append(_unreadable(item.name, item.reason, "remove the link, or move what it points to"))
        else:
            out.append(item)
    if not out:
        found.append(diagnose(JOBS_MISSING, None, path=given, help="give the folder that holds the job files"))
    return out


def near_path(missing: Path, given: str) -> str:
    """The same path with its last part as a neighbour is called."""
    parent = missing.parent
    near = closest(missing.name, names_in(parent))
    return f"did you mean `{Path(given).parent / near[0]}`?" if near else ""


def _unreadable(name: str, reason: str, help: str) -> Diagnostic:
    return diagnose(FILE_UNREADABLE, Place.whole(name), path=name, reason=reason, help=help)


def identified(names: list[str], folder: str, found: list[Diagnostic]) -> tuple[JobFile, ...]:
    """The jobs with their ids, of files in order; of two with one id the first."""
    jobs: list[JobFile] = []
    seen: dict[str, JobFile] = {}
    prefix = "" if folder == "." else folder.rstrip("/") + "/"
    for name in names:
        job_id = name.removeprefix(prefix)
        job_id = job_id[: job_id.rfind(".")] if "." in job_id.rsplit("/", 1)[-1][1:] else job_id
        reason = _reserved(job_id)
        if reason:
            found.append(diagnose(ID_RESERVED, Place.whole(name), id=job_id, reason=reason, help="rename the file"))
            continue
        other = seen.setdefault(job_id.casefold(), job := JobFile(job_id, name))
        if other is not job:
            related = (Related(Place.whole(other.name), "the other job"),)
            found.append(
                diagnose(
                    ID_TWICE, Place.whole(name), id=job_id, other=other.name, related=related,
                    help="rename one of the two files",
                )
            )  # fmt: skip
            continue
        jobs.append(job)
    return tuple(jobs)


def _reserved(job_id: str) -> str | None:
    if job_id.casefold() == "index":
        return "`index.json` is the index of the build"
    if any(part.startswith(".") for part in job_id.split("/")):
        return "a leading dot would hide its manifest"
    if not PORTABLE.fullmatch(job_id):
        return "not every file system can hold such a name"
    try:
        job_id.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    return None


def project_at(root: Path, found: list[Diagnostic]) -> Project | None:
    """The project that lies in a folder; absent if its `dativo.yaml` cannot be used."""
    return read_project(root, Files(root), found)


def read_project(root: Path, files: Files, found: list[Diagnostic]) -> Project | None:
    """What `dativo.yaml` says; absent if it cannot be used."""
    if not os.path.lexists(root / PROJECT_FILE):
        return Project(root)
    try:
        source = files.read(PROJECT_FILE)
    except FileFault as fault:
        found.append(_unreadable(fault.name, fault.reason, fault.help))
        return None
    if not source.data.strip():
        return Project(root)
    document = parse_document("project", source, "project", found)
    return _project_of(root, document, found) if document is not None else None


def _project_of(root: Path, document: Document, found: list[Diagnostic]) -> Project:
    value = document.value
    catalog, catalog_origins = default_catalog(document, found)
    tables = value.get("tables") or {}
    namespace = tables.get("namespace") or NAMESPACE
    return Project(
        root,
        document,
        jobs_folder=(value.get("jobs") or "jobs").removeprefix("./").rstrip("/") or ".",
        path_map=value.get("path_map") or {},
        states=(value.get("terraform") or {}).get("states") or {},
        severities=value.get("severity") or {},
        secret_name=(value.get("secrets") or {}).get("name_template") or SECRET_NAME,
        namespace=namespace,
        default_catalog=catalog,
        default_catalog_origins=catalog_origins,
        shared_tables={entry["table"]: entry["reason"] for entry in tables.get("shared") or ()},
        sharing=_sharing(value),
        naming=conventions_of(document, namespace, found),
        screen_waivers={
            entry["path"]: entry["reason"] for entry in (value.get("screen") or {}).get("allow") or ()
        },
        tags=tag_demands(document, found),
    )  # fmt: skip


def _sharing(value: dict[str, Any]) -> tuple[Sharing, ...]:
    return tuple(
        Sharing(kind, entry[kind], entry["reason"], tuple(entry.get("tenants") or ()), number)
        for number, entry in enumerate(value.get("sharing") or ())
        for kind in SHARED
        if kind in entry
    )
