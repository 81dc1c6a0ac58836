"""The parsers of ARNs against the published grammars as one pattern each: they may tell reasons, not tales."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dativo_compile.model.project import Project
from dativo_compile.passes.validate_providers import validate_providers
from dativo_compile.rules.aws.arn import Arn, arn_of
from dativo_compile.rules.aws.bucket_names import bucket_name_fault
from dativo_compile.rules.aws.glue_names import glue_faults
from dativo_compile.rules.aws.resources import SERVICES
from dativo_compile.rules.aws.roles import role_faults
from tests.rules.placed import placed

PARTITION = "(?:aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc)"
NAME = r"[^/\x00-\x1f\x7f-\x9f]{1,255}"
WHOLE = {
    "s3_bucket": re.compile(
        rf"arn:{PARTITION}:s3:::(?!.*\.\.)(?!([0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}\Z)(?!xn--|sthree-|amzn-s3-demo-)"
        r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)(?<!\.mrap)(?<!--x-s3)(?<!--table-s3)"
    ),
    "iam_role": re.compile(rf"arn:{PARTITION}:iam::[0-9]{{12}}:role(/|/[!-~]{{1,510}}/)[A-Za-z0-9_+=,.@-]{{1,64}}"),
    "glue_catalog": re.compile(
        rf"arn:{PARTITION}:glue:[a-z0-9-]+:[0-9]{{12}}:(catalog|catalog/{NAME}(/{NAME})?|database/{NAME}(/{NAME})*)"
    ),
}
BETWEEN = ("", ":", "/", ".", "..", "-", "--", "_", "A", " ", "\n", "é", "\u0663", "\uff41", "*", "a" * 60, "1.2.3.4")
HEADS = {
    "s3_bucket": ("arn:aws:s3:::", "arn:aws-cn:s3:::", "arn:aws:s3:::xn--", "arn:aws:s3::1:", "arn:aws:s3:eu:"),
    "iam_role": (
        "arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role/p/", "arn:aws:iam::12345678901:role/",
    ),
    "glue_catalog": (
        "arn:aws:glue:eu-west-1:123456789012:", "arn:aws:glue:eu-west-1:123456789012:database/",
        "arn:aws:glue:eu-west-1:123456789012:catalog/", "arn:aws:glue::123456789012:catalog",
    ),
}  # fmt: skip
ANY = st.characters(max_codepoint=0xFFFD, exclude_categories=["Cs"])  # JSON escapes no others as YAML does
TAILS = ("", "-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "\n", "/", "/b")


def ids(kind: str) -> st.SearchStrategy[str]:
    pieces = st.lists(st.sampled_from(BETWEEN) | st.text("abz019.-", max_size=6), max_size=4).map("".join)
    near = st.tuples(st.sampled_from(HEADS[kind]), pieces, st.sampled_from(TAILS)).map("".join)
    return near | st.from_regex(WHOLE[kind], fullmatch=True, alphabet=ANY)


def takes(kind: str, text: str) -> bool:
    arn = arn_of(text)
    if not isinstance(arn, Arn) or arn.service != SERVICES[kind]:
        return False
    if kind == "s3_bucket":
        return not arn.region and not arn.account and bucket_name_fault(arn.resource) is None
    return not (role_faults if kind == "iam_role" else glue_faults)(arn)


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_an_id_is_taken_exactly_if_the_published_grammar_has_it(kind: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(ids(kind))
    @example(HEADS[kind][0] + "abc")
    def check(text: str) -> None:
        """White space around an id is refused even where a name could end with it."""
        assert takes(kind, text) == (WHOLE[kind].fullmatch(text) is not None and text == text.strip())

    check()


@pytest.mark.parametrize("kind", sorted(WHOLE))
def test_any_text_is_read_and_what_is_wrong_lies_in_it(kind: str) -> None:
    @settings(max_examples=200, deadline=None)
    @given(ids(kind) | st.text(ANY, max_size=40).filter(bool))
    def check(text: str) -> None:
        arn = arn_of(text)
        if isinstance(arn, Arn):
            assert f"arn:{arn.partition}:{arn.service}:{arn.region}:{arn.account}:{arn.resource}" == text
            for part in ("partition", "service", "region", "account", "resource"):
                start, end = arn.span(part)
                assert text[start:end] == (getattr(arn, part) or ":")
        else:
            assert 0 <= arn.start <= arn.end <= len(text)
        block = {"provider": "aws", "region": "eu-west-1", "resources": [{"resource_type": kind, "resource_id": text}]}
        job = json.dumps({"infrastructure": {"provider": block}})
        found = []
        validate_providers(placed(job), Project(Path()), found)
        for diagnostic in found:
            place = diagnostic.place
            assert place is not None and place.line == place.end_line == 1
            assert 0 < place.column <= place.end_column <= len(job) + 1
            assert diagnostic.message.isprintable()

    check()
