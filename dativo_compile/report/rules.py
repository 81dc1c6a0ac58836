"""The list of all codes with what they weigh, for a screen, a program or a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from dativo_compile.diagnostics.steps import step_of
from dativo_compile.report.paint import Paint
from dativo_compile.report.sarif_rules import summary
from dativo_compile.review.rules import Rule


def render(rules: Sequence[Rule], paint: Paint) -> str:
    """A heading for each step of the compiler, a line for each code."""
    names = max((len(rule.code.name) for rule in rules), default=0)
    weights = max((len(_weight(rule)) for rule in rules), default=0)
    parts = []
    for step, group in _by_step(rules):
        lines = [paint("bold", step)]
        for rule in group:
            weight = _weight(rule).ljust(weights)
            shown = paint(rule.severity, weight) if rule.severity != "off" else weight
            lines.append(f"  {rule.code.id}  {shown}  {rule.code.name.ljust(names)}  {rule.code.source}".rstrip())
        parts.append("".join(line + "\n" for line in lines))
    return "\n".join(parts)


def render_json(rules: Iterable[Rule]) -> str:
    """One object a line; `source` is null for a rule of our own."""
    return "".join(json.dumps(_shape(rule), ensure_ascii=False) + "\n" for rule in rules)


def render_markdown(rules: Sequence[Rule], *, linked: bool = False) -> str:
    """A table for each step; with `linked`, ids lead to the pages beside this one."""
    parts = []
    for step, group in _by_step(rules):
        rows = ["| Code | Name | Severity | Source |", "|---|---|---|---|"]
        parts.append(f"## {step}\n\n" + "\n".join([*rows, *(_row(rule, linked) for rule in group)]) + "\n")
    return "\n".join(parts)


def _by_step(rules: Sequence[Rule]) -> Iterator[tuple[str, Iterator[Rule]]]:
    return groupby(rules, key=lambda rule: step_of(rule.code))


def _weight(rule: Rule) -> str:
    """`error`, `error, guarded`, or for another one in the project `error -> off`."""
    if rule.code.guarded:
        return f"{rule.code.severity}, guarded"
    return rule.severity if rule.severity == rule.code.severity else f"{rule.code.severity} -> {rule.severity}"


def _shape(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code.id,
        "name": rule.code.name,
        "step": step_of(rule.code),
        "severity": rule.severity,
        "default": rule.code.severity,
        "guarded": rule.code.guarded,
        "summary": summary(rule.code),
        "source": rule.code.source or None,
    }


def _row(rule: Rule, linked: bool) -> str:
    code = rule.code
    name = f"[{code.id}]({code.id}.md)" if linked else code.id
    source = f"[{urlsplit(code.source).netloc}]({code.source})" if code.source else ""
    return f"| {name} | {code.name} | {_weight(rule)} | {source} |".replace("|  |", "| |")
