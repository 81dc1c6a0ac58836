"""The ARN of an IAM role: an account, a path and a name."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.resources import arns_of, refused
from dativo_compile.rules.aws.roles import role_faults

ROLE_ARN_MALFORMED = Code(
    "DC5012",
    "role-arn-malformed",
    "error",
    "this is no ARN of a role: {reason}",
    """\
`arn:aws:iam::123456789012:role/PATH/NAME` names a role. IAM has no regions, so that part stays empty; the account has
12 digits; the path may be missing, and has at most 512 characters with its slashes; the name has 1 to 64 letters,
digits and `_+=,.@-`. A job that starts under anything else fails only when it asks for credentials.

Copy the ARN of the role from the console, or from the output of the module that makes it.""",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
)


def role_arn_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource, arn in arns_of(placed):
        if resource["resource_type"] == "iam_role":
            for fault in role_faults(arn):
                yield refused(ROLE_ARN_MALFORMED, placed, number, arn.text, fault)
