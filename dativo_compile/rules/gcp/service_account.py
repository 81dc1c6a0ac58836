"""E-mail addresses of GCP service accounts, in every form that Google gives them.

https://cloud.google.com/iam/docs/service-account-types
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dativo_compile.rules.gcp.ids import GcpId
from dativo_compile.rules.gcp.project import DOMAIN, GRAMMAR, ID, PROJECT, of_address, part_fault
from dativo_compile.rules.provider.id_fault import IdFault, brief, edge_fault

NUMBER = "[0-9]{1,20}"
OWN = "iam.gserviceaccount.com"
WRITE = f"write `NAME@PROJECT.{OWN}`"
# A service's agent comes first: to the form below it, its service would be a project.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"service-{NUMBER}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.iam\.gserviceaccount\.com",
        rf"bq-{NUMBER}@bigquery-encryption\.iam\.gserviceaccount\.com",
        rf"{ID}@(?!bigquery-encryption\.)(?P<project>{ID}(?:\.{DOMAIN})?)\.iam\.gserviceaccount\.com",
        rf"(?P<project>{ID}(?:\.{DOMAIN})?|{PROJECT})@appspot\.gserviceaccount\.com",
        rf"{NUMBER}-compute@developer\.gserviceaccount\.com",
        rf"{NUMBER}@cloudservices\.gserviceaccount\.com",
        rf"{NUMBER}@cloudbuild\.gserviceaccount\.com",
    )
)
GOOGLES = {
    "developer.gserviceaccount.com": "NUMBER-compute",
    "cloudservices.gserviceaccount.com": "NUMBER",
    "cloudbuild.gserviceaccount.com": "NUMBER",
    f"bigquery-encryption.{OWN}": "bq-NUMBER",
}
PREFIXES = ("serviceAccount:", "user:", "mailto:")


@lru_cache(maxsize=1024)
def service_account_of(text: str) -> GcpId | IdFault:
    for form in FORMS:
        match = form.fullmatch(text)
        if match is not None:
            names = (text.partition("@")[0], text)
            if "project" not in match.groupdict():
                return GcpId(names)
            said = match["project"]
            return GcpId(names, said if ":" in said else of_address(said), *match.span("project"))
    fault = edge_fault(text) or _refused(text)
    return fault if fault.help else replace(fault, help=WRITE)


def _refused(text: str) -> IdFault:
    """Why the text, which is no account, is none."""
    name, at, domain = text.rpartition("@")
    slash = text.rfind("/") + 1
    if "://" in text:
        return IdFault("it is the address of a page", 0, len(text))
    if slash:
        help = f"write `{text[slash:]}`" if at else WRITE
        return IdFault("it is a path, and an account is an e-mail address", 0, slash, help)
    prefix = next((prefix for prefix in PREFIXES if text.startswith(prefix)), "")
    if prefix:
        rest = text.removeprefix(prefix)
        return IdFault(f"it begins with `{prefix}`", 0, len(prefix), f"write `{rest}`" if rest else WRITE)
    if not at:
        help = WRITE if GRAMMAR.fault(text) else f"write `{text}@PROJECT.{OWN}`"
        return IdFault("it is no e-mail address", 0, len(text), help)
    if domain in GOOGLES:
        return IdFault(f"accounts there are called `{GOOGLES[domain]}@{domain}`", 0, len(name))
    if domain == "appspot.gserviceaccount.com":
        fault = part_fault(name, "the project before `@`", 0)
    elif domain.endswith(f".{OWN}"):
        fault = _own_fault(name, domain.removesuffix(f".{OWN}"))
    else:
        return _elsewhere(name, domain)
    assert fault is not None  # the forms would have taken it
    return fault


def _own_fault(name: str, project: str) -> IdFault | None:
    fault = GRAMMAR.fault(name, "the name before `@`")
    if fault is not None:
        return fault
    start = len(name) + 1
    project_id, dot, domain = project.partition(".")
    fault = GRAMMAR.fault(project_id, "the project after `@`", start)
    if fault is None and dot:
        begin = start + len(project_id) + 1
        return IdFault(f"`{brief(domain)}` after the project is no domain", begin, begin + len(domain))
    return fault


def _elsewhere(name: str, domain: str) -> IdFault:
    start, end = len(name) + 1, len(name) + 1 + len(domain)
    if domain == OWN:
        return IdFault("the project after `@` is missing", start, end, f"write `{name}@PROJECT.{OWN}`")
    return IdFault(f"no service account is at `{brief(domain)}`", start, end, WRITE)
