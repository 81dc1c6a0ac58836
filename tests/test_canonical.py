"""Canonical JSON: one value, one text."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dativo_compile.canonical import dumps
from dativo_compile.model.output import Sensitive
from dativo_compile.passes.emit import ZEROS, stamped

TEXT = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=4)),
    max_leaves=20,
)


def shuffled(value: Any, source: random.Random) -> Any:
    if isinstance(value, dict):
        keys = list(value)
        source.shuffle(keys)
        return {key: shuffled(value[key], source) for key in keys}
    return [shuffled(v, source) for v in value] if isinstance(value, list) else value


@given(VALUES)
def test_it_reads_back_exactly(value: Any) -> None:
    assert json.loads(dumps(value)) == value


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(value: Any, source: random.Random) -> None:
    assert dumps(shuffled(value, source)) == dumps(value)


@given(VALUES)
def test_it_is_its_own_canonical_form(value: Any) -> None:
    data = dumps(value)
    assert dumps(json.loads(data)) == data
    assert data.endswith(b"\n")


def test_integers_are_exact_at_any_size() -> None:
    big = 12345678901234567890123456789
    assert dumps({"n": big, "m": [-big]}) == b'{\n  "m": [\n    -%d\n  ],\n  "n": %d\n}\n' % (big, big)


@pytest.mark.parametrize("value", [Sensitive("string"), {"a": Sensitive("string")}, {1: 2}, b"x", {"a": "\ud800"}])
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        dumps(value)


@given(st.dictionaries(TEXT, VALUES, max_size=4))
def test_sed_and_sha256sum_verify_a_digest(value: dict[str, Any]) -> None:
    data, digest = stamped(dumps({**value, "digest": ZEROS}))
    zeroed = data.replace(f'\n  "digest": "{digest}"'.encode(), f'\n  "digest": "{ZEROS}"'.encode(), 1)
    assert "sha256:" + hashlib.sha256(zeroed).hexdigest() == digest
    assert json.loads(data)["digest"] == digest
