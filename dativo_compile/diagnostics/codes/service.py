"""Codes of services that hold states for several workspaces or in parts, and of their log-ins (DC3050 to DC3069)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

WORKSPACE_UNFIT = Code(
    "DC3050", "workspace-unfit", "error", "the workspace `{workspace}` cannot exist in this backend: {reason}",
    """Not every backend can hold every workspace, and Terraform itself would refuse this one. The `http` backend holds
one state and has no workspaces; `remote` and `cloud` with a workspace `name` hold that one; with a `prefix` or `tags`
they have no `default`; Kubernetes allows small letters, digits, `-` and `.` in the names of its secrets.

Correct the job's `workspace`, or the backend's settings. Where each workspace has an address of its own, give them as
`terraform.states` in `dativo.yaml`: `WORKSPACE: https://...`.""",
    guarded=True,
)  # fmt: skip
LOGIN_REFUSED = Code(
    "DC3051", "login-refused", "error", "log-ins by {kind} are not supported: `{name}`",
    """A kubeconfig can name a program that makes a token (`exec`) or an `auth-provider`, and Terraform's configuration
a `credentials_helper`. A compile runs no programs that a configuration names: the same pull request that changes a
job could change which program that is.

Run the program yourself, once before the compile, and hand its token over in the environment: `KUBE_TOKEN`, or
`TF_TOKEN_` followed by the host's name with `_` for each dot.""",
    guarded=True,
)  # fmt: skip
LOGIN_FILE_UNFIT = Code(
    "DC3052", "login-file-unfit", "error", "the {what} cannot be used: {reason}",
    """The address of the server or the credentials are taken from a file: a kubeconfig, a certificate or key, a token
file, or the Terraform CLI's own configuration. It is missing, cannot be read, or does not hold what is looked for.
Nothing that stands in it is shown.

Correct the file, or the setting or variable that names it.""",
    guarded=True,
)  # fmt: skip
STATE_PARTS = Code(
    "DC3053", "state-parts", "error", "the stored parts of the state do not fit together: {reason}",
    """Consul and Kubernetes limit how large one value may be, so Terraform compresses a large state and stores it in
parts. A part is missing or damaged, or the whole has another checksum than the one recorded for it. Perhaps a state
was written at this moment; that was waited for.

Compile again. If it stays, `terraform state pull` tells whether Terraform can still read the state.""",
    guarded=True,
)  # fmt: skip
SERVICE_MISSING = Code(
    "DC3054", "service-missing", "error", "the host `{host}` offers no API for states",
    """`remote` and `cloud` ask the host which services it has (`/.well-known/terraform.json`), as Terraform does. This
host does not say that it has HCP Terraform's or Terraform Enterprise's API, or only without TLS.

Correct `hostname`; without it, `app.terraform.io` is meant.""",
    guarded=True,
)  # fmt: skip

CODES = (WORKSPACE_UNFIT, LOGIN_REFUSED, LOGIN_FILE_UNFIT, STATE_PARTS, SERVICE_MISSING)
