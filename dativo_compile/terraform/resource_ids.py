"""What a resource is called: by the attributes of a state, and by the ids that people write into jobs."""

from __future__ import annotations

from dativo_compile.model.resource import Cloud
from dativo_compile.terraform.raw import Members, plain

CLOUDS: dict[str, Cloud] = {"aws": "aws", "google": "gcp", "azurerm": "azure"}  # by the first word of a type
TAGS: dict[Cloud, tuple[str, ...]] = {
    "aws": ("tags_all", "tags"),
    "gcp": ("effective_labels", "labels"),
    "azure": ("tags",),
}
# Types of what jobs declare as `resources`, and the types of resource that those are in a state.
KINDS = {
    "s3_bucket": ("aws_s3_bucket", "aws_s3_directory_bucket"),
    "iam_role": ("aws_iam_role",),
    "glue_catalog": ("aws_glue_catalog_database",),
    "gcs_bucket": ("google_storage_bucket",),
    "service_account": ("google_service_account",),
    "bigquery_dataset": ("google_bigquery_dataset",),
    "storage_account": ("azurerm_storage_account",),
    "managed_identity": ("azurerm_user_assigned_identity",),
}
KNOWN = frozenset(kind for kinds in KINDS.values() for kind in kinds)
ATTRIBUTES = ("arn", "id", "email", "name", "project", "dataset_id")
SHORT = "/.../"


def ids_of(kind: str, attributes: Members) -> tuple[str, frozenset[str]]:
    """The id to show, and every id that `spelt` may give for it."""
    said = {name: text for name in ATTRIBUTES if (text := plain(attributes.get(name), str))}
    if kind == "google_storage_bucket":
        names = [f"gs://{said[key]}" for key in ("name", "id") if key in said]
    elif kind == "google_bigquery_dataset":
        names = [f"{said.get('project', '')}.{said['dataset_id']}"] if "dataset_id" in said else []
    elif kind == "google_service_account":
        names = [said[key] for key in ("email", "id") if key in said]
    elif kind.startswith("azurerm_"):
        names = [said["id"], _end(said["id"])] if "id" in said else []
    else:
        names = [said[key] for key in ("arn", "id") if key in said]
    return (names[0] if names else ""), frozenset(map(spelt, names))


def spelt(text: str) -> str:
    """An id in the one spelling that ids are compared in. Azure's have no case, and may be abbreviated by `/.../`."""
    text = text.strip()
    if text.startswith("/"):
        return (_end(text) if SHORT in text else text).lower().rstrip("/")
    if text.startswith("gs://"):
        return "/".join(text.split("/")[:3])
    return text if text.startswith("arn:") or "@" in text else text.replace(":", ".")  # PROJECT:DATASET


def _end(text: str) -> str:
    """`/storageAccounts/NAME` of a path: kind and name."""
    return "/" + "/".join(text.rstrip("/").split("/")[-2:])
