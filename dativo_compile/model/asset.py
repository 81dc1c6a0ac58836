"""An asset, brought from any of its three shapes to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dativo_compile.model.source import Document


@dataclass(frozen=True, slots=True)
class Asset:
    """Each `*_origins` tree mirrors its values, with a mark ``asset:LINE:COLUMN`` at each leaf.

    `columns` are ready for the manifest's `schema`, in the asset's order: name, type, required, and
    where given description and classification. `details` hold what `asset.KEY` properties show
    (name, version, domain, data_product, source_type, object) as far as given. `governance` is
    what the legacy block and `team` say: owner, retention_days, domain, data_product.
    """

    document: Document
    name: str
    object: str | None
    columns: list[dict[str, Any]]
    column_origins: list[dict[str, Any]]
    details: dict[str, Any]
    detail_origins: dict[str, Any]
    finops: dict[str, Any]
    finops_origins: dict[str, Any]
    compliance: dict[str, Any]
    compliance_origins: dict[str, Any]
    governance: dict[str, Any]
    governance_origins: dict[str, Any]
    target: dict[str, Any]
    target_origins: dict[str, Any]
    description: str | None = None
