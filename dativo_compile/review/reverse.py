"""`dativo why` in reverse: the jobs and fields that an output feeds, or that a file sets."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.diagnostics.near import did_you_mean
from dativo_compile.discovery.files import FileFault
from dativo_compile.discovery.root import PROJECT_FILE, relative_name
from dativo_compile.linking.reads import Reads, reads_of
from dativo_compile.linking.state_files import StateFiles
from dativo_compile.model.job import Manifest
from dativo_compile.model.project import Request
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.discover import Discovery, JobFile, discover
from dativo_compile.pipeline import compile_project
from dativo_compile.review.feeds import Fed, Origin, fed
from dativo_compile.settle import settle
from dativo_compile.terraform.given import key_of

Progress = Callable[[int, int], None]
LISTED = 12
FORM = "write `--state WORKSPACE` or `--state MODULE:WORKSPACE`"
KINDS = "give a job, a connector, an asset, a state in the project, or `dativo.yaml`"


@dataclass(frozen=True, slots=True)
class Reversed:
    """`asked` is the output or file that was meant; `reading` counts the jobs that map or read it."""

    asked: str
    feeds: tuple[Fed, ...]
    reading: int
    diagnostics: tuple[Diagnostic, ...]
    text_of: Callable[[str], bytes | None]

    @property
    def failed(self) -> bool:
        return any(d.severity == "error" for d in self.diagnostics)


def by_output(request: Request, name: str, states: Iterable[str] = (), progress: Progress | None = None) -> Reversed:
    """The fields that an output feeds, or a part of it (`network.subnet_ids`), in any way that a mapping has one.

    `states` are `[MODULE:]WORKSPACE`. The jobs that map it are compiled in memory. Raises `UsageError`.
    """
    return _answer(request, name, states, _mapping, lambda job, _: _part_of(name), progress)


def by_file(request: Request, text: str, states: Iterable[str] = (), progress: Progress | None = None) -> Reversed:
    """The fields that a file sets: of a state those that any of its outputs feeds. Raises `UsageError`."""
    return _answer(request, text, states, _reading, _set_by, progress)


Jobs = dict[JobFile, Reads]
Chosen = tuple[str, tuple[JobFile, ...]]  # what was meant, and the jobs that may have to do with it
Wanted = Callable[[Origin], bool]


def _answer(
    request: Request,
    asked: str,
    states: Iterable[str],
    choose: Callable[[Discovery, Jobs, str], Chosen],
    wanted: Callable[[str, dict[str, Any]], Wanted],
    progress: Progress | None,
) -> Reversed:
    found: list[Diagnostic] = []
    discovery = discover(request, found)
    if discovery is None or not discovery.jobs:
        return Reversed(asked, (), 0, settle(found, discovery.project if discovery else None), lambda _: None)
    jobs = _of_states({job: _reads(discovery, job) for job in discovery.jobs}, tuple(states))
    meant, chosen = choose(discovery, jobs, asked)
    root = discovery.project.root
    feeds: list[Fed] = []

    def keep(manifest: Manifest) -> None:
        provenance = orjson.loads(manifest.provenance)
        feeds.extend(fed(orjson.loads(manifest.data), provenance, wanted(meant, provenance)))

    narrowed = replace(request, paths=tuple(root / job.name for job in chosen), project=root)
    compilation = compile_project(narrowed, keep, progress)
    return Reversed(meant, tuple(feeds), len(chosen), compilation.diagnostics, compilation.source)


def _reads(discovery: Discovery, job: JobFile) -> Reads:
    try:
        return reads_of(discovery.project, discovery.files.read(job.name))
    except FileFault:
        return Reads()


def _of_states(jobs: Jobs, texts: tuple[str, ...]) -> Jobs:
    """The jobs that read one of the states; all without any."""
    if not texts:
        return jobs
    kept: Jobs = {}
    for text in texts:
        try:
            key = key_of(text)
        except ValueError:
            raise UsageError(f"`--state {text}` names no workspace", FORM) from None
        named = {
            job: reads
            for job, reads in jobs.items()
            if reads.state and reads.state.workspace == key.workspace and key.module in (None, reads.state.module)
        }
        if not named:
            known = [name for reads in jobs.values() if reads.state for name in _names_of(reads)]
            raise UsageError(f"no job reads a state of `{text}`", did_you_mean(text, known) or FORM)
        kept |= named
    return kept


def _names_of(reads: Reads) -> tuple[str, ...]:
    state = reads.state
    assert state is not None
    return (state.workspace, f"{state.module}:{state.workspace}") if state.module else (state.workspace,)


def _mapping(_: Discovery, jobs: Jobs, name: str) -> Chosen:
    output = re.split(r"[.\[]", name, maxsplit=1)[0]
    chosen = tuple(job for job, reads in jobs.items() if output in reads.outputs)
    if chosen:
        return name, chosen
    known = sorted({each for reads in jobs.values() for each in reads.outputs})
    listed = ", ".join(f"`{each}`" for each in known[:LISTED]) + (", ..." if len(known) > LISTED else "")
    help = did_you_mean(output, known) or (f"they map {listed}" if known else "no job maps any")
    raise UsageError(f"no job maps an output `{output}`", help)


def _part_of(name: str) -> Wanted:
    return lambda origin: origin.output == name or origin.output.startswith((f"{name}.", f"{name}["))


def _reading(discovery: Discovery, jobs: Jobs, text: str) -> Chosen:
    root = discovery.project.root
    name = relative_name(Path(text), root, Path.cwd())
    if name is None or not os.path.lexists(root / name):
        name = posixpath.normpath(text)  # as reports have it: from the root
    states = StateFiles(discovery.project)
    by_name: dict[str, list[JobFile]] = {PROJECT_FILE: list(jobs)}
    for job, reads in jobs.items():
        names = {job.name, *(each for _, files in reads.files for each in files)}
        for each in names | set(states.of(reads.state) if reads.state else ()):
            by_name.setdefault(each, []).append(job)
    if name in by_name and os.path.lexists(root / name):
        return name, tuple(by_name[name])
    known = [each for each in by_name if os.path.lexists(root / each)]
    if os.path.lexists(root / name):
        raise UsageError(f"no job takes a value from `{name}`", KINDS)
    raise UsageError(f"there is no file `{text}`", did_you_mean(name, known) or KINDS)


def _set_by(name: str, provenance: dict[str, Any]) -> Wanted:
    roles = {role for role, file in provenance["files"].items() if file == name}
    state = (provenance.get("state") or {}).get("location") == name
    return lambda origin: bool(origin.output) if state else origin.role in roles and not origin.output
