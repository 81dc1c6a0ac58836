"""From the validator's findings to faults: one cause, one fault, at the smallest place."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.diagnostics.codes import parse as codes
from dativo_compile.diagnostics.near import asked, closest, nearest
from dativo_compile.validation.fault import Fault, Path
from dativo_compile.validation.homes import homes_of
from dativo_compile.validation.load import schema_at, validator_of
from dativo_compile.validation.words import brief, dotted, either, kind_of, looks_secret, types

IN_QUOTES = "put it in quotes"
MOST_LISTED = 12  # keys
MOST_COMPARED = 200  # unknown keys of one mapping; for more, none is compared with the known ones
NO_REFERENCE = ["$defs", "reference", "not"]  # where only a compiled job has an object
SELECTIONS = ("files", "tables", "objects", "sheets")
LIMITS = {
    "minimum": "at least {limit}",
    "exclusiveMinimum": "more than {limit}",
    "maximum": "at most {limit}",
    "exclusiveMaximum": "less than {limit}",
}
COUNTS = {
    "minItems": "at least {limit}", "minLength": "at least {limit}", "minProperties": "at least {limit}",
    "maxItems": "at most {limit}", "maxLength": "at most {limit}", "maxProperties": "at most {limit}",
}  # fmt: skip


def faults_of(kind: str, value: Any) -> tuple[Fault, ...]:
    """Everything wrong with a value, in the order of the schema; empty, and quick, for a good one.

    `kind` is that of a file: "job" for one whose references are objects already, `WRITTEN` for one
    as its author writes it.
    """
    validator = validator_of(kind)
    if validator.is_valid(value):
        return ()
    found: dict[tuple[Path, str, str], Fault] = {}
    for error in validator.iter_errors(value):
        for fault in _faults(kind, error, value):
            found.setdefault((fault.path, fault.code.id, fault.fields.get("keys", "")), fault)
    return _without_consequences(list(found.values()))


def _faults(kind: str, error: Any, root: Any, expected: str = "") -> list[Fault]:
    name = error.kind.name
    path: Path = tuple(error.instance_path)
    schema = schema_at(kind, error.schema_path[:-1])
    expected = (schema.get("x-expected", "") if isinstance(schema, dict) else "") or expected
    if name in ("anyOf", "oneOf"):
        return _branch(kind, error, root, path, expected)
    if name == "additionalProperties":
        return _unknown_keys(kind, path, error, schema)
    if name == "required":
        return [_missing(path, error.kind.property, schema)]
    if name == "type":
        return [_wrong_type(path, error, schema, expected)]
    if name == "enum":
        return [_not_allowed(path, error)]
    if name == "not" and "x-fault" in schema:
        return [_excluded(path, schema["x-fault"], _at(root, path))]
    if name in LIMITS or name in COUNTS:
        return [_out_of_range(path, name, schema, expected)]
    fields = {"path": dotted(path), "expected": expected or _pattern(name, schema)}
    return [Fault(path, codes.VALUE_MALFORMED, fields, help=_example(path, error.instance, schema))]


def _branch(kind: str, error: Any, root: Any, path: Path, expected: str) -> list[Fault]:
    """Of several shapes the one that was meant: that whose type fits, else the one that fits deepest."""
    branches = [b for b in getattr(error.kind, "context", ()) if b]
    if branches and all(len(b) == 1 and _is(b[0], "required", path) for b in branches):
        keys = [f"`{b[0].kind.property}`" for b in branches]
        fields = {"keys": f"one of {', '.join(keys)}", "where": _where(path)}
        return [Fault(path, codes.KEY_MISSING, fields, help="add one of them")]
    fitting = [b for b in branches if not any(_is(e, "type", path) or e.schema_path == NO_REFERENCE for e in b)]
    if fitting:
        best = max(fitting, key=lambda b: (max(len(e.instance_path) for e in b), -len(b)))
        return [fault for inner in best for fault in _faults(kind, inner, root, expected)]
    expected = expected or types(t for b in branches for e in b if e.kind.name == "type" for t in e.kind.types)
    return [_mistyped(path, expected or "something else", error.instance)]


def _is(error: Any, name: str, path: Path) -> bool:
    return error.kind.name == name and tuple(error.instance_path) == path


def _where(path: Path) -> str:
    return f" in `{dotted(path)}`" if path else ""


def _unknown_keys(kind: str, path: Path, error: Any, schema: dict[str, Any]) -> list[Fault]:
    keys, there = error.kind.unexpected, error.instance
    return [_unknown(kind, path, key, schema, there, len(keys) <= MOST_COMPARED) for key in keys]


def _unknown(kind: str, path: Path, key: str, schema: dict[str, Any], there: dict[str, Any], compared: bool) -> Fault:
    known = list(schema.get("properties", {}))
    meant = nearest(key, known) if compared else ""
    home = "" if meant or "x-keys" in schema else _home(kind, key)
    help = asked(meant) or schema.get("x-keys", "") or home
    notes: tuple[str, ...] = ()
    if not help:
        if "^x-" in schema.get("patternProperties", {}):
            help = "remove it; keys of your own start with `x-`"
        elif 0 < len(known) <= MOST_LISTED:
            notes = (f"known here: {', '.join(f'`{name}`' for name in known)}",)
    fields = {"key": brief(key), "where": _where(path)}
    instead = (key, meant) if meant not in there else None  # both: the other key may be the one that is wrong
    return Fault((*path, key), codes.KEY_UNKNOWN, fields, notes, help, True, meant, bool(home), instead)


def _home(kind: str, key: str) -> str:
    homes = [f"in `{dotted(home)}`" if home else "at the top level" for home in homes_of(kind, key)]
    return f"`{key}` belongs {either(homes)}" if homes else ""


def _missing(path: Path, key: str, schema: Any) -> Fault:
    part = schema.get("properties", {}).get(key, {})
    example = next((e for e in (*part.get("examples", ()), *part.get("enum", ())) if isinstance(e, str)), "")
    help = f"add it, for example `{key}: {example}`" if example else f"add `{key}: ...`"
    fields = {"keys": f"`{key}`", "where": _where(path)}
    return Fault(path, codes.KEY_MISSING, fields, help=help, at_key=True)


def _wrong_type(path: Path, error: Any, schema: dict[str, Any], expected: str) -> Fault:
    value = error.instance
    if schema.get("x-fault") == "account" and isinstance(value, int | float) and not isinstance(value, bool):
        help = "write its 12 digits in quotes"
        return Fault(path, codes.ACCOUNT_UNQUOTED, {"path": dotted(path)}, help=help, quotes="[0-9]{12}")
    return _mistyped(path, expected or types(error.kind.types), value)


def _mistyped(path: Path, expected: str, value: Any) -> Fault:
    if expected.startswith(("text of ", "text without ")):
        expected = "text"  # its form is another fault
    fields = {"path": dotted(path), "expected": expected, "found": kind_of(value)}
    cure = _cure(expected, value)
    return Fault(
        path, codes.TYPE_WRONG, fields, help=cure, at_key=value is None, quotes=".+" if cure == IN_QUOTES else ""
    )


def _cure(expected: str, value: Any) -> str:
    if value is None:
        return "give it a value"
    if expected.startswith("text") and isinstance(value, bool | int | float):
        return IN_QUOTES  # without the value: `1.10` and `012` have lost a zero by now
    if expected == "a list":
        return "a list has a line with `- ` for each element"
    return "a mapping has a line `key: value` for each key" if expected == "a mapping" else ""


def _not_allowed(path: Path, error: Any) -> Fault:
    options = [str(option) for option in error.kind.options if option is not None]
    value = error.instance
    shown = f"`{brief(value)}`" if isinstance(value, str) and value and not looks_secret(path) else kind_of(value)
    near = nearest(value, options) if isinstance(value, str) else ""
    fields = {"path": dotted(path), "expected": either([f"`{o}`" for o in options]), "found": shown}
    return Fault(path, codes.VALUE_NOT_ALLOWED, fields, help=asked(near), instead=(str(value), near))


def _at(value: Any, path: Path) -> Any:
    """The value itself: the validator's copy of a mapping has lost the order of its keys."""
    for step in path:
        value = value[step]
    return value


