"""The changes of one job: its leaves that differ, what each means, and which of them only echo another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dativo_compile.review.diff.cause import Causes
from dativo_compile.review.diff.classify import kind_of
from dativo_compile.review.diff.follows import echoes
from dativo_compile.review.diff.kinds import KINDS
from dativo_compile.review.diff.leaves import Leaf, differing, same
from dativo_compile.review.diff.masked import is_secret, told
from dativo_compile.review.diff.model import Change

Tree = dict[str, Any]


def job_changes(causes: Causes, ids: tuple[str, str], old: Tree, new: Tree) -> tuple[Change, ...]:
    """`ids` are the job's on both sides. The digest is a change only if nothing else is."""
    leaves = list(differing(_undigested(old), _undigested(new)))
    if not leaves and old.get("digest") != new.get("digest"):
        leaves = [Leaf(("digest",), "changed", old.get("digest"), new.get("digest"))]
    if not leaves:
        return ()
    was, now = causes.base.entry(ids[0]), causes.new.entry(ids[1])
    moved = _table_moved(was, now)
    sides = causes.told(causes.base, ids[0], old), causes.told(causes.new, ids[1], new)
    changes = []
    for leaf in leaves:
        kind = kind_of(leaf, moved)
        cause, winners = causes.cause(leaf, *sides)
        revealing = is_secret(leaf.new) and type(leaf.old) is not dict  # what is a secret now was none before
        shown = None if revealing else told(leaf.old, leaf.steps), told(leaf.new, leaf.steps)
        hidden = not (same(shown[0], leaf.old) and same(shown[1], leaf.new))
        changes.append(
            Change(
                leaf.steps, leaf.how, *shown, kind, KINDS[kind].rank, leaf.position, hidden,
                cause=cause, winners=winners,
            )
        )  # fmt: skip
    leaders = echoes(changes)
    return tuple(
        replace(change, follows=lead.steps, cause=lead.cause) if (lead := leaders.get(change.steps)) else change
        for change in changes
    )


def _undigested(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if key != "digest"}


def _table_moved(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """By what the index says of either; not, if one of them says nothing."""
    then, here = was.get("identity"), now.get("identity")
    return then is not None and here is not None and then != here
