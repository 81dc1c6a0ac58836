"""Codes of asking the user's own terraform or tofu (DC3070 to DC3079)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

PROGRAM_FAILED = Code(
    "DC3070", "terraform-failed", "error", "`{program} {command}` {how}",
    """With `--terraform` the outputs are what `terraform output -json` (or `tofu`) prints in the module's folder, after
`terraform workspace list` has named the workspace. The program gave no answer; what it said is quoted, without
what looks like a credential.

Call the same command in the module's folder: it uses the same credentials and settings. Nothing was changed, neither
the state nor which workspace is selected.""",
    guarded=True,
)  # fmt: skip
MODULE_NOT_INITIALISED = Code(
    "DC3071", "module-not-initialised", "error", "the module {module} is not initialised for `{program}`",
    """With `--terraform` the program reads the state through the module's backend, and `init` was never run in this
copy of the module, or its backend has changed since. The compiler does not run it: `init` downloads providers and
writes into the module's folder.

Run `terraform init` (or `tofu init`) in the module.""",
    guarded=True,
)  # fmt: skip
PROGRAM_TOO_SLOW = Code(
    "DC3072", "terraform-too-slow", "error", "`{program} {command}` gave no answer within {seconds} seconds",
    """The program, and everything it had started, was killed. With a backend that does not answer it can wait for
a very long time, and it need not heed a friendly request to end.

Call the command by hand in the module's folder, and see what it waits for: a log-in, a proxy, a lock. Without
`--terraform` the compiler reads most backends itself, with time-outs of its own.""",
    guarded=True,
)  # fmt: skip
PROGRAM_NOT_RUN = Code(
    "DC3073", "terraform-not-run", "error", "`{program}` cannot be run: {reason}",
    """The operating system refuses to start the program that `--terraform` names in the module's folder: the file is
no program of this machine, or permissions are missing.

Give another one with `--terraform=BIN`.""",
    guarded=True,
)  # fmt: skip

CODES = (PROGRAM_FAILED, MODULE_NOT_INITIALISED, PROGRAM_TOO_SLOW, PROGRAM_NOT_RUN)
