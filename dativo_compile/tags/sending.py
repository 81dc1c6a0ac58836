"""Tags as a project wants them sent: a projection with the style and the names that `dativo.yaml` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dativo_compile.model.tag_demands import TagDemands
from dativo_compile.tags.projections import PROJECTIONS, STYLES, Projected, Style, project
from dativo_compile.tags.projections.projection import NO_NAMES

SETTINGS_OF = {"azure_storage": "azure"}  # destinations that go by another's settings
STYLE: dict[str, Style] = {style: style for style in STYLES}


def sent(destination: str, tags: Mapping[str, str], demands: TagDemands, style: Style | None = None) -> Projected:
    """`style` goes before that of the project; without either it is the destination's own."""
    settings = SETTINGS_OF.get(destination, destination)
    names = demands.names.get(settings, NO_NAMES)
    return project(PROJECTIONS[destination], tags, style or STYLE.get(demands.styles.get(settings, "")), names)


@lru_cache(maxsize=1024)
def sent_alike(destination: str, items: tuple[tuple[str, str], ...], demands: TagDemands) -> Projected:
    """The same, remembered: the jobs of a tenant share their tags."""
    return sent(destination, dict(items), demands)
