"""Tags of Dagster: short words to filter by. What is none, such as an e-mail, is metadata there and left out here."""

from __future__ import annotations

import re

from dativo_compile.tags.projections.projection import Limits, Projection, characters

KEY = re.compile(r"([A-Za-z0-9_.-]{1,63}/)?[A-Za-z0-9_.-]{1,63}")
VALUE = re.compile(r"[A-Za-z0-9_.-]{0,63}")
OWN = ("dagster/", ".dagster/")  # they steer runs


def takes(key: str, value: str) -> bool:
    return bool(KEY.fullmatch(key) and VALUE.fullmatch(value)) and not key.startswith(OWN)


DAGSTER = Projection(
    "dagster", "a Dagster tag", "Dagster tags", "plain", Limits((characters(127, 63),)),
    "https://docs.dagster.io/guides/build/assets/metadata-and-tags/tags",
    takes=takes,
)  # fmt: skip
