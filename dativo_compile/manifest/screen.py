"""The last look at every leaf of a manifest: references are listed, secrets are caught."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dativo_compile.linking.references import references_in
from dativo_compile.model.output import Sensitive
from dativo_compile.model.secrecy import secret_keys


@dataclass(slots=True)
class Screened:
    """Dotted paths: of literals below secret keys, of sensitive values, and of references by their text."""

    literals: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    references: dict[str, list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)


def screen(value: Any, path: str, seen: Screened) -> None:
    if type(value) is dict:
        if "$ref" in value or "$concat" in value:
            for part in references_in(value):
                seen.references.setdefault(part["$ref"], []).append((path, part))
            return
        for key, inner in value.items():
            kind = type(inner)
            if kind is dict or kind is list:
                screen(inner, f"{path}.{key}" if path else key, seen)
            elif kind is Sensitive:
                seen.leaks.append(f"{path}.{key}")
            elif secret_keys[key] and inner is not None and kind is not bool and inner != "":
                seen.literals.append(f"{path}.{key}" if path else key)
    elif type(value) is list:
        for index, inner in enumerate(value):
            kind = type(inner)
            if kind is dict or kind is list:
                screen(inner, f"{path}[{index}]", seen)
            elif kind is Sensitive:
                seen.leaks.append(f"{path}[{index}]")
            elif secret_keys[path.rsplit(".", 1)[-1]] and kind is str and inner:
                seen.literals.append(f"{path}[{index}]")
    elif type(value) is Sensitive:
        seen.leaks.append(path)


# A class such as `pii` under the name of a column is no secret, whatever the column is called.
CLASSES = ("classification.fields.", "tags.classification.fields.")


def screen_texts(texts: dict[str, str], path: str, seen: Screened) -> None:
    """Tags and table properties: flat, and values are text."""
    for key, inner in texts.items():
        if type(inner) is not str:
            seen.leaks.append(f"{path}.{key}")
        elif secret_keys[key] and inner and not key.startswith(CLASSES):
            seen.literals.append(f"{path}.{key}")


def listed(seen: Screened) -> list[dict[str, Any]]:
    """The manifest's `references`, by their text; optional only if every use is."""
    out = []
    for ref in sorted(seen.references):
        uses = seen.references[ref]
        entry: dict[str, Any] = {"ref": ref, "paths": sorted({path for path, _ in uses})}
        if all(part.get("optional") or "default" in part for _, part in uses):
            entry["optional"] = True
        out.append(entry)
    return out
