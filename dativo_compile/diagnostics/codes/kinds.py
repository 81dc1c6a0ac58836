"""Codes for a file that is of another kind than where it was found, or named, says."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

KIND_MISTAKEN = Code(
    "DC1212", "kind-mistaken", "error", "this is {found}, where {wanted} is expected",
    """\
Jobs, connectors and assets are told apart by where they are named: what lies below the jobs folder is a job, and a job
names its connectors and its asset by path. This file has the keys of another kind and none of those that its own kind
must have, so every further complaint about it would only repeat this one.

Correct the path that leads here, or move the file out of the jobs folder.""",
    guarded=True,
)  # fmt: skip

CODES = (KIND_MISTAKEN,)
