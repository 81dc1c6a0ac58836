"""Codes of `map_outputs`: Terraform outputs on their way into a job."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

OUTPUT_UNKNOWN = Code(
    "DC4001", "output-unknown", "error", "the state has no output named `{name}`",
    """A job maps an output that the state does not have: the name is misspelled, the module was not applied since the
output was added, or its value is null. Terraform leaves null outputs out of a state, so an output of a part that is
switched off looks exactly like one that was never declared.

Correct the name, apply the module, or remove the mapping.""",
    guarded=True,
)  # fmt: skip
OUTPUT_PATH_UNKNOWN = Code(
    "DC4002", "output-path-unknown", "error", "the output `{output}` has nothing at `{path}`",
    """The expression follows a path into a structured output, and the path ends somewhere: a member of that name or
an element of that index does not exist.

Correct the path; the help names what is there.""",
    guarded=True,
)  # fmt: skip
OUTPUT_NULL = Code(
    "DC4003", "output-null", "error", "`{expression}` is null in the state",
    """The mapped part of an output is null: the resource behind it is switched off, or has no such attribute. A job
that needs the value cannot run without it.

Switch the part on in the module and apply it, or remove the mapping.""",
    guarded=True,
)  # fmt: skip
OUTPUT_EMPTY = Code(
    "DC4004", "output-empty", "error", "`{expression}` is an empty string in the state",
    """Many modules give `\"\"` for a part that is switched off. An empty bucket or host name is never what a job means.

Switch the part on in the module and apply it, or remove the mapping. A module says it better with `null`.""",
    guarded=True,
)  # fmt: skip
EXPRESSION_MALFORMED = Code(
    "DC4005", "expression-malformed", "error", "`{text}` is not an output expression",
    """An output expression is the name of an output, optionally followed by a path into it:
`network.subnets[0].id`. What goes beyond names and indexes is read as JSONPath below the output:
`network.zones[*].name`.

Correct the expression.""",
    guarded=True,
)  # fmt: skip
TARGET_MALFORMED = Code(
    "DC4006", "target-malformed", "error", "`{text}` is not a path into a job",
    """The target of a mapping is a path of names and list indexes joined by dots: `target.connection.s3.bucket`,
`target.buckets[0].name`.

Correct the path.""",
    guarded=True,
)  # fmt: skip
TARGET_FORBIDDEN = Code(
    "DC4007", "target-forbidden", "error", "an output may not be written to `{path}`",
    """Outputs may fill `source`, `target`, `infrastructure.metadata`, `infrastructure.tags`, the `region`, `account_id`
and `project_id` of `infrastructure.provider`, and `catalog`. Nothing else: a state file must not change who a job is
or which asset it writes.

Map the output to one of those places.""",
    guarded=True,
)  # fmt: skip
TARGET_CONFLICT = Code(
    "DC4008", "target-conflict", "error", "`{path}` is written twice",
    """Two mappings write the same place, or one writes inside what the other writes. Whichever came last would win by
accident.

Keep one of the two.""",
    guarded=True,
)  # fmt: skip
TARGET_BLOCKED = Code(
    "DC4009", "target-blocked", "error", "`{path}` cannot be reached: {reason}",
    """The way to a mapping's target leads through a value that has no members, or past the end of a list. Missing
mappings on the way are made; a list index may address an existing element or the next one.

Correct the path, or the value that is in the way.""",
    guarded=True,
)  # fmt: skip
LITERAL_DIFFERS = Code(
    "DC4010", "literal-differs", "error", "the job says {literal}, the state says {value}",
    """A job that states a value where it also maps an output makes an assertion: both must be equal, in value and in
type. They differ: the job was copied from another tenant, or the infrastructure moved.

Correct the literal or remove it; with `severity: {DC4010: warning}` in `dativo.yaml` the state wins.""",
)  # fmt: skip
LITERAL_BESIDE_SENSITIVE = Code(
    "DC4011", "literal-beside-sensitive", "error", "`{path}` has a literal beside a sensitive output",
    """The mapped output is sensitive, so the manifest holds a reference to the secret store. A literal at the same
place is either a secret in the repository or a leftover.

Remove the literal, and change the secret if it was one.""",
    guarded=True,
)  # fmt: skip
REFERENCE_BESIDE_OUTPUT = Code(
    "DC4012", "reference-beside-output", "error", "`{path}` has a run-time reference beside an output",
    """The job names an environment variable where it also maps a Terraform output. Only one of the two can be the
value.

Keep the mapping or the reference.""",
    guarded=True,
)  # fmt: skip
SENSITIVE_MISPLACED = Code(
    "DC4013", "sensitive-misplaced", "error", "the sensitive output `{name}` may not be written to `{path}`",
    """A sensitive output becomes a reference that is resolved at run time. That works in `source`,
`target.connection`, `target.warehouse`, `target.catalog` (not its type or namespace) and `infrastructure.metadata`.
Names, tags and paths must be known before anything runs.

Map it to one of those places. If the value is no secret, drop `sensitive = true` in the module.""",
    guarded=True,
)  # fmt: skip
HOST_WITH_PORT = Code(
    "DC4014", "host-with-port", "error", "`{expression}` is a host with a port",
    """A field that takes a host receives `HOST:PORT`. The `endpoint` attribute of a database instance holds both; its
`address` attribute is the host alone.

Give the module an output of the address, and map that.""",
)  # fmt: skip
NUMBER_INEXACT = Code(
    "DC4015", "number-inexact", "error", "`{expression}` holds a number that would lose digits",
    """Terraform keeps numbers exactly; a floating-point number of 64 bits would change this one. Integers are exact at
any size, fractions only as far as a double goes.

Give the module an output of the text: `tostring(...)`.""",
    guarded=True,
)  # fmt: skip
BOUND_UNFIT = Code(
    "DC4016", "output-unfit", "error", "`{expression}` does not fit `{path}`: {reason}",
    """After the outputs are in their places the job meets its schema again. The value of this output is not what the
place takes.

Map an output of the right type, or correct the path.""",
    guarded=True,
)  # fmt: skip
SECRET_NAME_ENVIRONMENT = Code(
    "DC4017", "secret-name-environment", "error", "the name of the secret `{name}` needs an environment",
    """The names of secrets are made from `secrets.name_template`, which contains `{environment}`. The job has no
`environment`.

Give the job one, or change the template.""",
    guarded=True,
)  # fmt: skip

CODES = (
    OUTPUT_UNKNOWN, OUTPUT_PATH_UNKNOWN, OUTPUT_NULL, OUTPUT_EMPTY, EXPRESSION_MALFORMED, TARGET_MALFORMED,
    TARGET_FORBIDDEN, TARGET_CONFLICT, TARGET_BLOCKED, LITERAL_DIFFERS, LITERAL_BESIDE_SENSITIVE,
    REFERENCE_BESIDE_OUTPUT, SENSITIVE_MISPLACED, HOST_WITH_PORT, NUMBER_INEXACT, BOUND_UNFIT, SECRET_NAME_ENVIRONMENT,
)  # fmt: skip
