"""What Azure takes as the name of a storage account, and of a user-assigned identity.

https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
"""

from __future__ import annotations

from functools import lru_cache

from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault

STORAGE_ACCOUNT = "Microsoft.Storage/storageAccounts"
MANAGED_IDENTITY = "Microsoft.ManagedIdentity/userAssignedIdentities"
TYPES = {"storage_account": STORAGE_ACCOUNT, "managed_identity": MANAGED_IDENTITY}
ACCOUNT = Grammar("a-z0-9", "lower-case letters and digits", "a-z0-9", "one of these", "a-z0-9", "one of these", 3, 24)
IDENTITY = Grammar(
    "A-Za-z0-9_-", "letters and digits of ASCII, `-` and `_`", "A-Za-z0-9", "a letter or digit",
    "A-Za-z0-9_-", "one of these", 3, 128,
)  # fmt: skip


@lru_cache(maxsize=1024)
def account_name_fault(name: str) -> IdFault | None:
    """The first thing wrong with a name, with its span in it."""
    return ACCOUNT.fault(name)


@lru_cache(maxsize=1024)
def identity_name_fault(name: str) -> IdFault | None:
    return IDENTITY.fault(name)
