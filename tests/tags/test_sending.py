"""What a project says of styles and names reaches what is sent; the glance at good tags never overlooks bad ones."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dativo_compile.model.tag_demands import NO_TAG_DEMANDS, TagDemands
from dativo_compile.tags.projections import PROJECTIONS
from dativo_compile.tags.projections.glue import plain
from dativo_compile.tags.sending import sent, surely_fit

TAGS = {"cost_center": "DATA-001", "custom.team": "a,b"}
SAID = TagDemands(
    styles={"aws": "dotted", "gcp": "plain", "azure": "snake"},
    names={"aws": {"cost_center": "Cost Centre"}, "azure": {"custom.team": "Crew"}},
)
KEYS = st.text(st.sampled_from("aA_.:é\n中İ"), max_size=4) | st.sampled_from(["aws:a", "azure", "a" * 64, "k" * 256])
TEXTS = st.builds(
    str.__mul__, st.sampled_from("aé中İ😀,"), st.sampled_from([0, 1, 15, 16, 32, 63, 64, 65, 128, 256, 257, 1001])
)


@pytest.mark.parametrize(
    ("destination", "made"),
    [
        ("aws", {"Cost Centre": "DATA-001", "infrastructure.custom.team": "a b"}),
        ("gcp", {"cost_center": "data-001", "custom_team": "a_b"}),
        ("azure", {"cost_center": "DATA-001", "Crew": "a,b"}),
        ("azure_storage", {"cost_center": "DATA-001", "Crew": "a,b"}),
        ("s3_object", {"cost_center": "DATA-001", "custom.team": "a b"}),
    ],
)
def test_styles_and_names_of_a_project(destination: str, made: dict[str, str]) -> None:
    assert sent(destination, TAGS, SAID).tags == made


def test_a_style_given_goes_before_the_projects() -> None:
    assert sent("aws", {"a_b": ""}, SAID, "camel").tags == {"AB": ""}
    assert sent("aws", {"a_b": ""}, NO_TAG_DEMANDS, "snake").tags == {"a_b": ""}


@given(st.sampled_from(sorted(PROJECTIONS)), st.dictionaries(KEYS, TEXTS, max_size=6), st.sampled_from(["", "x."]))
@example("gcp", {"a": "İ" * 15}, "")
@example("aws", {"a": "é" * 64}, "")
def test_what_surely_fits_has_no_faults(destination: str, tags: dict[str, str], prefix: str) -> None:
    keys = tuple(prefix + key for key in tags)
    if surely_fit(destination, keys, tuple(tags.values()), NO_TAG_DEMANDS, prefix):
        assert sent(destination, tags, NO_TAG_DEMANDS).faults == ()


@given(st.dictionaries(KEYS, TEXTS, max_size=6))
@example({"a\tb": "x"})
@example({"a" * 255: "x" * 128_000})
def test_what_is_plain_to_glue_has_no_faults(tags: dict[str, str]) -> None:
    if plain(tags, tags.values()):
        assert sent("glue", tags, NO_TAG_DEMANDS).faults == ()


@pytest.mark.parametrize(
    ("destination", "text", "sure"),
    [("aws", "a" * 256, True), ("aws", "é" * 64, True), ("aws", "a" * 257, False), ("gcp", "a" * 63, True),
     ("gcp", "中" * 15, True), ("gcp", "中" * 43, False)],
)  # fmt: skip
def test_most_tags_are_seen_to_fit_at_a_glance(destination: str, text: str, sure: bool) -> None:
    assert surely_fit(destination, ("cost_center",), (text,), NO_TAG_DEMANDS) is sure
    assert plain({"tags.cost_center": text}, (text,))