def _excluded(path: Path, reason: str, value: Any) -> Fault:
    if reason == "path":
        return _not_portable(path, str(value))
    given = [key for key in value if key in SELECTIONS and value[key] is not None]
    names = [f"`{key}`" for key in given]
    fields = {"where": dotted(path), "given": f"{', '.join(names[:-1])} and {names[-1]}"}
    help = "keep one of them; a job writes one table"
    return Fault((*path, given[1]), codes.SELECTIONS, fields, help=help, at_key=True)


def _not_portable(path: Path, text: str) -> Fault:
    fields = {"path": dotted(path), "what": "a URL" if "://" in text else "a path with backslashes"}
    if "://" in text:
        return Fault(path, codes.PATH_NOT_PORTABLE, fields, help="give the path of a file in the project")
    portable = text.replace("\\", "/")
    help = f"write `{brief(portable)}`"
    return Fault(path, codes.PATH_NOT_PORTABLE, fields, help=help, instead=(text, portable))


def _out_of_range(path: Path, name: str, schema: dict[str, Any], expected: str) -> Fault:
    if name in COUNTS and schema[name] == 1:
        return Fault(path, codes.VALUE_EMPTY, {"path": dotted(path)}, help="give it a value, or leave the key out")
    limit = {**LIMITS, **COUNTS}[name].format(limit=schema[name])
    return Fault(path, codes.OUT_OF_RANGE, {"path": dotted(path), "expected": expected or limit})


def _example(path: Path, value: Any, schema: Any) -> str:
    """The value with what does not belong in a name taken out, if that would do; never done for the user."""
    pattern = schema.get("pattern") if isinstance(schema, dict) else None
    if not pattern or not isinstance(value, str) or looks_secret(path):
        return ""
    name = re.sub(r"[^A-Za-z0-9_-]+", "_", value).strip("_-")
    return f"for example `{name}`" if name and re.search(pattern, name) else ""


def _pattern(name: str, schema: Any) -> str:
    pattern = schema.get("pattern") if isinstance(schema, dict) else None
    return f"of the form `{pattern}`" if pattern else f"something else ({name})"


def _without_consequences(faults: list[Fault]) -> tuple[Fault, ...]:
    """A key that is missing because it was misspelt is one fault: the misspelling."""
    unknown: dict[Path, list[str]] = {}
    for fault in faults:
        if fault.code is codes.KEY_UNKNOWN:
            unknown.setdefault(fault.path[:-1], []).append(str(fault.path[-1]))
    unknown = {path: keys for path, keys in unknown.items() if len(keys) <= MOST_COMPARED}
    return tuple(
        fault
        for fault in faults
        if fault.code is not codes.KEY_MISSING
        or not any(
            f"`{near}`" in fault.fields["keys"] for key in unknown.get(fault.path, ()) for near in _near(key, fault)
        )
    )


def _near(key: str, fault: Fault) -> tuple[str, ...]:
    return closest(key, [name.strip("`") for name in fault.fields["keys"].removeprefix("one of ").split(", ")])
