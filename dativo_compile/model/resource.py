"""A cloud resource as a state has it: what it is called and which tags it really carries, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cloud = Literal["aws", "gcp", "azure"]


@dataclass(frozen=True, slots=True)
class Resource:
    """`id` is what people call it by (an ARN, `gs://BUCKET`, a path), `ids` every spelling that it answers to.

    `tags` are absent where the resource can carry none or the state does not tell;
    a value in them is absent where it is sensitive, and `hidden` says that all of them are.
    """

    address: str
    type: str
    cloud: Cloud
    id: str
    ids: frozenset[str]
    tags: dict[str, str | None] | None
    hidden: bool = False
