"""Projections, listed by hand: what becomes of tags where something else than a manifest holds them."""

from __future__ import annotations

from dativo_compile.tags.projections.aws import AWS, S3_OBJECT
from dativo_compile.tags.projections.azure import AZURE, AZURE_STORAGE
from dativo_compile.tags.projections.dagster import DAGSTER
from dativo_compile.tags.projections.gcp import GCP
from dativo_compile.tags.projections.glue import GLUE
from dativo_compile.tags.projections.projection import Fault, Projected, Projection, project
from dativo_compile.tags.projections.styles import STYLES, Style, styled
from dativo_compile.tags.projections.unity import UNITY

PROJECTIONS: dict[str, Projection] = {
    one.name: one for one in (AWS, S3_OBJECT, GCP, AZURE, AZURE_STORAGE, GLUE, DAGSTER, UNITY)
}

__all__ = ["PROJECTIONS", "STYLES", "Fault", "Projected", "Projection", "Style", "project", "styled"]
