"""What the tests of the reader share: text in, value or fault out."""

from __future__ import annotations

from typing import Any

import pytest

from dativo_compile.yaml.fault import YamlFault
from dativo_compile.yaml.reader import Marks, read


def value_of(text: str | bytes) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return read(data, Marks("job"))[0]


def marks_of(text: str) -> Any:
    return read(text.encode(), Marks("job"))[1]


def fault_in(text: str | bytes) -> YamlFault:
    with pytest.raises(YamlFault) as caught:
        value_of(text)
    return caught.value
