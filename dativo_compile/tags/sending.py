"""Tags as a project wants them sent: a projection with the style and the names that `dativo.yaml` gives it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def surely_fit(
    destination: str, keys: tuple[str, ...], texts: Collection[str], demands: TagDemands, prefix: str = ""
) -> bool:
    """At a glance, as nearly all do: a job's tags have the keys of other jobs, and short texts. `keys` have the prefix.

    No character becomes more than four of anything that is counted, and one of ASCII stays one.
    """
    if not texts:
        return True
    room = min(measure.value for measure in PROJECTIONS[destination].limits.measures)
    longest = max(map(len, texts))
    short = longest * 4 <= room or (longest <= room and "".join(texts).isascii())
    return short and _keys_fit(destination, keys, demands, len(prefix))


@lru_cache(maxsize=2048)
def _keys_fit(destination: str, keys: tuple[str, ...], demands: TagDemands, start: int) -> bool:
    return not sent(destination, {key[start:]: "" for key in keys}, demands).faults
