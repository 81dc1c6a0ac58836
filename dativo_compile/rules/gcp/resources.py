"""The resources that a GCP job declares, with their ids read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dativo_compile.model.job import PlacedJob
from dativo_compile.rules.gcp.bucket_names import SCHEME, bucket_name_fault, uri_fault
from dativo_compile.rules.gcp.dataset import dataset_of
from dativo_compile.rules.gcp.ids import GcpId
from dativo_compile.rules.gcp.project import project_fault
from dativo_compile.rules.gcp.service_account import service_account_of
from dativo_compile.rules.provider.block import provider_of
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.resource import Resource, declared


def bucket_of(text: str) -> GcpId | IdFault:
    return uri_fault(text) or bucket_name_fault(text.removeprefix(SCHEME)) or GcpId((text.removeprefix(SCHEME),))


READERS: dict[str, Callable[[str], GcpId | IdFault]] = {
    "gcs_bucket": bucket_of,
    "service_account": service_account_of,
    "bigquery_dataset": dataset_of,
}


def ids_of(placed: PlacedJob) -> Iterator[tuple[int, Resource, GcpId]]:
    """Those whose id is one; of the others a rule of their own has said why they are none."""
    for number, resource in declared(placed, "gcp", *READERS):
        read = READERS[resource["resource_type"]](resource["resource_id"])
        if type(read) is GcpId:
            yield number, resource, read


def with_project(placed: PlacedJob, fault: IdFault) -> IdFault:
    """The job's project for `PROJECT` in the help: what is shown can be written as it is."""
    project = provider_of(placed).get("project_id")
    if type(project) is not str or not project or project_fault(project) is not None:
        return fault
    domain, _, name = project.rpartition(":")
    host = f"{name}.{domain}" if domain else name
    return replace(fault, help=fault.help.replace("@PROJECT", f"@{host}").replace("PROJECT", project))


def names_in_ids(placed: PlacedJob) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Number of a resource -> what its `resource_name` may be."""
    for number, _, read in ids_of(placed):
        yield number, read.names
