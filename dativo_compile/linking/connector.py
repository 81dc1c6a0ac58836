"""What a connector recipe gives a job before the job speaks."""

from __future__ import annotations

from typing import Any

from dativo_compile.diagnostics.codes.link import REFERENCE_MISPLACED, SECRET_DEFAULT
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.linking.catalog import IDENTITY_KEYS, as_mapping
from dativo_compile.linking.credentials import typed_credentials
from dativo_compile.linking.references import references_in, rewrite, secret_like, typed_text
from dativo_compile.linking.templates import filled_tree
from dativo_compile.model.job import Connector
from dativo_compile.model.source import Document
from dativo_compile.validation.words import dotted
from dativo_compile.yaml.spans import place_of

NOT_DEFAULTS = frozenset({"name", "type", "roles", "description", "credentials", "connection_template"})
RENAMED = {"default_engine": "engine", "partitioning_default": "partitioning"}
FILE_TEMPLATE = ("credentials", "file_template")
TARGET_REFERENCES = frozenset({"connection_template", "credentials", "catalog", "warehouse"})


def typed(document: Document, role: str, found: list[Diagnostic]) -> Document:
    """The recipe with its placeholders typed; those of `connection_template` without a default are optional."""
    if b"$" not in document.file.data:
        return document

    def visit(path: tuple[str | int, ...], text: str) -> Any:
        value = typed_text(text, optional=path[0] == "connection_template")
        if type(value) is not str:
            if not _may_hold_reference(path, role):
                found.append(_misplaced(document, path))
                return text
            found.extend(default_warnings(document, path, value))
        return value

    value, marks = rewrite(document.value, document.marks, visit)
    return Document(document.file, document.role, value, marks)


def _may_hold_reference(path: tuple[str | int, ...], role: str) -> bool:
    """As in a job: anywhere in a source, and in a target not where it would decide the table."""
    if path[-2:] == FILE_TEMPLATE or path[0] in ("name", "type", "roles"):
        return False
    if role == "source":
        return True
    if path[0] == "catalog":
        return len(path) > 1 and path[1] not in IDENTITY_KEYS
    return path[0] in TARGET_REFERENCES


def default_warnings(document: Document, path: tuple[str | int, ...], value: Any) -> list[Diagnostic]:
    """A default beside a name like password is a secret in git."""
    out = []
    for part in references_in(value):
        name = part["$ref"].removeprefix("env:")
        if part.get("default") and (secret_like(name) or secret_like(str(path[-1]))):
            place = place_of(document, path)
            out.append(
                diagnose(SECRET_DEFAULT, place, name=name, help=f"write `${{{name}}}` and set the variable at run time")
            )
    return out


def _misplaced(document: Document, path: tuple[str | int, ...]) -> Diagnostic:
    return diagnose(REFERENCE_MISPLACED, place_of(document, path), path=dotted(path), help="write the value itself")


def defaults(document: Document, role: str, tenant: str, environment: str | None) -> Connector:
    """`document` is already typed. Raises `EnvironmentNeeded` for a template that the job cannot fill in."""
    recipe, marks = document.value, document.marks
    value: dict[str, Any] = {"connector": recipe["name"], "type": recipe["type"]}
    origins: dict[str, Any] = {"connector": marks["name"], "type": marks["type"]}
    for key, inner in recipe.items():
        if key in NOT_DEFAULTS or inner is None or key.startswith("x-"):
            continue
        if role == "target" and key == "incremental":
            continue
        name = RENAMED.get(key, key)
        value[name], origins[name] = inner, marks[key]
        if key.endswith("_template"):
            value[name] = filled_tree(inner, tenant, environment)
    if recipe.get("connection_template"):
        value["connection"] = filled_tree(recipe["connection_template"], tenant, environment)
        origins["connection"] = marks["connection_template"]
    if type(recipe.get("credentials")) is dict and recipe["credentials"]:
        value["credentials"], origins["credentials"] = typed_credentials(
            recipe["credentials"], marks["credentials"], tenant, environment
        )
    if role == "target":
        as_mapping(value, origins)
    return Connector(document, recipe["name"], recipe["type"], value, origins)
