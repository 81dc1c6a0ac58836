"""Answers of the commands of review that their schemas must take, and some that they must refuse."""

from __future__ import annotations

from typing import Any

from tests.validation.documents import DIFF, LINE

AFFECTED: dict[str, Any] = {
    "affected_version": 1, "since": "main", "commit": "0" * 40, "all": 2,
    "jobs": [{
        "job": "acme/a", "how": "renamed", "file": "jobs/acme/a.yaml", "compiles": True, "was": "b",
        "was_file": "jobs/b.yaml", "through": [{"role": "lock", "file": "dativo.lock.json", "outputs": ["bucket"]}],
    }],
}  # fmt: skip
CHECK: dict[str, Any] = {
    "check_version": 1, "verdict": "out of date",
    "files": {"new": [], "changed": ["build/a.json"], "removed": []},
    "moves": [{"state": "m:w", "output": "bucket", "change": "changed", "old": "a", "new": {"b": 1}}],
    "diagnostics": [LINE], "diff": DIFF,
}  # fmt: skip

GOOD: dict[str, list[Any]] = {
    "check": [CHECK, {**CHECK, "verdict": "errors", "diff": None, "moves": []}],
    "affected": [AFFECTED, {**AFFECTED, "jobs": []}],
}
BAD: dict[str, list[Any]] = {
    "check": [
        {}, {**CHECK, "check_version": 2}, {**CHECK, "verdict": "fine"}, {**CHECK, "extra": 1}, {**CHECK, "diff": {}},
        {**CHECK, "files": {"new": []}}, {**CHECK, "moves": [{"state": "m:w"}]},
    ],
    "affected": [
        {}, {**AFFECTED, "since": ""}, {**AFFECTED, "commit": "main"}, {**AFFECTED, "all": -1},
        {**AFFECTED, "jobs": [{**AFFECTED["jobs"][0], "how": "moved"}]},
        {**AFFECTED, "jobs": [{**AFFECTED["jobs"][0], "through": []}]},
    ],
}  # fmt: skip
