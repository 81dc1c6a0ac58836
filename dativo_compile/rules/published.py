"""What providers publish of themselves: regions, partitions and names, in one data file with its sources.

Nothing of it is read before a rule asks: a project without `infrastructure` never pays for it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import orjson

FILE = "providers.json"


@cache
def published(provider: str) -> dict[str, Any]:
    """The provider's part of the file; shared, never changed."""
    part: dict[str, Any] = _whole()[provider]
    return part


@cache
def _whole() -> dict[str, Any]:
    whole: dict[str, Any] = orjson.loads((files("dativo_compile.rules") / FILE).read_bytes())
    return whole
