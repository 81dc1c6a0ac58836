"""Codes of `read_state`: finding a state, reading it, and whether it is the right one (DC3001 to DC3099)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

STATE_MISSING = Code(
    "DC3001", "state-missing", "error", "there is no state of workspace `{workspace}`",
    """The job maps Terraform outputs, and no state was found to take them from. States are looked for, in this order:
on the command line (`--state`), under `terraform.states` in `dativo.yaml`, in the backend that the job, the module's
`.terraform` folder or its HCL names, and on disk beside the module (`terraform.tfstate`, or
`terraform.tfstate.d/WORKSPACE/terraform.tfstate`).

A job without `workspace` means the workspace `default`; whichever workspace the Terraform CLI has selected on
somebody's machine never counts. Correct the workspace, apply the module, or say where its state lies:
`--state WORKSPACE=FILE`.""",
    guarded=True,
)  # fmt: skip
MODULE_MISSING = Code(
    "DC3002", "module-missing", "error", "the module folder `{path}` does not exist",
    """`module_path` is the folder of the Terraform root module whose outputs the job maps. A relative path is tried
below the project root and then beside the job file; neither exists.

Correct the path. If the module lives in another repository, no folder is needed at all: hand its outputs over with
`--state WORKSPACE=FILE` or `terraform.states` in `dativo.yaml`.""",
    guarded=True,
)  # fmt: skip
MODULE_REFUSED = Code(
    "DC3003", "module-refused", "error", "the module path `{path}` {reason}",
    """`module_path` is a plain relative path of a folder inside the project, so that the same commit gives the same
build on every machine. URLs, registry addresses, backslashes, absolute paths and paths that leave the project are
refused.

For a module from elsewhere, hand its outputs over with `--state WORKSPACE=FILE` or `terraform.states` in
`dativo.yaml`. The root of a container is mapped by `path_map`.""",
    guarded=True,
)  # fmt: skip
STATES_FILE_MISSING = Code(
    "DC3004", "states-file-missing", "error", "the state file `{path}` does not exist",
    """`terraform.states` in `dativo.yaml` gives a file for this workspace, relative to the project root, and there is
no such file. The entry is not skipped: a state from elsewhere would be a surprise.

Correct the path, make the file (`terraform output -json > FILE` in the selected workspace), or remove the entry.""",
    guarded=True,
)  # fmt: skip
STATES_FILE_REFUSED = Code(
    "DC3005", "states-file-refused", "error", "the state path `{path}` {reason}",
    """A path under `terraform.states` in `dativo.yaml`, or of a `local` backend, is relative and stays inside the
project. Otherwise the same commit would compile differently on another machine.

Move the file into the project, or give it for this one compile with `--state WORKSPACE=FILE`, which may lie
anywhere.""",
    guarded=True,
)  # fmt: skip
BACKEND_NOT_READ = Code(
    "DC3006", "backend-not-read", "error", "the state lies in a backend that is not read: `{backend}`",
    """Backends are read by type: `local`, `s3`, `gcs`, `azurerm`, `pg`, `http`, `consul`, `kubernetes`, `remote` and
`cloud`. The job, the module's `.terraform` folder or its HCL says that the state lies in one of another type.

Fetch the outputs once and hand them over: `terraform output -json > acme-prod.json` in the selected workspace, then
`--state acme-prod=acme-prod.json`, or the same as an entry of `terraform.states` in `dativo.yaml`.""",
    guarded=True,
)  # fmt: skip
WORKSPACE_FALLBACK = Code(
    "DC3007", "workspace-fallback", "warning",
    "workspace `{workspace}` has no state; the one of workspace `default` is read",
    """The named workspace does not exist, but the `default` workspace of the same module has a state whose `tenant_id`
and `environment` outputs equal the job's. It is read instead: most likely the module was applied without ever making
the workspace.

Make the workspace and apply the module in it, or name `default` in the job.""",
)  # fmt: skip
STATE_UNREADABLE = Code(
    "DC3008", "state-unreadable", "error", "the state cannot be read: {reason}",
    """The operating system refuses to give the file's bytes: permissions are missing, it is a folder, or the disk
fails.

