"""A block is added to a job's text: nothing that is there moves, changes or is overruled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dativo_compile.infrastructure.adding import Added, NotEditable
from dativo_compile.infrastructure.edited import edited
from dativo_compile.infrastructure.yaml_text import lines_of
from dativo_compile.model.source import Document, SourceFile
from dativo_compile.yaml.reader import Marks, read
from tests.formatting.yaml_texts import jobs

BLOCK: dict[str, Any] = {
    "provider": {"provider": "aws", "region": "eu-central-1", "account_id": "012345678901"},
    "terraform": {"module_path": "terraform/lake", "outputs": {"bucket": "target.connection.s3.bucket"}},
}
PROVIDER = """\
infrastructure:
  provider:
    provider: aws
    region: eu-central-1
    account_id: "012345678901"
"""
TERRAFORM = """\
  terraform:
    module_path: terraform/lake
    outputs:
      bucket: target.connection.s3.bucket
"""
HALF = "infrastructure:\n    # the cloud\n    provider:\n"
REGION = "      region: eu-central-1\n"
INDENTED = "".join(f"  {line}\n" for line in TERRAFORM.splitlines())
MERGED = "x-aws: &aws\n  provider: aws\n  region: eu-central-1\ninfrastructure:\n  provider:\n    <<: *aws\n"


def with_block(text: str, block: dict[str, Any] = BLOCK) -> tuple[str, Added]:
    data = text.encode()
    value, marks = read(data, Marks("job"))
    new, result = edited(Document(SourceFile("jobs/a.yaml", data), "job", value, marks), block)
    return new.decode(), result


CASES = {
    "between what comes before and after it": (
        "tenant_id: acme\nasset_path: a # here\n\n# where to\ntarget:\n  table: t\n",
        f"tenant_id: acme\nasset_path: a # here\n\n{PROVIDER}{TERRAFORM}\n# where to\ntarget:\n  table: t\n",
    ),
    "at the end": (
        "tenant_id: acme # us\n\n# the end",
        f"tenant_id: acme # us\n\n{PROVIDER}{TERRAFORM}\n# the end\n",
    ),
    "before the first key, but below what speaks of the file": (
        "# Orders\nsource: {}\n",
        f"# Orders\n\n{PROVIDER}{TERRAFORM}\nsource: {{}}\n",
    ),
    "what is missing in a block, each key in its place": (
        f"{HALF}      account_id: '012345678901'\n      provider: aws\n    tags: {{a: b}}\n",
        f"{HALF}{REGION}      account_id: '012345678901'\n      provider: aws\n{INDENTED}    tags: {{a: b}}\n",
    ),
    "behind the comments of the last key": (
        f"{PROVIDER}    # no project\n\n    # nor a group\ntarget: {{}}\n",
        f"{PROVIDER}    # no project\n\n    # nor a group\n{TERRAFORM}target: {{}}\n",
    ),
    "in place of nothing": (
        "infrastructure: # soon\ntarget: {}\n",
        PROVIDER.replace(":\n", ": # soon\n", 1) + TERRAFORM + "target: {}\n",
    ),
    "in place of null and of empty braces": (
        "infrastructure:\n  provider: null # soon\n  terraform: {}\n",
        PROVIDER.replace("  provider:\n", "  provider: # soon\n") + TERRAFORM,
    ),
    "with the line ends of the file": (
        "tenant_id: acme\r\n",
        f"tenant_id: acme\n\n{PROVIDER}{TERRAFORM}".replace("\n", "\r\n"),
    ),
    "beside what a merge key gives": (MERGED, f'{MERGED}    account_id: "012345678901"\n{TERRAFORM}'),
    "not at all": (PROVIDER + TERRAFORM, PROVIDER + TERRAFORM),
}


@pytest.mark.parametrize("name", CASES)
def test_a_block_is_added(name: str) -> None:
    before, after = CASES[name]
    assert with_block(before)[0] == after
    assert with_block(after) == (after, Added())


def test_what_the_job_says_is_kept_and_told() -> None:
    text = "infrastructure:\n  provider:\n    provider: aws\n    region: us-east-1\n    account_id: ${ACCOUNT}\n"
    new, result = with_block(text)
    assert new == text + TERRAFORM
    told = [(difference.place[-1], difference.said, difference.found) for difference in result.differences]
    assert told == [("region", "us-east-1", "eu-central-1"), ("account_id", "${ACCOUNT}", "012345678901")]


def test_where_an_output_goes_is_for_the_job_to_say() -> None:
    text = "infrastructure:\n  terraform:\n    outputs:\n      {}: {}\n"
    block = {"terraform": {"outputs": {"bucket": "target.connection.s3.bucket"}}}
    for said in (("bucket", "target.warehouse"), ("lake_bucket", "target.connection.s3.bucket"),
                 ("lake_bucket", "[target.warehouse, target.connection.s3.bucket]")):  # fmt: skip
        same = text.format(*said)
        assert with_block(same, block) == (same, Added())


def test_a_list_of_resources_is_kept_and_what_it_lacks_told() -> None:
    def entry(name: str) -> dict[str, str]:
        return {"resource_type": "s3_bucket", "resource_id": f"arn:aws:s3:::{name}"}

    text = "".join(f"{line}\n" for line in lines_of({"infrastructure": {"provider": {"resources": [entry("a")]}}}))
    new, result = with_block(text, {"provider": {"resources": [entry("a"), entry("b")]}})
    assert new == text
    assert [difference.found for difference in result.differences] == [[entry("b")]]
    assert with_block(text, {"provider": {"resources": [entry("a")]}})[1] == Added()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{tenant_id: acme}\n", ()),
        ("infrastructure: {provider: {provider: aws}}\n", ("infrastructure", "provider")),
        ("x-i: &i {provider: {provider: aws}}\ninfrastructure: *i\n", ("infrastructure", "provider")),
        ("? tenant_id\n: acme\n", ()),
        (f"infrastructure: &i\n{PROVIDER.partition(':')[2][1:]}x-i: *i\n", ("infrastructure",)),
        ("infrastructure: &later\nx-later: *later\n", ("infrastructure",)),
    ],
)
def test_a_mapping_that_takes_no_line_is_refused(text: str, place: tuple[str, ...]) -> None:
    with pytest.raises(NotEditable) as caught:
        with_block(text)
    assert caught.value.place == place


@settings(max_examples=120, suppress_health_check=list(HealthCheck), deadline=None)
@given(jobs())
def test_every_line_of_a_job_stays_where_it_is(text: str) -> None:
    """But for an empty value that makes place."""
    try:
        new, _ = with_block(text)
    except NotEditable:
        return
    if not text.endswith("\n"):
        return
    kept = iter(new.split("\n"))
    for line in text.split("\n"):
        assert any(bare(line) == bare(other) for other in kept), line
    assert with_block(new)[1].places == []


def bare(line: str) -> str:
    return line.rstrip().replace(" {}", "").replace(" ~", "").replace(" []", "").rstrip()


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, min_size=1) | st.dictionaries(TEXTS, TEXTS, min_size=1)))
def test_a_block_is_read_as_it_was_meant(block: dict[str, Any]) -> None:
    text = "".join(f"{line}\n" for line in lines_of({"top": block | {"x": "y"}}))
    assert read(text.encode(), Marks("job"))[0] == {"top": block | {"x": "y"}}


WRITTEN = {
    "no": "no", "012": '"012"', "1.10": '"1.10"', "true": '"true"', "": '""', "~": '"~"', "a b": "a b",
    "a: b": '"a: b"',
    "a #b": '"a #b"', "- a": '"- a"', "a@b.example": "a@b.example", "Zoë": '"Zoë"', "2024-01-01": "2024-01-01",
    "arn:x": '"arn:x"', "*a": '"*a"', "a\tb": '"a\\tb"',
}  # fmt: skip


@pytest.mark.parametrize(("value", "written"), WRITTEN.items())
def test_quotes_stand_where_they_are_needed(value: str, written: str) -> None:
    assert lines_of({"key": value}) == [f"key: {written}"]
