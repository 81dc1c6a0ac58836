"""The step of the compiler that a code belongs to, by the first digit of its id."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

STEPS = {
    "1": "Reading files", "2": "Linking", "3": "Terraform state", "4": "Output mapping", "5": "Providers",
    "6": "Tags", "7": "The project", "8": "Writing manifests", "9": "Internal",
}  # fmt: skip


def step_of(code: Code) -> str:
    return STEPS[code.id[2]]
