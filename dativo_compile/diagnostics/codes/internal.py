"""Codes of faults that are ours."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

INTERNAL_ERROR = Code(
    "DC9001",
    "internal-error",
    "error",
    "the compiler failed in {step}: {kind}",
    """
The compiler met something that its authors did not expect. It is a fault of the compiler, whatever
the input was: a mistake in a job or a state has a diagnostic of its own, with a place.

Nothing was written, and `build/` is as it was. The notes name the step, the kind of the fault and the
lines of the compiler's own code that led to it. They hold no value from your files or from a state, so
they can be put into a public bug report as they are.

To go on before it is mended, compile the jobs one by one: the job that fails shows what is unusual.
""",
    guarded=True,
)

CODES = (INTERNAL_ERROR,)
