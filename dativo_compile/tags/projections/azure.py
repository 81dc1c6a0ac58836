"""Tags of Azure resources, and of storage accounts: names without case, and without what disturbs a URL."""

from __future__ import annotations

from dativo_compile.tags.projections.projection import Limits, Projection, Refusal, characters

FORBIDDEN = {ord(one): "_" for one in "<>%&\\?/"}
RESERVED = ("microsoft", "azure", "windows")


def written(key: str) -> str:
    """What Azure forbids in a name becomes `_`; values stay as they are, commas too."""
    return key.translate(FORBIDDEN)


def refused(key: str) -> Refusal | None:
    small = key.lower()
    for prefix in RESERVED:
        if small.startswith(prefix):
            return "reserved", f"Azure keeps names that start with `{prefix}` for itself"
    return None


SOURCE = "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources#limitations"
AZURE = Projection(
    "azure", "an Azure tag", "Azure tags", "camel", Limits((characters(512, 256),), 50), SOURCE,
    key=written, refused=refused, folded=str.lower,
)  # fmt: skip
AZURE_STORAGE = Projection(
    "azure_storage", "a tag of an Azure storage account", "tags of an Azure storage account", "camel",
    Limits((characters(128, 256),), 50), SOURCE,
    key=written, refused=refused, folded=str.lower,
)  # fmt: skip
