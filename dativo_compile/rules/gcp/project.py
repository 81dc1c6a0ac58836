"""Ids of GCP projects, alone and inside other ids.

https://cloud.google.com/resource-manager/docs/creating-managing-projects
"""

from __future__ import annotations

import re
from functools import lru_cache

from dativo_compile.rules.provider.grammar import Grammar
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault

ID = "[a-z][a-z0-9-]{4,28}[a-z0-9]"
LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = rf"{LABEL}(?:\.{LABEL})+"
PROJECT = rf"(?:{DOMAIN}:)?{ID}"  # older projects of an organisation: `example.com:project`
EXACT = re.compile(PROJECT)
EXACT_DOMAIN = re.compile(DOMAIN)
LISTED = "write the id as `gcloud projects list` shows it under PROJECT_ID"
GRAMMAR = Grammar(
    "a-z0-9-", "lower-case letters, digits and `-`", "a-z", "a lower-case letter", "a-z0-9", "a letter or digit", 6, 30
)  # fmt: skip


@lru_cache(maxsize=1024)
def project_fault(text: str) -> IdFault | None:
    """Why the text is no id of a project; absent for a good one."""
    if EXACT.fullmatch(text):
        return None
    if text.startswith("projects/"):
        return IdFault("it begins with `projects/`", 0, 9, f"write `{text[9:]}`")
    fault = edge_fault(text)
    if fault is not None:
        return fault
    fault = part_fault(text, "it", 0)
    return IdFault(fault.reason, fault.start, fault.end, LISTED) if fault else None


def part_fault(text: str, what: str, at: int) -> IdFault | None:
    """The same of a project inside an id, which begins there `at`; `what` it is in the reason."""
    domain, colon, name = text.rpartition(":")
    if colon and not EXACT_DOMAIN.fullmatch(domain):
        return IdFault(f"`{brief(domain)}` before the `:` is no domain", at, at + len(domain))
    if name.isascii() and name.isdigit():
        return IdFault(f"{what} is a project's number, and an id has letters", at, at + len(text))
    return GRAMMAR.fault(name, what, at + len(text) - len(name))


def of_address(text: str) -> str:
    """The id of a project that stands in an e-mail address, where `example.com:project` is `project.example.com`."""
    name, dot, domain = text.partition(".")
    return f"{domain}:{name}" if dot else text
