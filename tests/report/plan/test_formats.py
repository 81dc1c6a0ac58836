"""A preview on a screen and in a comment: no name of anybody becomes more than text, and nothing grows without end."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from dativo_compile.diagnostics.codes.plan import OUTPUT_REMOVED
from dativo_compile.diagnostics.diagnostic import diagnose
from dativo_compile.model.output import State
from dativo_compile.model.place import Place
from dativo_compile.report.diff.markdown import LIMIT
from dativo_compile.report.paint import Paint
from dativo_compile.report.plan import json as as_json
from dativo_compile.report.plan import markdown, text
from dativo_compile.review.diff.compare import changes
from dativo_compile.review.planned import Field, Moved, Preview, Reach
from dativo_compile.terraform.plans.plan import OutputChange, Plan
from tests.report.diff.test_markdown import PARSER, TEXTS, inline
from tests.review.diff.sides import side

CHANGE = OutputChange("bucket", "changed", None, None)


def preview(
    count: int = 1, name: str = "bucket", old: Any = "acme-lake", new: Any = "acme-lake-eu", **more: Any
) -> Preview:
    """As many outputs, jobs and fields as are asked for."""
    plan = Plan(f"{name}.json", State("plan.json", {}), State("plan.json", {}), (CHANGE,) * count)
    jobs = tuple(f"{name}/{n:05}" for n in range(count))
    before = {job: {"target": {"location": f"s3://{old}/{job}"}} for job in jobs}
    after = {job: {"target": {"location": f"s3://{new}/{job}"}} for job in jobs}
    moved = tuple(Moved(plan.location, f"{name}{n}", "changed", old, new, False, jobs, (name,)) for n in range(count))
    reach = tuple(
        Reach(
            plan.location,
            f"{name}{n}",
            "(known after apply)",
            tuple(Field(f"tags.{name}{k}", jobs) for k in range(count)),
        )
        for n in range(count)
    )
    lost = diagnose(
        OUTPUT_REMOVED, Place.whole(f"{name}.yaml"), name=name, who="1 job needs", notes=(f"needed by {name}",)
    )
    made = {"diagnostics": (lost,) * count, "moved": moved, "unknown": reach, "left": jobs}
    diff = changes(side(name, before), side(f"after {name}", after))
    return replace(Preview((plan,), diff=diff, **made), **more)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_no_name_or_value_becomes_more_than_text(name: str, old: str, new: str) -> None:
    told = markdown.render(preview(2, name, old, new + "."))
    kinds = {token.type for token in inline(told)}
    assert kinds <= {"text", "code_inline", "softbreak", "strong_open", "strong_close"}
    blocks = [token.content for token in PARSER.parse(told) if token.type == "html_block"]
    assert all(block.strip() == markdown.MARK or block.startswith(("<details", "</details>")) for block in blocks)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_screen_has_lines_of_its_own(name: str) -> None:
    assert text.render(preview(1, name), Paint()).count("\n") == text.render(preview(1, "plain"), Paint()).count("\n")


@pytest.mark.parametrize("count", [1, 30, 120])
def test_a_comment_is_never_too_long(count: int) -> None:
    told = markdown.render(preview(count, "n" * 60, "a" * 300, "b" * 300))
    assert len(told) <= LIMIT
    assert told.startswith(f"{markdown.MARK}\n")
    assert told.count(markdown.MARK) == 1
    assert "<!-- dativo diff -->" not in told


def test_a_screen_stays_one() -> None:
    assert text.render(preview(100), Paint()).count("\n") <= 60


def test_programs_get_everything() -> None:
    told = json.loads(as_json.render(preview(40)))
    assert len(told["outputs"]) == len(told["unknown"]) == len(told["diagnostics"]) == len(told["not_compared"]) == 40
    assert len(told["unknown"][0]["fields"]) == 40


@pytest.mark.parametrize(
    ("moved", "line"),
    [
        (Moved("p", "a", "changed", 1, "(known after apply)", False, ("j",)), "~ a: 1 -> (known after apply) (1 job)"),
        (Moved("p", "a", "added", None, ["x"], False, ("j", "k")), '+ a: ["x"] (2 jobs)'),
        (Moved("p", "a", "removed", "x", None, False, ("j",)), "- a: x (1 job)"),
        (Moved("p", "a", "added", None, None, True, ("j",)), "+ a: sensitive (1 job)"),
        (Moved("p", "a", "removed", None, None, True, ("j",)), "- a: sensitive (1 job)"),
        (Moved("p", "a", "changed", None, None, True, ("j",)), "~ a: sensitive, its value changes (1 job)"),
        (Moved("p", "a", "no longer sensitive", None, None, True, ("j",)), "~ a: no longer sensitive (1 job)"),
        (
            Moved("p", "a", "now sensitive", None, None, True, ("j",), ("s/a",)),
            "~ a: sensitive from now on (1 job); the secret store needs its value: s/a",
        ),
        (Moved("p", "a", "changed", None, "x", True, ("j",)), "~ a: a value that is not shown -> x (1 job)"),
    ],
)
def test_an_output_is_told_in_a_line(moved: Moved, line: str) -> None:
    plan = Plan("p", State("p", {}), State("p", {}), (CHANGE,))
    told = Preview((plan,), (), changes(side("a", {}), side("b", {})), (moved,))
    assert text.render(told, Paint()).splitlines()[1] == f"  {line}"
    assert markdown.render(told).count("\n| `a` |") == 1


def test_nothing_is_said_of_what_was_not_compared() -> None:
    told = preview(diff=None)
    assert text.render(told, Paint()) == ""
    assert "nothing was compared" in markdown.render(told)
    assert json.loads(as_json.render(told))["diff"] is None
