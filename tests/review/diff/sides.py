"""Sides of a comparison made of trees at hand, and a consumer of the JSON that has only docs/review.md to go by."""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from typing import Any

import orjson

from dativo_compile.review.diff.model import Manifests
from dativo_compile.sides.blob import blob_id

Trees = dict[str, dict[str, Any]]


def side(name: str, trees: Trees, **more: Any) -> Manifests:
    """Without provenance, unless `more` says otherwise."""
    data = {job_id: json.dumps(tree).encode() for job_id, tree in trees.items()}
    return Manifests(name, {job_id: blob_id(text) for job_id, text in data.items()}, data.__getitem__, **more)


def applied(base: Trees, diff: dict[str, Any]) -> Trees:
    """The manifests of the new side, from those of the base and the JSON of a diff."""
    made = copy.deepcopy(base)
    for job in diff["jobs"]:
        if job["how"] == "removed":
            del made[job["job"]]
        elif "manifest" in job:
            made[job["job"]] = job["manifest"]
        else:
            tree = made.pop(job.get("was", job["job"]))
            made[job["job"]] = _changed(tree, job)
    return made


def _changed(tree: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    for change in job["changes"]:
        if change["how"] == "removed":
            _take(tree, change["path"])
    for change in job["changes"]:
        if change["how"] in ("added", "changed"):
            _give(tree, change["path"], change["new"], change.get("position"))
    for change in job["changes"]:
        if change["how"] == "reordered":
            _sort(_reach(tree, change["path"]), change["new"])
    if job["digest"]["new"]:
        tree["digest"] = job["digest"]["new"]
    return tree


def _find(container: Any, step: Any) -> Any:
    if isinstance(step, str):
        return step
    ((key, name),) = step.items()
    return next(at for at, element in enumerate(container) if element.get(key) == name)


def _take(tree: Any, path: list[Any]) -> None:
    """A mapping goes with the last of its members, a list with the last of its elements; the root stays."""
    parents = [tree]
    for step in path[:-1]:
        parents.append(parents[-1][_find(parents[-1], step)])
    for parent, step in zip(reversed(parents), reversed(path), strict=True):
        del parent[_find(parent, step)]
        if parent:
            return


def _give(tree: Any, path: list[Any], value: Any, position: int | None) -> None:
    for step, after in pairwise(path):
        if isinstance(step, str):
            tree = tree.setdefault(step, {} if isinstance(after, str) else [])
        else:
            tree = tree[_find(tree, step)]
    if position is None:
        tree[_find(tree, path[-1])] = value
    else:
        tree.insert(position, value)


def _reach(tree: Any, path: list[Any]) -> Any:
    for step in path:
        tree = tree[_find(tree, step)]
    return tree


def _sort(elements: list[Any], names: list[str]) -> None:
    elements.sort(
        key=lambda element: min(names.index(v) for v in element.values() if isinstance(v, str) and v in names)
    )


def parsed(rendered: str) -> Any:
    """As Python has it, integers exact."""
    assert orjson.loads(rendered) is not None
    return json.loads(rendered)
