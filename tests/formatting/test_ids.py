"""Which numbers get quotes: those that lose something as a number, and no other."""

from __future__ import annotations

import pytest

from tests.formatting.formats import formatted_text

PROVIDER = "infrastructure:\n  provider:\n    provider: aws\n    {}\n"
TAGS = "infrastructure:\n  tags:\n    {}\n"
QUOTED = {
    "an account": PROVIDER.format("account_id: 012345678901 # ours"),
    "an account without a zero": PROVIDER.format("account_id: 123456789012"),
    "the number of a project": PROVIDER.format("project_id: 481234567890"),
    "a tenant": "tenant_id: 42\n",
    "a decimal that must be text": "name: 1.10\n",
    "a workspace": "infrastructure:\n  terraform:\n    workspace: 2024\n",
    "a tag with a zero in front": TAGS.format("cost_center: 0042"),
    "a decimal tag": TAGS.format("release: 1.10"),
    "a tag of a resource": "infrastructure:\n  provider:\n    resources:\n      - {tags: {cost: 007}}\n",
    "a tag of the job's finops": "finops:\n  cost_center: 0042\n",
    "an id with a zero in front, anywhere": "source:\n  connection:\n    client_id: 007\n",
    "one with an anchor": PROVIDER.format("account_id: &acct 012345678901"),
}
KEPT = {
    "a number that is one": "source:\n  connection:\n    port: 5432\nretry_config:\n  max_retries: 3\n",
    "a tag that stays as it is": TAGS.format("floor: 42"),
    "a number with a zero that is no id": "source:\n  connection:\n    umask: 0022\n",
    "an id without a zero": "source:\n  connection:\n    client_id: 7\n",
    "what is quoted": PROVIDER.format('account_id: "012345678901"'),
    "what has a tag": PROVIDER.format("account_id: !!int 012345678901"),
    "keys of one's own": "x-team:\n  account_id: 012345678901\n",
    "one that is also used as a number": (
        "source:\n  connection:\n    port: &n 5432\ninfrastructure:\n  terraform:\n    workspace: *n\n"
    ),
}


@pytest.mark.parametrize("text", QUOTED.values(), ids=QUOTED)
def test_an_id_gets_quotes_around_what_is_written(text: str) -> None:
    new = formatted_text(text)
    assert new.count('"') == 2
    assert new.replace('"', "") == text
    assert formatted_text(new) == new


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_other_numbers_stay(text: str) -> None:
    assert sorted(formatted_text(text).splitlines()) == sorted(text.splitlines())


def test_an_account_that_comes_by_a_merge_key_is_quoted_where_it_stands() -> None:
    text = "x-aws: &aws\n  account_id: 012345678901\ninfrastructure:\n  provider:\n    <<: *aws\n    provider: aws\n"
    assert '  account_id: "012345678901"\n' in formatted_text(text)


def test_tags_of_an_asset_are_tags_too() -> None:
    assert 'cost_center: "0042"' in formatted_text("name: x\nfinops:\n  cost_center: 0042\n", "asset")
    assert '"0042"' in formatted_text("asset:\n  finops:\n    cost_center: 0042\n", "asset")
