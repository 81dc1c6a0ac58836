"""What is known of a region: whether AWS publishes it, and the partition that it lies in."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from dativo_compile.rules.published import published
from dativo_compile.validation.words import either

ZONE = re.compile(r"([a-z]{2}(?:-[a-z]+)+-[0-9]+)[a-z]")

SHORTEST_PLACE = 4  # letters: a shorter text is in the name of many a place
MOST = 3  # regions that a help line names
LEAST_LIKENESS = 0.6

Standing = Literal["listed", "unlisted", "unknown"]


@lru_cache(maxsize=1024)
def region_of(text: str) -> tuple[Standing, str]:
    """How a region stands, and its partition; empty text for one that is unknown.

    A region that is on no list but has the form of a partition's regions is newer than the list, or misspelt.
    """
    for partition, said in published("aws")["partitions"].items():
        if text in said["regions"]:
            return "listed", partition
    if text != text.lower():
        return "unknown", ""
    for partition, form in _forms().items():
        if form.fullmatch(text):
            return "unlisted", partition
    return "unknown", ""


def partition_of(region: str) -> str:
    return region_of(region)[1] if region else ""


def partition_name(partition: str) -> str:
    """`AWS China` for `aws-cn`."""
    name: str = published("aws")["partitions"][partition]["name"]
    return name


def sure_region(text: str) -> str:
    """The one region that a text can mean: written otherwise, or a zone of it. Empty text if there is none."""
    zone = ZONE.fullmatch(text)
    bare = (zone[1] if zone else text.lower()).replace("-", "").replace("_", "")
    return next((region for region in _names() if region.replace("-", "") == bare), "")


def near_region(text: str) -> str:
    """What a region that AWS has not was probably to be, as a help line; empty text if nothing is near."""
    sure = sure_region(text)
    names = _names(partition_of(sure or text))
    if sure and ZONE.fullmatch(text):
        return f"`{text}` is a zone; its region is `{sure}`"
    for other, title in (("gcp", "GCP"), ("azure", "Azure")):
        if text in published(other).get("regions", {}).get("names", ()):
            where = f"`{text}` is a region of {title}"
            return f"did you mean `{sure}`? {where}" if sure else f"{where}: set `provider: {other}`, or correct it"
    near = [sure] if sure else _near(text.lower(), names)
    if len(near) == 1:
        return f"did you mean `{near[0]}`, {names[near[0]]}?"
    return f"did you mean {either([f'`{region}`' for region in near])}?" if near else ""


def _names(within: str = "") -> dict[str, str]:
    """Region -> its name, of one partition or of all."""
    partitions = published("aws")["partitions"]
    said = [partitions[within]] if within else partitions.values()
    return {region: name for partition in said for region, name in partition["regions"].items()}


def _near(text: str, names: dict[str, str]) -> list[str]:
    """Regions that begin so, or lie there, else the nearest: all of them that are as near."""
    longer = [region for region in names if region.startswith(text + "-")]
    place = [region for region, name in names.items() if len(text) >= SHORTEST_PLACE and text in name.lower()]
    for found in (longer, place):
        if 1 <= len(found) <= MOST:
            return found
    from difflib import SequenceMatcher

    likeness = {region: SequenceMatcher(None, text, region).ratio() for region in names}
    best = max(likeness.values())
    near = [region for region, ratio in likeness.items() if ratio == best >= LEAST_LIKENESS]
    return near if len(near) <= MOST else []


@cache
def _forms() -> dict[str, re.Pattern[str]]:
    """ASCII alone: botocore writes `\\w` and `\\d`, and means letters and digits of ours."""
    partitions = published("aws")["partitions"]
    return {partition: re.compile(said["pattern"], re.ASCII) for partition, said in partitions.items()}
