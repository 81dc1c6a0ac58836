"""Codes about the severities and opt-outs that a project asks for."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

SEVERITY_GUARDED = Code(
    "DC1901",
    "severity-guarded",
    "error",
    "the severity of `{name}` cannot be changed",
    """
`severity` in `dativo.yaml` sets how much a diagnostic weighs: `error`, `warning` or `off`. Some errors
cannot be set: without them a manifest could be wrong or show a secret, and nobody would know. The page
of such a code says that it is guarded.

Remove the line, and mend what the diagnostic names.
""",
    guarded=True,
)
SEVERITY_UNKNOWN = Code(
    "DC1902",
    "severity-of-unknown-code",
    "error",
    "there is no diagnostic `{name}`",
    """
A key below `severity` in `dativo.yaml` is no code of this compiler. The line would do nothing: a
misspelt code is the commonest cause, and a rule that was meant to be switched off is still on.

`dativo explain` lists every code.
""",
)
IGNORE_UNUSED = Code(
    "DC1903",
    "ignore-unused",
    "warning",
    "`{name}` is ignored here, but there is nothing to ignore",
    """
A comment such as `# dativo: ignore[DC6004] reason` takes back one warning on its own line. This one takes
back nothing: the warning is gone, stands on another line, or is an error, and errors are never ignored.

An opt-out that outlives its reason hides the next warning on that line. Remove it, or move it to the end
of the line that the warning names.
""",
)

CODES = (SEVERITY_GUARDED, SEVERITY_UNKNOWN, IGNORE_UNUSED)
