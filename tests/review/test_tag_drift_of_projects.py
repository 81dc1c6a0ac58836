"""Which resources are compared, and with the tags of which jobs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dativo_compile.model.usage import UsageError
from dativo_compile.review.tagging.drift import Asked
from dativo_compile.review.tagging.tables import Tables, read_properties
from tests.review.lakes import TAGS, Lakes, codes, differing, names

GLOBEX = TAGS | {"TenantId": "globex"}


@pytest.fixture
def lakes(tmp_path: Path) -> Lakes:
    return Lakes(tmp_path)


def test_a_job_that_maps_no_outputs_is_compared_with_its_state(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    found = lakes.drift(lakes.state({"a": TAGS | {"CostCenter": "D-2"}}))
    assert differing(found) == [("a", "CostCenter", "D-1", "D-2")]
    place = found.compared[0].differences[0].place
    assert place is not None
    assert place.file == "jobs/orders.yaml"


def test_a_state_of_another_tenant_is_refused(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    found = lakes.drift(lakes.state({"a": TAGS}, {"tenant_id": "globex"}))
    assert codes(found) == ["DC3022"]
    assert found.compared == ()


def test_buckets_beside_the_declared_ones_are_compared_unless_told_otherwise(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    state = lakes.state({"a": TAGS, "b": {}})
    assert names(lakes.drift(state)) == ["a", "b"]
    assert names(lakes.drift(state, asked=Asked(declared=True))) == ["a"]


def test_in_a_state_of_two_tenants_only_declared_resources_have_an_owner(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "b", tenant="globex")
    found = lakes.drift(lakes.state({"a": TAGS, "b": GLOBEX, "c": {}}))
    assert names(found) == ["a", "b"]
    assert not found.drifted


def test_a_resource_of_two_tenants_is_compared_in_what_they_agree_on(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "a", tenant="globex")
    found = lakes.drift(lakes.state({"a": {"CostCenter": "D-9"}}))
    assert differing(found) == [("a", "CostCenter", "D-1", "D-9"), ("a", "Environment", "prod", None)]


def test_only_the_jobs_that_declare_a_resource_speak_for_it(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "b", cost_center="HR-7")
    found = lakes.drift(lakes.state({"a": TAGS, "b": TAGS | {"CostCenter": "HR-7"}}))
    assert names(found) == ["a", "b"]
    assert not found.drifted


def test_jobs_that_disagree_about_a_resource_are_an_error(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "a", cost_center="HR-7")
    found = lakes.drift(lakes.state({"a": TAGS}))
    assert codes(found) == ["DC6040"]
    assert found.compared == ()
    agreed = lakes.drift(
        lakes.state({"a": TAGS | {"CostCenter": "D-9", "Environment": "dev"}}), asked=Asked(agreed=True)
    )
    assert differing(agreed) == [("a", "Environment", "prod", "dev")]


def test_tags_of_the_resource_itself_go_before_those_of_the_bill(lakes: Lakes) -> None:
    lakes.job("orders", "a", own={"cost_center": "SHARED", "team": "lake"})
    found = lakes.drift(lakes.state({"a": TAGS | {"CostCenter": "SHARED"}}))
    assert differing(found) == [("a", "Team", "lake", None)]


def test_a_resource_may_lie_in_the_state_of_another_job(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "b", workspace="network")
    states = [lakes.state({"b": TAGS}), lakes.state({"a": TAGS | {"Environment": "dev"}}, name="network")]
    found = lakes.drift(*states)
    assert differing(found) == [("a", "Environment", "prod", "dev")]
    assert codes(found) == []


def test_resources_of_another_cloud_can_be_left_out(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.job("people", "b", workspace="gcp", provider={"provider": "gcp", "project_id": "acme-lake-1"})
    state = lakes.state({"a": {}})
    assert names(lakes.drift(state, asked=Asked(cloud="aws"))) == ["a"]
    with pytest.raises(UsageError, match="nothing to compare"):
        lakes.drift(state, asked=Asked(cloud="gcp"))


def test_states_without_a_resource_of_the_jobs_are_no_agreement(lakes: Lakes) -> None:
    lakes.job("orders")
    with pytest.raises(UsageError, match="the states have no resource of these jobs"):
        lakes.drift(lakes.state({}, {"a": "b"}))


def test_a_style_is_suggested_only_if_it_explains_most(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    assert lakes.drift(lakes.state({"a": {"cost_center": "D-1", "tenant_id": "acme"}})).better == (("aws", "snake"),)
    assert lakes.drift(lakes.state({"a": {"cost_center": "D-1"}})).better == ()
    assert lakes.drift(lakes.state({"a": {"cost_center": "D-1"}}), asked=Asked(style="camel")).better == ()
    assert not lakes.drift(
        lakes.state({"a": {"cost_center": "D-1", "tenant_id": "acme", "environment": "prod"}}),
        asked=Asked(style="snake"),
    ).drifted


def test_where_the_lock_stands_in_for_states_tables_are_compared_alone(lakes: Lakes) -> None:
    lakes.job("orders", "a")
    lakes.write("p.json", '{"dativo.job": "orders"}')
    asked = Asked(tables=Tables(read_properties(lakes.folder / "p.json")))
    found = lakes.drift(asked=asked, locked=True)
    assert names(found) == ["acme_iceberg_prod.orders"]
    assert ("acme_iceberg_prod.orders", "tags.cost_center", "D-1", None) in differing(found)


def test_properties_say_themselves_which_of_many_jobs_wrote_them(lakes: Lakes) -> None:
    for name in ("a", "b", "c", "d"):
        lakes.job(name, name)
    lakes.write("p.json", '{"dativo.job": "c"}')
    asked = Asked(tables=Tables(read_properties(lakes.folder / "p.json")))
    assert names(lakes.drift(asked=asked, locked=True)) == ["acme_iceberg_prod.c"]
    lakes.write("p.json", '{"dativo.job": "e"}')
    with pytest.raises(UsageError, match="of the job `e`, which is not among these"):
        lakes.drift(asked=replace(asked, tables=Tables(read_properties(lakes.folder / "p.json"))), locked=True)
    lakes.write("p.json", "{}")
    with pytest.raises(UsageError, match="of one table, and the jobs write 4 tables"):
        lakes.drift(asked=replace(asked, tables=Tables(read_properties(lakes.folder / "p.json"))), locked=True)
