"""Jobs for the tests of rules, made of the text of a job file."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim, LinkedJob, PlacedJob
from dativo_compile.model.output import Output, State
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.reader import Marks, read


def document(text: str, file: str = "jobs/acme/orders.yaml") -> Document:
    data = text.encode()
    value, marks = read(data, Marks("job"))
    return Document(SourceFile(file, data), "job", value, marks)


def placed(
    text: str,
    *,
    module: str | None = None,
    outputs: tuple[str, ...] | None = None,
    catalog: str = "sql",
    bound: dict[str, Any] | None = None,
) -> PlacedJob:
    """A job whose `infrastructure.provider` got `bound` from outputs; `outputs` are the names in its state."""
    job = document(text)
    body: dict[str, Any] = {"target": {"catalog": {"type": catalog}}}
    if "infrastructure" in job.value:
        block = job.value["infrastructure"]
        body["infrastructure"] = {**block, "provider": {**block["provider"], **(bound or {})}}
    linked = LinkedJob("acme/orders", job, "acme", "prod", "orders", None, None, None, body, {}, module)
    state = None if outputs is None else State("states/acme.tfstate", {name: Output(name, "x") for name in outputs})
    return PlacedJob(linked, state, body, {}, None, {})


def claim(
    job_id: str,
    *,
    identity: str = "t",
    table: str = "ns.t",
    location: str = "s3://lake/t",
    write_mode: str = "append",
    shape: str = "one",
    text: str | None = "tenant_id: acme\nasset: t\n",
    tenant: str = "acme",
    **more: Any,
) -> Claim:
    """`text` is the job's file; without it the job is known from the index only."""
    file = f"jobs/{job_id}.yaml"
    job = None if text is None else document(text, file)
    reread = None if job is None else lambda _: job
    return Claim(job_id, file, tenant, (identity,), table, location, write_mode, shape, reread, **more)


def underlined(text: str, diagnostic: Diagnostic) -> str:
    """What stands at a diagnostic's place."""
    place = diagnostic.place
    assert place is not None
    return text.splitlines()[place.line - 1][place.column - 1 : place.end_column - 1]
