"""Tags of AWS resources, and those of S3 objects: letters, digits, spaces and a few signs; no comma, no `#`."""

from __future__ import annotations

import re
from unicodedata import category

from dativo_compile.tags.projections.projection import Limits, Measure, Projection, Refusal, characters

PLAIN = re.compile(r"[A-Za-z0-9 _.:/=+@-]*")
SIGNS = "_.:/=+-@"


def written(text: str) -> str:
    """Any other character becomes `_`."""
    if PLAIN.fullmatch(text):
        return text
    return "".join(one if one in SIGNS or category(one)[0] in "LNZ" else "_" for one in text)


def listed(text: str) -> str:
    """The elements of a list are parted by spaces: `SOC2,GDPR` is `SOC2 GDPR`."""
    return written(text.replace(",", " "))


def refused(key: str) -> Refusal | None:
    return ("reserved", "AWS keeps keys that start with `aws:` for itself") if key[:4].lower() == "aws:" else None


def positions(text: str) -> int:
    """S3 keeps tags of objects in UTF-16, where a rare character takes two positions."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


AWS = Projection(
    "aws", "an AWS tag", "AWS tags", "camel", Limits((characters(128, 256),), 50),
    "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/custom-tags.html#allocation-tag-restrictions",
    key=written, value=listed, refused=refused,
)  # fmt: skip
S3_OBJECT = Projection(
    "s3_object", "a tag of an S3 object", "tags of an S3 object", "plain",
    Limits((Measure("positions in UTF-16", positions, 128, 256),), 10),
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html",
    key=written, value=listed, refused=refused,
)  # fmt: skip
