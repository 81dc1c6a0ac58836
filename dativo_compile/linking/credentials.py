"""`credentials` of a connector or job: where secrets are at run time, as typed references."""

from __future__ import annotations

from typing import Any

from dativo_compile.linking.merge import Tree
from dativo_compile.linking.references import reference
from dativo_compile.linking.templates import filled


def typed_credentials(value: dict[str, Any], marks: dict[str, Any], tenant: str, environment: str | None) -> Tree:
    """`from_env` names a variable (`${NAME}` is a reference already), `file_template` a file with keys in it."""
    out, out_marks = dict(value), dict(marks)
    named = value.get("from_env")
    if type(named) is str:
        out["from_env"] = reference(named)
    template = out.pop("file_template", None)
    mark = out_marks.pop("file_template", None)
    if type(template) is str:
        out["file"] = {"$ref": "file:" + filled(template, tenant, environment)}
        out_marks["file"] = mark
    return out, out_marks
