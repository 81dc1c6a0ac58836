"""The plans that a caller names, each read once: the texts of `--tf-plan`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.linking.at_hand import EVERY
from dativo_compile.model.place import Place
from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.backends.locations import is_url
from dativo_compile.terraform.contents import contents
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.given import STDIN, Key, display, given
from dativo_compile.terraform.plans.plan import Plan
from dativo_compile.terraform.plans.reading import read_plan

OPTION = "--tf-plan"


def read_plans(texts: Iterable[str], stdin: bytes, root: Path, found: list[Diagnostic]) -> dict[str, Plan]:
    """By `[MODULE:]WORKSPACE`, or by empty text for all jobs; what is no plan is reported. Raises `UsageError`."""
    asked = given(texts, OPTION, "plan")
    files = {_text(key): file for key, file in asked.by_key.items()}
    if asked.bare is not None:
        files[EVERY] = asked.bare
    plans: dict[str, Plan] = {}
    taken: set[str] = set()
    for key, file in files.items():
        name, data = _read(file, stdin, root)
        location = name if name not in taken else f"{name} of {key}"  # the same name in another folder
        taken.add(location)
        try:
            plans[key] = read_plan(data, location)
        except StateFault as fault:
            found.append(fault.at(Place.whole(location)))
    return plans


def _text(key: Key) -> str:
    return f"{key.module}:{key.workspace}" if key.module else key.workspace


def _read(file: str, stdin: bytes, root: Path) -> tuple[str, bytes]:
    """Its name for people, and its bytes."""
    if file == STDIN:
        return "standard input", stdin
    if is_url(file):
        raise UsageError(f"`{file}` is no file", f"fetch the plan first, and give `{OPTION}` the file")
    try:
        return display(Path(file).absolute(), root), contents(file)
    except OSError as error:
        reason = (error.strerror or "input/output error").lower()
        raise UsageError(f"the plan `{file}` cannot be read: {reason}", "mend the file or its permissions") from None
