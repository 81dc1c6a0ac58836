"""A resource lies in the account that the job says."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.aws.arn import ACCOUNT
from dativo_compile.rules.aws.resources import arns_of, id_path
from dativo_compile.rules.provider.block import PROVIDER, provider_of
from dativo_compile.rules.provider.places import part_at, said_at

ACCOUNT_DIFFERS = Code(
    "DC5014",
    "account-differs",
    "error",
    "this lies in account `{there}`, and the job in `{here}`",
    """\
The ARN of a role, a catalog or a database names the account that it lies in. When that is not the job's `account_id`,
one of the two was copied from another environment or another tenant, and data would end in somebody else's account, or
the role could not be assumed.

Correct the ARN or `infrastructure.provider.account_id`. Where resources of another account are meant, as with a
catalog that several accounts share, say so in `dativo.yaml`: `severity: {DC5014: warning}`.""",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
)


def account_differs(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    here = provider_of(placed).get("account_id")
    if not here:
        return
    for number, _, arn in arns_of(placed):
        if arn.account in ("", here) or arn.service == "s3" or not ACCOUNT.fullmatch(arn.account):
            continue
        place = part_at(placed.linked.document, id_path(number), arn.text, *arn.span("account"))
        said = Related(said_at(placed, (*PROVIDER, "account_id")), "the account of the job")
        help = "correct the ARN, or the job's `account_id`"
        yield diagnose(ACCOUNT_DIFFERS, place, help=help, related=(said,), there=arn.account, here=here)
