"""Demands whose tenant or environment no job has, but for a slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dativo_compile.model.project import Project
from dativo_compile.rules.project.tag_demand_idle import tag_demand_idle
from dativo_compile.tags.demands import tag_demands
from tests.rules.placed import claim, underlined
from tests.tags.made import document

CLAIMS = [
    replace(claim("a"), tenant="acme", environment="prod"),
    replace(claim("b", text=None), tenant="globex", environment="dev"),
    replace(claim("c"), tenant="eu-west", environment=""),
]


def found(entry: str) -> list[tuple[str, str]]:
    """What is underlined, and the help."""
    text = f"tags:\n  for:\n    - {{{entry}, required: [owner]}}\n"
    project = document(text, "project", "dativo.yaml")
    made = Project(Path(), project, tags=tag_demands(project, []))
    return [(underlined(text, each), each.help) for each in tag_demand_idle(CLAIMS, made)]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("tenant: globexx", [("globexx", "did you mean `globex`?")]),
        ("tenant: [acme, glbex]", [("glbex", "did you mean `globex`?")]),
        ("tenant: ACME", [("ACME", "did you mean `acme`?")]),
        ("environment: prd", [("prd", "did you mean `prod`?")]),
        ("environment: [dve, prod]", [("dve", "did you mean `dev`?")]),
        ("tenant: Acme, environment: Prod", [("Acme", "did you mean `acme`?"), ("Prod", "did you mean `prod`?")]),
        ("tenant: globex, environment: dev", []),
        ("tenant: initech", []),
        ("tenant: eu-east", []),
        ("tenant: globex2", [("globex2", "did you mean `globex`?")]),
        ("environment: staging", []),
        ("environment: production", []),
    ],
)
def test_names_that_no_job_has(entry: str, said: list[tuple[str, str]]) -> None:
    assert found(entry) == said


def test_nothing_is_said_without_jobs_or_without_demands() -> None:
    made = tag_demands(document("tags: {for: [{tenant: a, required: [b]}]}\n", "project"), [])
    assert list(tag_demand_idle([], Project(Path(), tags=made))) == []
    assert list(tag_demand_idle(CLAIMS, Project(Path()))) == []
