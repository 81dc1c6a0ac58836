"""A large state costs little more than its bytes: resources are stepped over, not built."""

from __future__ import annotations

import json
import tracemalloc

from dativo_compile.terraform.formats import read


def test_resources_are_not_built() -> None:
    resource = {"type": "x", "instances": [{"attributes": {"id": "y" * 80, "tags": {"a": "b"}, "list": [1, 2, 3]}}]}
    outputs = {"bucket": {"value": "b", "type": "string"}}
    data = json.dumps({"version": 4, "outputs": outputs, "resources": [resource] * 100_000}).encode()
    tracemalloc.start()
    try:
        state = read(data, "x")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert state.outputs["bucket"].value == "b"
    assert peak < len(data) * 1.1
