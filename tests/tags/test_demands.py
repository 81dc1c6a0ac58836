"""`tags` of dativo.yaml: whom a demand is made of, and which text meets it."""

from __future__ import annotations

import pytest

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.tag_demands import TagDemands
from dativo_compile.tags.demands import demanded, tag_demands, unfit
from tests.tags.made import document, told, underlined

LAYERS = """\
tags:
  required: [cost_center]
  allowed: {tier: [1, 2], audited: [true]}
  patterns: {owner: email}
  known: [cost_centre]
  names: {aws: {project: Project-Name}}
  for:
    - environment: [staging, prod]
      required: [owner]
      allowed: {tier: [3]}
    - tenant: globex
      environment: prod
      required: [compliance, cost_center]
      patterns: {owner: '[a-z]+'}
    - tenant: [acme, globex]
      allowed: {region: [eu]}
"""


def demands(text: str) -> tuple[TagDemands, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return tag_demands(document(text, "project", "dativo.yaml"), found), found


def described(made: TagDemands, tenant: str, environment: str | None) -> tuple[list[str], dict[str, object]]:
    demand = demanded(made, tenant, environment)
    texts = {check.key: check.allowed or (check.pattern and check.pattern.pattern) for check in demand.checks}
    return sorted(demand.required), texts


@pytest.mark.parametrize(
    ("tenant", "environment", "required", "tier", "owner", "region"),
    [
        ("initech", "dev", ["cost_center"], ("1", "2"), "@", None),
        ("initech", None, ["cost_center"], ("1", "2"), "@", None),
        ("initech", "prod", ["cost_center", "owner"], ("3",), "@", None),
        ("acme", "staging", ["cost_center", "owner"], ("3",), "@", ("eu",)),
        ("globex", "prod", ["compliance", "cost_center", "owner"], ("3",), "[a-z]+", ("eu",)),
        ("globex", "staging", ["cost_center", "owner"], ("3",), "@", ("eu",)),
        ("Globex", "prod", ["cost_center", "owner"], ("3",), "@", None),
    ],
)
def test_a_later_word_on_a_key_goes_before(
    tenant: str, environment: str | None, required: list[str], tier: object, owner: str, region: object
) -> None:
    made, found = demands(LAYERS)
    keys, texts = described(made, tenant, environment)
    assert (found, keys, texts["tier"], texts.get("region")) == ([], required, tier, region)
    assert owner in str(texts["owner"])
    assert texts["audited"] == ("true",)


def test_the_keys_that_a_project_names() -> None:
    made, _ = demands(LAYERS)
    assert made.named == {"cost_center", "tier", "audited", "owner", "compliance", "region", "project"}
    assert made.known == {"cost_centre"}


def test_who_asks_is_remembered() -> None:
    made, _ = demands(LAYERS)
    demand = demanded(made, "globex", "prod")
    assert demand.required == {
        "cost_center": ("tags", "required", 0), "owner": ("tags", "for", 0, "required", 0),
        "compliance": ("tags", "for", 1, "required", 0),
    }  # fmt: skip
    assert {check.path for check in demand.checks} == {
        ("tags", "for", 0, "allowed", "tier"), ("tags", "allowed", "audited"), ("tags", "for", 1, "patterns", "owner"),
        ("tags", "for", 2, "allowed", "region"),
    }  # fmt: skip


def test_conventions_are_asked_for_and_a_projects_own_word_goes_before() -> None:
    assert described(demands("tags: {conventions: false}\n")[0], "acme", "prod") == ([], {})
    _, texts = described(demands("tags: {conventions: true}\n")[0], "acme", "prod")
    assert texts["environment"] == ("dev", "staging", "prod")
    assert sorted(texts) == ["environment", "owner"]
    own = "tags: {conventions: true, patterns: {environment: 'qa[0-9]', owner: '.+'}}\n"
    assert described(demands(own)[0], "acme", "prod") == ([], {"environment": "qa[0-9]", "owner": ".+"})


@pytest.mark.parametrize("text", ["{}\n", "tags:\n", "tags: {}\n", "tags: {required: , allowed: , for: }\n"])
def test_nothing_is_demanded(text: str) -> None:
    assert described(demands(text)[0], "acme", "prod") == ([], {})


BROKEN = """\
tags:
  patterns:
    owner: '[a-z'
    tier: '(?P<a>x)(?P<a>y)'
    team: 'a{99999999999}'
    project: 'lake'
"""


def test_a_broken_pattern_is_shown_and_demands_nothing() -> None:
    made, found = demands(BROKEN)
    assert [name for name, _ in told(found)] == ["tag-pattern-malformed"] * 3
    assert [underlined(BROKEN, each) for each in found] == ["'[a-z'", "'(?P<a>x)(?P<a>y)'", "'a{99999999999}'"]
    assert described(made, "acme", None) == ([], {"project": "lake"})


@pytest.mark.parametrize(
    ("pattern", "text", "part"),
    [
        ("email", "data-team@acme.example", None),
        ("email", "a.b+c@mail.acme.example", None),
        ("email", "jörg@größe.example", None),
        ("email", "a@acme.example,b@acme.example", None),
        ("email", "data-team", "data-team"),
        ("email", "", ""),
        ("email", "@acme.example", "@acme.example"),
        ("email", "a@acme", "a@acme"),
        ("email", "a@acme.", "a@acme."),
        ("email", "a@b@acme.example", "a@b@acme.example"),
        ("email", "a b@acme.example", "a b@acme.example"),
        ("email", "<a@acme.example>", "<a@acme.example>"),
        ("email", "a@acme.example\n", "a@acme.example\n"),
        ("email", "a@acme.example,team b", "team b"),
        ("[A-Z]+-[0-9]{3}", "DATA-001", None),
        ("[A-Z]+-[0-9]{3}", "DATA-0012", "DATA-0012"),
        ("[A-Z]+-[0-9]{3}", "xDATA-001", "xDATA-001"),
        ("[A-Z]+-[0-9]{3}", "DATA-001,DATA-002", None),
        ("[a-z, ]+", "one, two", None),
        ("(email)", "email", None),
    ],
)
def test_a_pattern_matches_as_a_whole_and_each_element_of_a_list(pattern: str, text: str, part: str | None) -> None:
    made, _ = demands(f"tags: {{patterns: {{key: '{pattern}'}}}}\n")
    (check,) = demanded(made, "acme", None).checks
    assert unfit(check, text) == part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("SOC2", None),
        ("SOC2,GDPR", None),
        ("", ""),
        ("soc2", "soc2"),
        ("SOC2,SOX,X", "SOX"),
        ("a,b", None),
        ("1", None),
    ],
)
def test_a_value_is_on_the_list_or_each_of_its_elements(text: str, part: str | None) -> None:
    made, _ = demands("tags: {allowed: {key: [SOC2, GDPR, 'a,b', 1]}}\n")
    (check,) = demanded(made, "acme", None).checks
    assert unfit(check, text) == part
