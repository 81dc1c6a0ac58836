"""Previews of plans as `dativo plan --format json` prints them, and as it never does."""

from __future__ import annotations

from typing import Any

MOVED: dict[str, Any] = {
    "plan": "plan.json", "output": "bucket", "change": "changed", "old": "acme-lake", "new": ["(known after apply)"],
    "jobs": ["acme/orders"],
}  # fmt: skip
REACH: dict[str, Any] = {
    "plan": "plan.json", "output": "bucket", "shown_as": "(known after apply)",
    "fields": [{"path": "target.location", "jobs": ["acme/orders"]}],
}  # fmt: skip
PLAN: dict[str, Any] = {
    "plan_version": 1, "plans": [{"file": "plan.json", "complete": True}], "outputs": [MOVED], "unknown": [REACH],
    "not_compared": [], "diagnostics": [], "diff": None,
}  # fmt: skip
GOOD: list[Any] = [
    PLAN,
    {**PLAN, "outputs": [{**MOVED, "old": None, "new": None, "hidden": True, "secrets": ["dativo/acme/prod/bucket"]}]},
    {**PLAN, "plans": [], "outputs": [], "unknown": [], "not_compared": ["acme/leads"], "diagnostics": [{}]},
]
BAD: list[Any] = [
    {}, [], None, {**PLAN, "plan_version": 2}, {**PLAN, "extra": 1}, {**PLAN, "diff": []},
    {**PLAN, "plans": [{"file": "plan.json"}]}, {**PLAN, "outputs": [{**MOVED, "change": "moved"}]},
    {**PLAN, "outputs": [{**MOVED, "hidden": False}]}, {**PLAN, "unknown": [{**REACH, "shown_as": "unknown"}]},
    {**PLAN, "unknown": [{**REACH, "fields": [{"path": 1, "jobs": []}]}]}, {**PLAN, "not_compared": [1]},
]  # fmt: skip
