"""What follows the account in the ARN of an IAM role: its path and its name."""

from __future__ import annotations

import re
from functools import lru_cache

from dativo_compile.rules.aws.arn import Arn, account_fault, emptiness_faults
from dativo_compile.rules.provider.characters import shown
from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault

LONGEST_PATH = 512
LETTERS = "A-Za-z0-9_+=,.@-"
SAID = "letters and digits of ASCII and `_+=,.@-`"
NAME = Grammar(LETTERS, SAID, LETTERS, SAID, LETTERS, SAID, shortest=1, longest=64)
PATH = re.compile(r"/|/[!-~]+/")
NOT_IN_PATH = re.compile(r"[^!-~]")
KINDS = {
    "user": "a user", "group": "a group", "policy": "a policy", "instance-profile": "an instance profile",
    "saml-provider": "a SAML provider", "oidc-provider": "an OIDC provider", "mfa": "an MFA device",
    "server-certificate": "a certificate",
}  # fmt: skip


def role_name(arn: Arn) -> str:
    """Without the path."""
    return arn.resource.rpartition("/")[2]


@lru_cache(maxsize=8192)
def role_faults(arn: Arn) -> tuple[IdFault, ...]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html

    An ARN has at most 2,048 characters; with these limits one of a role cannot have more than 630.
    """
    faults = emptiness_faults(arn, "region")
    faults += filter(None, (account_fault(arn), _resource_fault(arn)))
    return tuple(faults)


def _resource_fault(arn: Arn) -> IdFault | None:
    start, end = arn.span("resource")
    resource = arn.resource
    if not resource.startswith("role/"):
        kind = resource.split("/")[0].split(":")[0]
        what = f"`{kind}/...` is {KINDS[kind]}" if kind in KINDS else "`role/` and a name follow the account"
        return IdFault(what, start, end, f"write `role/{resource if NAME.fault(resource) is None else 'NAME'}`")
    path, _, name = resource[4:].rpartition("/")
    return _path_fault(path + "/", start + 4) or _name_fault(name, end - len(name))


def _path_fault(path: str, start: int) -> IdFault | None:
    if len(path) > LONGEST_PATH:
        reason = f"its path has {len(path)} characters, and {LONGEST_PATH} is the most"
        return IdFault(reason, start, start + len(path))
    if PATH.fullmatch(path):
        return None
    other = NOT_IN_PATH.search(path)
    if other is None:
        return IdFault("nothing stands between two slashes of its path", start, start + 2, "write `role/NAME`")
    reason = f"its path has {shown(other[0])}, and only printable ASCII is used"
    return IdFault(reason, start + other.start(), start + other.end())


def _name_fault(name: str, start: int) -> IdFault | None:
    if not name:
        return IdFault("the role has no name", start - 1, start, "write the name of the role after the last `/`")
    return NAME.fault(name, "the name", start)
