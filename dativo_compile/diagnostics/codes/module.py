"""Codes of `check_module`: what a job says, beside what its Terraform module declares (DC3101 to DC3129)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

MODULE_MALFORMED = Code(
    "DC3101", "module-malformed", "error", "the module cannot be read: {reason}",
    """The files of the module below `module_path` are read without running Terraform, so that a mapping or a variable
that cannot work is found before anything is applied. This file is not HCL (or not JSON, for `.tf.json`), or declares
something in a way that Terraform refuses as well.

`terraform validate` in the module says more. What the module declares is not compared with its jobs until it can be
read.""",
)  # fmt: skip
OUTPUT_UNDECLARED = Code(
    "DC3102", "output-undeclared", "error", "the module declares no output named `{name}`",
    """A job maps an output for which the module below its `module_path` has no `output` block. Either there is no
state yet, and applying the module would not make the output; or an older state still has it, and the next apply
removes it.

Correct the name, or declare the output in the module. Where the state comes from a module that lies elsewhere, leave
`module_path` out and name the state with `--state` or in `dativo.yaml`.""",
)  # fmt: skip
VARIABLE_UNKNOWN = Code(
    "DC3103", "variable-unknown", "error", "the module has no variable named `{name}`",
    """The job gives a value to a variable below `terraform.variables` that the module does not declare. Terraform
refuses such a value on the command line, and the value that was meant keeps its default.

Correct the name, declare the variable, or remove the value.""",
)  # fmt: skip
VARIABLE_MISSING = Code(
    "DC3104", "variable-missing", "error", "the job gives no value to {names}",
    """The job gives values to the module's variables, and one that has no default is not among them, so that
Terraform would ask for it or fail. Sensitive and ephemeral variables are not counted: their values belong into no job.
Nor are those that any `.tfvars` file gives a value to, in the module's folder or one below it; and a job that gives
no variables at all is not asked for any.

Give the value, or give the variable a default.""",
)  # fmt: skip
VARIABLE_UNFIT = Code(
    "DC3105", "variable-unfit", "error", "the value of the variable `{name}` does not fit: {reason}",
    """The value below `terraform.variables` cannot be converted to the type that the module's `variable` block
declares. Terraform's own conversions are followed: `"8080"` fits a number and `8080` a string, `"true"` fits a bool,
an object may have more attributes than its type, and attributes that are `optional(...)` may be absent.

Correct the value, or the type in the module.""",
)  # fmt: skip
OUTPUT_EPHEMERAL = Code(
    "DC3106", "output-ephemeral", "error", "the output `{name}` is ephemeral and never reaches a state",
    """An ephemeral output exists while Terraform runs and is written nowhere; in a root module Terraform refuses it. No
job can map it.

Drop `ephemeral = true` in the module; `sensitive = true` keeps the value out of every manifest.""",
)  # fmt: skip
SENSITIVE_UNAPPLIED = Code(
    "DC3107", "sensitive-unapplied", "error", "the output `{name}` is sensitive in the module, but not in the state",
    """The module says `sensitive = true`, and the state, which is from before, does not. The compiler goes by the state
and would write the value into the manifest in clear text, although the module's author has called it a secret.

Apply the module, so that the state says so too; then the manifest has a reference to the secret store. A secret that
was in a manifest already should be changed.""",
)  # fmt: skip

CODES = (
    MODULE_MALFORMED, OUTPUT_UNDECLARED, VARIABLE_UNKNOWN, VARIABLE_MISSING, VARIABLE_UNFIT, OUTPUT_EPHEMERAL,
    SENSITIVE_UNAPPLIED,
)  # fmt: skip
