"""The parts that every remote backend stands on: retries, limits, redaction, addresses, HCL blocks, a glance ahead."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.linking.ahead import Wanted, wanted
from dativo_compile.linking.fetches import Fetches
from dativo_compile.model.project import Project
from dativo_compile.model.source import SourceFile
from dativo_compile.terraform.backends.locations import Location, is_url, location, plain_host
from dativo_compile.terraform.backends.redacted import address, redacted
from dativo_compile.terraform.backends.transfer import Limits, fetched, gathered, refused, retrying, unreachable
from dativo_compile.terraform.declared import written
from dativo_compile.terraform.fault import StateFault


def test_what_passes_is_tried_four_times() -> None:
    calls: list[float] = []

    def call() -> bytes:
        calls.append(time.monotonic())
        raise refused(503, retry_after="0")

    with pytest.raises(StateFault, match="state-unreachable") as caught:
        retrying(call)
    assert len(calls) == 4
    assert 1.9 < calls[-1] - calls[0] < 4
    assert caught.value.__context__ is None


def test_what_stays_is_not_tried_again() -> None:
    calls: list[int] = []

    def call() -> bytes:
        calls.append(1)
        raise refused(403)

    with pytest.raises(StateFault, match="state-denied"):
        retrying(call)
    assert len(calls) == 1


def test_a_call_that_never_ends_is_left_behind() -> None:
    start = time.monotonic()
    with pytest.raises(StateFault, match="state-too-slow"):
        fetched(Limits(total=0.2), lambda: time.sleep(5))
    assert time.monotonic() - start < 2


def test_retries_stay_within_the_whole() -> None:
    def call() -> bytes:
        raise unreachable("the connection failed")

    start = time.monotonic()
    with pytest.raises(StateFault, match="state-unreachable"):
        fetched(Limits(total=0.5), call)
    assert time.monotonic() - start < 0.5


@pytest.mark.parametrize(("announced", "fault"), [(None, "state-too-large"), (99, "state-too-large")])
def test_a_body_is_bounded(announced: int | None, fault: str) -> None:
    with pytest.raises(StateFault, match=fault):
        gathered(iter([b"12345", b"6"]), Limits(largest=5), announced)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://me:pw@host:1/a?sig=abc#x now", "see https://host:1/a now"),
        ("postgres://u:p@h/db?password=x", "postgres://h/db"),
        ("Authorization: Bearer abcdef.ghi", "Authorization: Bearer ***"),
        ("token=abc, x", "token=***, x"),
        ("key AKIAABCDEFGHIJKLMNOP", "key ***"),
    ],
)
def test_what_could_open_something_is_taken_out(text: str, shown: str) -> None:
    assert redacted(text) == shown


def test_an_address_is_shown_without_user_and_query() -> None:
    assert address("https://me:p/w?x@host/a?sig=1#y") == "https://host/a"


@pytest.mark.parametrize(
    ("text", "config", "workspace"),
    [
        ("s3://b/a/k.json", {"type": "s3", "bucket": "b", "key": "a/k.json"}, "default"),
        ("gs://b/a/o", {"type": "gcs", "bucket": "b", "object": "a/o"}, "default"),
        (
            "az://a/c/k/l",
            {"type": "azurerm", "storage_account_name": "a", "container_name": "c", "key": "k/l"},
            "default",
        ),
        ("https://h/x?sig=1", {"type": "http", "address": "https://h/x?sig=1"}, "default"),
        (
            "postgres://u@h:5/db/sch?sslmode=require",
            {"type": "pg", "conn_str": "postgres://u@h:5/db?sslmode=require", "schema_name": "sch"},
            "w",
        ),
    ],
)
def test_locations(text: str, config: dict[str, Any], workspace: str) -> None:
    assert is_url(text)
    assert location(text, "w") == Location(config, workspace)


@pytest.mark.parametrize("text", ["s3://b", "s3:///k", "az://a/c", "https://:1/x", "https://h:99999/", "ftp://h/x",
                                  "postgres://h/db", "https://u:p@h/x", "gs://b/o?X-Goog-Signature=1"])  # fmt: skip
def test_locations_that_name_nothing(text: str) -> None:
    with pytest.raises(StateFault, match="state-location-malformed"):
        location(text, "w")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://localhost:1/x", None), ("http://127.9.9.9/x", None), ("http://[::1]/x", None), ("https://h/x", None),
        ("http://10.0.0.1/x", "10.0.0.1"), ("http://u@states.internal/x", "states.internal"),
    ],
)  # fmt: skip
def test_who_could_listen(url: str, host: str | None) -> None:
    assert plain_host(url) == host


def test_nested_settings_of_a_block(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("""
terraform {
  backend "s3" {
    bucket         = "b"
    use_path_style = true
    endpoints      = { s3 = "http://h" }
    assume_role = {
      role_arn = "r"
    }
  }
}
""")
    assert written(tmp_path) == {
        "type": "s3", "bucket": "b", "use_path_style": True, "endpoints": {"s3": "http://h"},
        "assume_role": {"role_arn": "r"},
    }  # fmt: skip


def test_a_call_is_made_once_and_its_outcome_kept() -> None:
    fetches: Fetches[int] = Fetches()
    calls: list[int] = []

    def call() -> int:
        calls.append(1)
        return 7

    def fail() -> int:
        raise refused(403)

    for _ in range(3):
        fetches.begin("a", call)
        fetches.begin("b", fail)
    assert [fetches.outcome("a"), fetches.outcome("a")] == [7, 7]
    assert len(calls) == 1
    for _ in range(2):
        with pytest.raises(StateFault):
            fetches.outcome("b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("infrastructure:\n  terraform: {workspace: w, backend: {type: s3}, outputs: {a: b}}\nname: x\n",
         [Wanted(".", "w", {"type": "s3"})]),
        ("infrastructure:\n  terraform:\n    module_path: tf\n    outputs: {a: b}\n", [Wanted("tf", "default", None)]),
        ("infrastructure:\n  terraform: {workspace: w}\n# outputs\n", []),
        ("infrastructure: *anchor\n# outputs\n", []),
        ("infrastructure: [\n# outputs\n", []),
        ("outputs: {}\n", []),
    ],
)  # fmt: skip
def test_a_glance_at_a_job_to_come(tmp_path: Path, text: str, found: list[Wanted]) -> None:
    assert list(wanted(Project(tmp_path), SourceFile("jobs/a.yaml", text.encode()))) == found
