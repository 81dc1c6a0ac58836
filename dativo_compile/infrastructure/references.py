"""Resources and outputs of a state as the references that jobs have: type, id and name of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dativo_compile.terraform.inventory import Resource

NUMBERED = re.compile(r"[a-z]+(?:-[a-z]+)+-?[0-9]+")  # eu-central-1, us-central1; no `EU` or `NAM4`
PLAIN = re.compile(r"[a-z]+[0-9]?")  # westeurope, eastus2


@dataclass(frozen=True, slots=True)
class Form:
    """How a resource of one Terraform type is referred to; texts are filled in with its attributes."""

    provider: str
    type: str
    id: str
    name: str = ""
    region: str = ""
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # attributes that tell the account or project

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset((*re.findall(r"{(\w+)}", self.id + self.name + self.region), *self.tags, *self.also))


AWS_TAGS = ("tags_all", "tags")
GCP_TAGS = ("effective_labels", "terraform_labels", "labels")
FORMS: dict[str, Form] = {
    "aws_s3_bucket": Form("aws", "s3_bucket", "{arn}", "{bucket}", "{region}", AWS_TAGS),
    "aws_iam_role": Form("aws", "iam_role", "{arn}", "{name}", "", AWS_TAGS),
    "aws_glue_catalog_database": Form("aws", "glue_catalog", "{arn}", "{name}", "", AWS_TAGS),
    "google_storage_bucket": Form("gcp", "gcs_bucket", "gs://{name}", "{name}", "{location}", GCP_TAGS, ("project",)),
    "google_service_account": Form("gcp", "service_account", "{email}", "", "", (), ("project",)),
    "google_bigquery_dataset": Form(
        "gcp", "bigquery_dataset", "{project}.{dataset_id}", "{dataset_id}", "{location}", GCP_TAGS
    ),
    "azurerm_storage_account": Form("azure", "storage_account", "{id}", "{name}", "{location}", ("tags",)),
    "azurerm_user_assigned_identity": Form("azure", "managed_identity", "{id}", "{name}", "{location}", ("tags",)),
}
WANTED: dict[str, frozenset[str]] = {kind: form.attributes for kind, form in FORMS.items()}
TYPES = tuple(form.type for form in FORMS.values())  # in the order in which a block lists them


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of `provider.resources`; empty texts are unknown. `owner` is its AWS account or GCP project."""

    provider: str
    type: str
    id: str
    name: str = ""
    region: str = ""
    owner: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)


def references(resources: Iterable[Resource]) -> list[Reference]:
    """One for each resource that has what its id is made of, in the order of a block."""
    found = (_reference(resource) for resource in resources)
    return sorted((one for one in found if one is not None), key=lambda one: (TYPES.index(one.type), one.id))


def _reference(resource: Resource) -> Reference | None:
    form, values = FORMS[resource.type], resource.values
    id = _filled(form.id, values)
    if not id:
        return None
    tags: Mapping[str, str] = next((values[name] for name in form.tags if type(values.get(name)) is dict), {})
    region = region_of(form.provider, _filled(form.region, values) or _part(id, 3))
    owner = str(values.get("project", "")) or _project_of(id) if form.provider == "gcp" else _part(id, 4)
    return Reference(form.provider, form.type, id, _filled(form.name, values), region, owner, tags)


def _filled(template: str, values: Mapping[str, Any]) -> str:
    texts = {name: value for name, value in values.items() if type(value) is str}
    try:
        return template.format(**texts)
    except KeyError:
        return ""


def _part(arn: str, number: int) -> str:
    """`arn:PARTITION:SERVICE:REGION:ACCOUNT:...`"""
    parts = arn.split(":", 5)
    return parts[number] if parts[0] == "arn" and len(parts) == 6 else ""


def _project_of(id: str) -> str:
    """A service account's address ends in `@PROJECT.iam.gserviceaccount.com`."""
    found = re.fullmatch(r"[^@]+@([a-z0-9.:-]+)\.iam\.gserviceaccount\.com", id)
    return found[1] if found else ""


def region_of(provider: str, text: str) -> str:
    """A region as jobs write it; none for what spans several, such as `EU`."""
    region = text.lower().replace(" ", "")
    form = PLAIN if provider == "azure" else NUMBERED
    return region if form.fullmatch(region) and region != "global" else ""


def from_outputs(texts: Mapping[str, str], provider: str, region: str, owner: str) -> Iterator[Reference]:
    """What the outputs of the documented names tell of resources, for states that hold only outputs."""

    def one(type: str, id: str, name: str = "") -> Iterator[Reference]:
        if id:
            yield Reference(provider, type, id, name)

    get = texts.get
    if provider == "aws":
        role = get("iam_role_arn", "")
        bucket, database = get("s3_bucket_name", ""), get("glue_database_name", "")
        partition = role.split(":")[1] if role.startswith("arn:") else "aws"
        glue = f"arn:{partition}:glue:{region}:{owner}:database/{database}" if database and region and owner else ""
        yield from one(
            "s3_bucket", get("s3_bucket_arn") or (f"arn:{partition}:s3:::{bucket}" if bucket else ""), bucket
        )
        yield from one("iam_role", role, role.rpartition("/")[2])
        yield from one("glue_catalog", get("glue_database_arn") or glue, database)
    elif provider == "gcp":
        bucket, dataset = get("gcs_bucket_name", ""), get("bigquery_dataset_id", "").rpartition("/")[2]
        yield from one("gcs_bucket", f"gs://{bucket}" if bucket else "", bucket)
        yield from one("service_account", get("service_account_email", ""))
        yield from one("bigquery_dataset", f"{owner}.{dataset}" if owner and dataset else "", dataset)
    else:
        yield from one("storage_account", get("storage_account_id", ""), get("storage_account_name", ""))
        identity = get("managed_identity_id", "")
        yield from one("managed_identity", identity, identity.rpartition("/")[2])
