"""Codes of `dativo plan`: Terraform plans, and what they take away (DC8380 to DC8399)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

OUTPUT_REMOVED = Code(
    "DC8380", "output-removed-by-plan", "error", "the plan removes the output `{name}`, which {who}",
    """If this plan were applied, the state would not have the output any more: its block was deleted or renamed in the
module, what it stands for is destroyed, or its value becomes null, which Terraform does not keep. The jobs that map it
could then not be compiled, and the first one to notice would be whoever compiles next.

Keep the output in the module, under its old name beside a new one if it is renamed; or change the jobs first, so that
nothing maps it when the plan is applied.""",
    guarded=True,
)  # fmt: skip
PLAN_REMOVES_ALL = Code(
    "DC8381", "plan-removes-every-output", "error", "the plan removes every output of the module, and {who}",
    """A plan made with `terraform plan -destroy`, or one that removes every `output` block, leaves a state that says
nothing. Jobs that map outputs of it cannot be compiled any more, and what they read and write may be destroyed with it.

Retire or move the jobs first. If only some resources are meant, plan again without `-destroy`.""",
    guarded=True,
)  # fmt: skip
NOT_A_PLAN = Code(
    "DC8382", "not-a-plan", "error", "this is not a Terraform plan: {found}",
    """`--tf-plan` takes what `terraform show -json PLAN` (or `tofu show -json PLAN`) prints: one JSON object with a
`format_version`, and with `output_changes` where the module has outputs. This file holds something else. What
`terraform plan` itself prints is for people, and with `-json` it is a log; both do not say what outputs become.

Make the plan and show it: `terraform plan -out=tfplan`, then `terraform show -json tfplan > plan.json`.""",
    guarded=True,
)  # fmt: skip
PLAN_IS_BINARY = Code(
    "DC8383", "plan-is-binary", "error", "this is the plan file itself, which only Terraform can read",
    """`terraform plan -out=FILE` writes a file that is made for `terraform apply` alone; its format changes from
version to version. Beside it Terraform can print the plan as JSON, whose format is published and stays.

Show it in the module's folder, where it was made: `terraform show -json FILE > plan.json`, and give plan.json.""",
    guarded=True,
)  # fmt: skip
PLAN_IS_STATE = Code(
    "DC8384", "plan-is-state", "error", "this is a state, not a plan: {found}",
    """A state says what is there now, a plan what would be there. Given without a plan's name, `terraform show -json`
prints the state, and `terraform output -json` its outputs.

Make the plan and show it: `terraform plan -out=tfplan`, then `terraform show -json tfplan > plan.json`. What manifests
become with a state at hand is told by `dativo diff --state WORKSPACE=FILE`.""",
    guarded=True,
)  # fmt: skip
PLAN_VERSION = Code(
    "DC8385", "plan-version", "error", "the plan has format version {version}, which is not known",
    """The format of `terraform show -json` has a version, and everything that calls itself 1 can be read: that is what
Terraform since 1.1 and OpenTofu print. Another version may have moved or renamed what matters; reading it by guess
could tell a pull request that nothing happens.

Show the plan with a Terraform whose format is known, or take a newer dativo-compile.""",
    guarded=True,
)  # fmt: skip
PLAN_ERRORED = Code(
    "DC8386", "plan-errored", "error", "the plan is not finished: Terraform met errors while it made it",
    """Terraform keeps what it has planned up to an error, and marks the plan as `errored`. It refuses to apply it, and
the outputs in it are those that came before the error: a preview of them would be wrong.

Look at what `terraform plan` says, mend it, and plan again.""",
    guarded=True,
)  # fmt: skip
PLAN_INCOMPLETE = Code(
    "DC8387", "plan-incomplete", "warning", "the plan is not complete: {what}",
    """Some changes are left to a later plan: because this one was limited with `-target` or `-exclude`, or because
Terraform defers what it cannot plan yet. Outputs that depend on the rest keep their old values here, and may change
with the next plan.

Preview the complete plan too, before anybody relies on what is told here.""",
)  # fmt: skip
PLAN_UNUSED = Code(
    "DC8388", "plan-unused", "warning", "no job reads the outputs that the plan is for{key}",
    """`--tf-plan [MODULE:]WORKSPACE=FILE` stands for the state of the jobs with that module and workspace. None of the
compiled jobs has them and maps outputs, so that the plan moves nothing: mostly because the workspace is misspelled, or
because only some of the jobs were given.

Correct the workspace; `terraform workspace show` tells which one the plan was made in.""",
)  # fmt: skip
PLAN_NO_OUTPUTS = Code(
    "DC8389", "plan-no-outputs", "error", "the plan knows no outputs at all",
    """Neither before nor after this plan has the module an output, so that jobs can take nothing from it. A module that
was never applied lists its outputs as new ones; here there are no `output` blocks, or another module was planned.

Plan in the folder of the root module whose outputs the jobs map.""",
    guarded=True,
)  # fmt: skip

CODES = (
    OUTPUT_REMOVED, PLAN_REMOVES_ALL, NOT_A_PLAN, PLAN_IS_BINARY, PLAN_IS_STATE, PLAN_VERSION, PLAN_ERRORED,
    PLAN_INCOMPLETE, PLAN_UNUSED, PLAN_NO_OUTPUTS,
)  # fmt: skip
