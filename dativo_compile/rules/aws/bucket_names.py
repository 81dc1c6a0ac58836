"""What Amazon S3 takes as the name of a general purpose bucket."""

from __future__ import annotations

import re
from functools import lru_cache

from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.published import published

ENDS = "a-z0-9", "a lower-case letter or digit"
NAME = Grammar("a-z0-9.-", "a-z, 0-9, `.` and `-`", *ENDS, *ENDS, shortest=3, longest=63)
ADDRESS = re.compile(r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}")


@lru_cache(maxsize=8192)
def bucket_name_fault(name: str) -> IdFault | None:
    """The first thing wrong with a name, with its span in it.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    if not name:
        return IdFault("it is empty", 0, 0, "write the name of the bucket")
    fault = NAME.fault(name)
    if fault is not None:
        return fault
    if ".." in name:
        at = name.index("..")
        return IdFault("it has two dots in a row", at, at + 2)
    if ADDRESS.fullmatch(name):
        return IdFault("it has the form of an IP address", 0, len(name))
    return _reserved(name)


def _reserved(name: str) -> IdFault | None:
    kept = published("aws")["s3_bucket"]
    for prefix in kept["reserved_prefixes"]:
        if name.startswith(prefix):
            return IdFault(f"it begins with `{prefix}`, which AWS keeps for itself", 0, len(prefix))
    for suffix, what in kept["reserved_suffixes"].items():
        if name.endswith(suffix):
            reason = f"it ends with `{suffix}`, which AWS keeps for {what}"
            return IdFault(reason, len(name) - len(suffix), len(name))
    return None
