"""Codes of states that lie elsewhere: reaching, fetching and naming them (DC3030 to DC3049)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

STATE_UNREACHABLE = Code(
    "DC3030", "state-unreachable", "error", "the state cannot be fetched: {reason}",
    """The server that holds the state could not be asked, or did not answer, or answered that it is in trouble. What
may pass by itself (a time-out, a connection that breaks, HTTP 429 and 5xx) was tried again with growing pauses first.

See that the address is right and that this machine can reach it (proxy, VPN, firewall). Where no network is at hand,
compile from the lock (`--locked`) or from a file (`--state WORKSPACE=FILE`).""",
    guarded=True,
)  # fmt: skip
STATE_DENIED = Code(
    "DC3031", "state-denied", "error", "access to the state is denied: {reason}",
    """The server knows the credentials it was given, or knows that they are wrong, and refuses to hand out the state.
Credentials are taken from where Terraform takes them: docs/state.md says which, backend by backend.

Log in again, choose the right profile or account, or have the right to read this object granted. Reading needs no
more than to get one object; to list the workspaces in messages, the right to list is needed as well.""",
    guarded=True,
)  # fmt: skip
STORE_MISSING = Code(
    "DC3032", "store-missing", "error", "the {what} `{name}` does not exist",
    """The state is said to lie in this bucket, container or table, and the server has none of that name. Nothing is
made: a compile reads states and writes none.

Correct the name in the job's `terraform.backend`, in the module's `backend` block or in `dativo.yaml`, or the account
and region it is looked for in.""",
    guarded=True,
)  # fmt: skip
STATE_TOO_LARGE = Code(
    "DC3033", "state-too-large", "error", "the state is larger than {limit}",
    """States are read up to a size that no real one reaches, so that a wrong address (a log, an archive, a server
that never stops sending) cannot fill the memory of the build machine.

Correct the address. If the state really is that large, fetch its outputs alone (`terraform output -json > FILE`) and
pass `--state WORKSPACE=FILE`.""",
    guarded=True,
)  # fmt: skip
STATE_CUT_OFF = Code(
    "DC3034", "state-cut-off", "error", "the download of the state was cut off: {reason}",
    """The server announced more bytes than it sent, and did so again when asked again. Half a state is no state:
nothing of it is used.

Try again; if it stays, look at what stands between this machine and the server (a proxy, a load balancer).""",
    guarded=True,
)  # fmt: skip
STATE_TOO_SLOW = Code(
    "DC3035", "state-too-slow", "error", "the state did not arrive within {seconds} seconds",
    """A state has this long to arrive in full, retries included. A server that sends a byte now and then would
otherwise hold up a build for ever.

Look at the connection and the server. `timeout_seconds` below `terraform.backends.TYPE` in `dativo.yaml` allows more
time (or less).""",
    guarded=True,
)  # fmt: skip
CREDENTIALS_MISSING = Code(
    "DC3036", "credentials-missing", "error", "there are no usable credentials for {service}: {reason}",
    """None of the places where Terraform looks for credentials has any for this service, or those found cannot be
used (a session that has expired, a profile that does not exist, a file that is gone). docs/state.md lists the places.

Log in, or set the variables; then `terraform init` in the module tells whether Terraform itself is content.""",
    guarded=True,
)  # fmt: skip
EXTRA_MISSING = Code(
    "DC3037", "extra-missing", "error",
    "reading states of `{backend}` needs the package `{package}`, which is not installed",
    """The vendors' libraries are large, so each is an extra of `dativo-compile` that only those install who need it.

Run the command that the help gives, in the environment that `dativo-compile` runs in.""",
    guarded=True,
)  # fmt: skip
BACKEND_SETTING = Code(
    "DC3038", "backend-setting", "error", "the setting `{name}` of the backend `{backend}` {reason}",
    """A backend is opened with the settings of the job's `terraform.backend`, else with those that `terraform init`
recorded in the module's `.terraform` folder, else with those of its `backend` block; `terraform.backends.TYPE` in
`dativo.yaml` fills in what they leave open, as `-backend-config` does for Terraform. This setting is missing or means
nothing.

Write it in one of these places. Secrets belong in none of them: credentials come from the environment.""",
    guarded=True,
)  # fmt: skip
PLAIN_HTTP = Code(
    "DC3039", "state-over-plain-http", "warning", "the state is read over plain HTTP from `{host}`",
    """A state holds passwords and keys in clear text, and everybody between this machine and the server can read and
change what travels over plain HTTP. Loopback addresses are not reported: nothing leaves the machine.

Give an `https://` address.""",
)  # fmt: skip
LOCATION_MALFORMED = Code(
    "DC3040", "state-location-malformed", "error", "the state location `{location}` {reason}",
    """Besides files, `--state` and `terraform.states` in `dativo.yaml` accept `s3://BUCKET/KEY`,
`gs://BUCKET/OBJECT`, `az://ACCOUNT/CONTAINER/BLOB`, `https://` and `http://` addresses, and `postgres://` addresses
that end in a schema. Each names one state; settings such as a region or an endpoint stand below `terraform.backends`
in `dativo.yaml`.

Correct the location. Leave passwords and signatures out of it: credentials come from the environment.""",
    guarded=True,
)  # fmt: skip
ANSWER_UNEXPECTED = Code(
    "DC3041", "answer-unexpected", "error", "the server does not answer like one that holds states: {found}",
    """Something answered at the address, but not in the way of this backend: with a status that is neither success
nor absence, or with a message that its library cannot read. Often it is a proxy, a log-in page or another service.

Correct the address or endpoint, and look at what it says in a browser or with `curl`.""",
    guarded=True,
)  # fmt: skip

CODES = (
    STATE_UNREACHABLE, STATE_DENIED, STORE_MISSING, STATE_TOO_LARGE, STATE_CUT_OFF, STATE_TOO_SLOW,
    CREDENTIALS_MISSING, EXTRA_MISSING, BACKEND_SETTING, PLAIN_HTTP, LOCATION_MALFORMED, ANSWER_UNEXPECTED,
)  # fmt: skip
