"""Table properties: what each namespace shows of a job."""

from __future__ import annotations

from dativo_compile.diagnostics.codes.tags import NULL_IDLE
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.source import Document
from dativo_compile.tags.effective import Effective
from dativo_compile.tags.identity import Identity
from dativo_compile.tags.levels import Level, tag_level
from dativo_compile.tags.places import place_for
from dativo_compile.tags.text import Texts

GOVERNANCE = "governance_overrides"
JOB_ID = "rule:job-id"


def add_infrastructure(level: Level, identity: Identity, properties: Effective) -> None:
    """Level 1 as written, whatever stronger levels say; then what is known of the job itself."""
    values, origins = properties.values, properties.origins
    its = level.origins
    for name, text in level.values.items():
        if text is not None:
            key = "infrastructure." + name
            values[key], origins[key] = text, its[name]
    for name, pair in identity.items():
        key = "infrastructure." + name
        values[key], origins[key] = pair


def add_governance(job: Document, properties: Effective, found: list[Diagnostic]) -> None:
    """The job's overrides win; an empty owner removes the asset's."""
    level = tag_level(job.value[GOVERNANCE], job.marks[GOVERNANCE], Texts(job, GOVERNANCE, found), escaped=True)
    if level.values.get("owner") == "":
        level = Level(job, {**level.values, "owner": None}, level.origins)
    for name in properties.lay(level, "governance."):
        if job.value[GOVERNANCE].get(name) is None:
            place = place_for(job, level.origins[name], key=True)
            found.append(
                diagnose(NULL_IDLE, place, tag=f"governance.{name}", help="give it a value, or remove the line")
            )


def add_tags(effective: Effective, job_id: str, properties: Effective) -> None:
    values, origins = properties.values, properties.origins
    its = effective.origins
    for name, text in effective.values.items():
        key = "tags." + name
        values[key], origins[key] = text, its[name]
    values["dativo.job"], origins["dativo.job"] = job_id, JOB_ID
