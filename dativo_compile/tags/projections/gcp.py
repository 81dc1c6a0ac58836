"""Labels of Google Cloud: lower-case and international letters, digits, `_` and `-`, in keys and values alike."""

from __future__ import annotations

import re
from unicodedata import category

from dativo_compile.tags.projections.projection import Limits, Projection, Refusal, characters, octets

PLAIN = re.compile(r"[a-z0-9_-]*")
LETTERS = ("Ll", "Lo")


def lowered(text: str) -> str:
    """In lower case, and any other character as `_`: `SOC2,GDPR` is `soc2_gdpr`."""
    if PLAIN.fullmatch(text):
        return text
    return "".join(one if _held(one) else "_" for one in text.lower())


def _held(one: str) -> bool:
    kind = category(one)
    return one in "_-" or kind in LETTERS or kind[0] == "N"


def refused(key: str) -> Refusal | None:
    return None if category(key[0]) in LETTERS else ("bad-start", "the key of a label starts with a letter")


# That a label takes at most 128 bytes is said by the reference of each API that has labels, such as Secret Manager's.
GCP = Projection(
    "gcp", "a label of Google Cloud", "labels of Google Cloud", "snake",
    Limits((characters(63, 63), octets(128, 128)), 64),
    "https://cloud.google.com/resource-manager/docs/labels-overview",
    key=lowered, value=lowered, refused=refused,
)  # fmt: skip