Mend the permissions, or give another file with `--state WORKSPACE=FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_EMPTY = Code(
    "DC3009", "state-empty", "error", "the state file is empty",
    """The file has no bytes, or only white space. Terraform reads such a file as a state without outputs and reports
success; here it is an error, because a job that maps outputs would get none. It is usually what is left of a command
that failed after the shell had made the file (`terraform output -json > FILE`).

Run that command again and look at what it says, or remove the file.""",
    guarded=True,
)  # fmt: skip
STATE_ENCODING = Code(
    "DC3010", "state-encoding", "error", "the state is not plain UTF-8: {found}",
    """Terraform writes UTF-8 without a byte order mark. Windows PowerShell's `>` writes UTF-16, and some editors put a
mark before the text; Terraform itself refuses both. A lone surrogate (half of a character, `\\ud800`) cannot be
written as UTF-8 at all.

Save the file as UTF-8 without a byte order mark; in PowerShell:
`terraform output -json | Out-File -Encoding utf8NoBOM FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_TRUNCATED = Code(
    "DC3011", "state-truncated", "error", "the state ends in the middle of its JSON",
    """The file begins like a state and stops before it is complete: a copy or a download was cut off.

Fetch it again.""",
    guarded=True,
)  # fmt: skip
STATE_NOT_JSON = Code(
    "DC3012", "state-not-json", "error", "this is not JSON: {found}",
    """A state, and what `terraform output -json` and `terraform show -json` print, is JSON. This file is not: perhaps
`-json` was left out, or another message of the command was written into the file as well.

Make the file again with `terraform output -json -no-color > FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_IS_PAGE = Code(
    "DC3013", "state-is-page", "error", "this is an HTML or XML page, not a state",
    """Instead of a state, the file holds a page: usually the error or log-in page of the server it was downloaded
from.

Open the page to see what the server says, and download the state again.""",
    guarded=True,
)  # fmt: skip
STATE_IS_POINTER = Code(
    "DC3014", "state-is-pointer", "error", "this is no state but Terraform's note of its backend, `{backend}`",
    """`.terraform/terraform.tfstate` has the name of a state and is none: `terraform init` records there which backend
holds the state. It has no outputs.

Give the state itself: `terraform output -json > FILE` reads it from that backend.""",
    guarded=True,
)  # fmt: skip
STATE_IS_PLAN = Code(
    "DC3015", "state-is-plan", "error", "this is a plan, not a state",
    """A plan says what would change; the outputs in it are not real yet, and may never be.

Apply the plan, and give the state: `terraform output -json > FILE` or `terraform show -json > FILE` (without the
plan's name). What manifests would become with the plan is told by `dativo plan --tf-plan FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_ENCRYPTED = Code(
    "DC3016", "state-encrypted", "error", "this is a state encrypted by OpenTofu",
    """OpenTofu can encrypt states at rest. Without its key nothing can be read from it, not even the names of the
outputs.

Set `TF_ENCRYPTION` to the configuration that OpenTofu uses, or name a file of it as `terraform.encryption` in
`dativo.yaml`; keys made of a passphrase (`pbkdf2`) are read. Or, where the key is at hand, write the outputs out:
`tofu output -json > FILE`. That file is plain text: keep it out of the repository if outputs are sensitive.""",
    guarded=True,
)  # fmt: skip
STATE_VERSION = Code(
    "DC3017", "state-version", "error", "the state has format version {version}, which is not known",
    """Versions 3 and 4 of the state format are read. A newer version may have moved or renamed what matters; reading
it by guess could take the wrong values.

Write the outputs in the format that stays the same: `terraform output -json > FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_UNKNOWN = Code(
    "DC3018", "state-unknown", "error", "this JSON is not a Terraform state: {found}",
    """The file is JSON, and neither a state (`version` and `outputs`), nor what `terraform output -json` prints (each
member has `value` and `type`), nor what `terraform show -json` prints (`format_version` and `values`).

Give one of these three. `terraform output -json NAME` prints a bare value: leave the name out.""",
    guarded=True,
)  # fmt: skip
STATE_NO_OUTPUTS = Code(
    "DC3019", "state-no-outputs", "error", "the state has no outputs at all",
    """To Terraform, a state without outputs is nothing strange, and `terraform output -json` prints `{}` and reports
success: for a module that was never applied, for one that was destroyed, for a workspace whose name was mistyped, and
for a module without `output` blocks. A job that maps outputs cannot mean any of these.

Check the workspace (`terraform workspace list`), apply the module, and see that `terraform output` shows what the job
maps.""",
    guarded=True,
)  # fmt: skip
OUTPUT_MALFORMED = Code(
    "DC3020", "output-malformed", "error", "the output `{name}` is malformed: {found}",
    """Each output of a state is an object with a `value`, and mostly a `type`; `sensitive` is true or false. This one
is not, so the file was edited by hand or made by another program.

Make it again with Terraform.""",
    guarded=True,
)  # fmt: skip
NUMBER_REFUSED = Code(
    "DC3021", "number-refused", "error", "the output `{name}` has {found}",
    """Numbers are kept exact however long they are, up to 4,000 digits. A longer one is no quantity, and reading it
would take far longer than everything else.

Correct the value where it is made; an identifier belongs into a string.""",
    guarded=True,
)  # fmt: skip
WRONG_STATE = Code(
    "DC3022", "wrong-state", "error", "the state belongs to another {what}: output `{output}` is {found}",
    """A state does not record which workspace, tenant or account it belongs to, so a wrong file would fill a job with
another one's buckets and roles without a sound. Where a state has outputs named `tenant_id`, `environment`, `region`
(or `aws_region`, `gcp_region`), `account_id` or `project_id`, they must equal what the job says before any value is
used.

Correct the job's `workspace` or `module_path`, or whichever of the two sides is wrong.""",
    guarded=True,
)  # fmt: skip

STATE_UNUSED = Code(
    "DC3023", "state-unused", "warning", "no job has a use for the state given for `{key}`",
    """`--state WORKSPACE=FILE` names the state of jobs with that workspace. None of the compiled jobs has it and maps
outputs: most likely the workspace is misspelt, and the jobs that were meant have read another state.

Correct the workspace, or leave the option out.""",
)  # fmt: skip

CODES = (
    STATE_UNUSED,
    STATE_MISSING, MODULE_MISSING, MODULE_REFUSED, STATES_FILE_MISSING, STATES_FILE_REFUSED, BACKEND_NOT_READ,
    WORKSPACE_FALLBACK, STATE_UNREADABLE, STATE_EMPTY, STATE_ENCODING, STATE_TRUNCATED, STATE_NOT_JSON, STATE_IS_PAGE,
    STATE_IS_POINTER, STATE_IS_PLAN, STATE_ENCRYPTED, STATE_VERSION, STATE_UNKNOWN, STATE_NO_OUTPUTS, OUTPUT_MALFORMED,
    NUMBER_REFUSED, WRONG_STATE,
)  # fmt: skip
