"""Values of tags that a project does not allow, or that do not look as it wants: what nobody groups by is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.diagnostics.near import asked, closest
from dativo_compile.model.job import LinkedJob, TaggedJob
from dativo_compile.model.project import Project
from dativo_compile.model.secrecy import secret_keys, shown, without_secrets
from dativo_compile.model.tag_demands import Check
from dativo_compile.rules.tags.origins import demanded_at, document_of, key_shown, listed, value_place
from dativo_compile.tags.demands import demanded, unfit
from dativo_compile.yaml.fixes import swapped

TAG_VALUE_NOT_ALLOWED = Code(
    "DC6011",
    "tag-value-not-allowed",
    "error",
    "{what}, which this project does not allow",
    """\
`tags.allowed` in `dativo.yaml` lists the values that a tag may have: for all jobs, or below `tags.for` for
those of some tenants or environments. Bills and audits are grouped by them, and `production` beside `prod`
makes two groups of one. Of a list such as `compliance`, every element must be allowed.

Write one of the allowed values. If the value is right, add it to the list.""",
)
TAG_PATTERN_UNMET = Code(
    "DC6012",
    "tag-pattern-unmet",
    "error",
    "{what}, which {lack}",
    """\
`tags.patterns` in `dativo.yaml` says what the value of a tag must look like: `email`, or a regular expression
that the whole value must match. Of a list, every element must. A tag that does not look as agreed is not
found by whoever looks for it: an owner who is no address gets no mail.

Correct the value, or the pattern if the value is right.""",
)
BILL = "infrastructure."


def tag_value_refused(tagged: TaggedJob, project: Project) -> Iterator[Diagnostic]:
    """The effective tag, and what level 1 says of it too: that one is on the bill of the cloud, overridden or not."""
    linked = tagged.placed.linked
    for check in demanded(project.tags, linked.tenant, linked.environment).checks:
        text = tagged.tags.get(check.key)
        if text is not None and (part := unfit(check, text)) is not None:
            yield _finding(check, part, linked, tagged.tag_origins[check.key], project)
        written = tagged.properties.get(BILL + check.key)
        if written is not None and written != text and (part := unfit(check, written)) is not None:
            origin = tagged.property_origins[BILL + check.key]
            yield _finding(check, part, linked, origin, project, ("the bill of the cloud shows it, overridden or not",))


def _finding(
    check: Check, part: str, linked: LinkedJob, origin: Any, project: Project, notes: tuple[str, ...] = ()
) -> Diagnostic:
    what = f"the tag `{check.key}` is " + (shown(without_secrets(part, check.key), check.key) if part else "empty")
    place = value_place(linked, origin, part)
    if check.pattern is None:
        near = _near(part, check.allowed)
        help = asked(near) or f"write {_choice(check.allowed)}"
        fix = None if secret_keys[check.key] else swapped(document_of(linked, origin).file, place, part, near)
        if near and len(check.allowed) > 1:
            notes = (*notes, f"allowed are {listed([key_shown(value) for value in check.allowed[:12]])}")
        related = demanded_at(project, check.path, "allowed here")
        return diagnose(TAG_VALUE_NOT_ALLOWED, place, notes=notes, help=help, related=related, fix=fix, what=what)
    lack = f"is not {check.said}" if check.said else f"does not match `{key_shown(check.pattern.pattern)}`"
    help = (
        f"write {check.said}, such as `data-team@acme.example`"
        if check.said
        else "the whole value must match; of a list, each element"
    )
    related = demanded_at(project, check.path, "demanded here")
    return diagnose(TAG_PATTERN_UNMET, place, notes=notes, help=help, related=related, what=what, lack=lack)


def _near(part: str, allowed: tuple[str, ...]) -> str:
    """Also where one is the other cut short: `production` for `prod`."""
    near = closest(part, allowed)
    if near:
        return near[0]
    small = part.lower()
    cut = (
        value
        for value in allowed
        if value and small and (small.startswith(value.lower()) or value.lower().startswith(small))
    )
    return next(cut, "")


def _choice(allowed: tuple[str, ...]) -> str:
    names = [f"`{key_shown(value)}`" for value in allowed[:12]]
    if len(allowed) > 12:
        return f"one of {', '.join(names)}, ..."
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
