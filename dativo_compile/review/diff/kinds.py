"""What a change can mean, and how much it may hurt. docs/review.md has this table for readers."""

from __future__ import annotations

from dataclasses import dataclass

from dativo_compile.review.diff.model import Rank


@dataclass(frozen=True, slots=True)
class Kind:
    """`words` name it in a list of what changed; `told` says that the path of a leaf does not say it by itself."""

    id: str
    rank: Rank
    words: str
    told: bool = False


KINDS = {
    kind.id: kind
    for kind in (
        Kind("tenant", "breaking", "tenant or environment"),
        Kind("account", "breaking", "cloud, account or project", told=True),
        Kind("table", "breaking", "the table's identity", told=True),
        Kind("write-mode", "breaking", "the write mode"),
        Kind("column-dropped", "breaking", "a dropped column", told=True),
        Kind("column-narrowed", "breaking", "a narrowed column", told=True),
        Kind("column-required", "breaking", "a required column that older rows lack", told=True),
        Kind("unreadable", "breaking", "a manifest that cannot be read"),
        Kind("job-removed", "data", "a removed job"),
        Kind("bucket", "data", "bucket or container"),
        Kind("role", "data", "role or service account", told=True),
        Kind("region", "data", "region"),
        Kind("location", "data", "where the table's files lie"),
        Kind("catalog", "data", "catalog settings"),
        Kind("target", "data", "how rows are written"),
        Kind("source", "data", "what is read"),
        Kind("credentials", "data", "a secret's reference", told=True),
        Kind("state", "data", "which Terraform state is read", told=True),
        Kind("resources", "data", "resources that the job names"),
        Kind("validation", "data", "what happens to rows that do not fit"),
        Kind("tag", "compliance", "a tag"),
        Kind("classification-loosened", "compliance", "a loosened classification", told=True),
        Kind("redaction", "compliance", "redaction of logs"),
        Kind("property", "compliance", "a table property"),
        Kind("classification", "routine", "a tightened classification", told=True),
        Kind("column-added", "routine", "an added column"),
        Kind("column-widened", "routine", "a widened column", told=True),
        Kind("column-text", "routine", "a column's description"),
        Kind("columns-reordered", "routine", "the order of columns", told=True),
        Kind("job-added", "routine", "a new job"),
        Kind("job-renamed", "routine", "a job's id"),
        Kind("job-text", "routine", "name or description"),
        Kind("schedule", "routine", "schedule"),
        Kind("execution", "routine", "retries, logging, plugins"),
        Kind("tuning", "routine", "engine or rate limits"),
        Kind("metadata", "routine", "metadata"),
        Kind("references", "routine", "the list of run-time references"),
        Kind("extension", "routine", "the job's own `x-` keys"),
        Kind("format", "routine", "the manifest's own format or digest", told=True),
    )
}
