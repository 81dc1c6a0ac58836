"""Jobs of several tenants for the tests of rules about what they share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import Claim
from dativo_compile.model.project import Project, Sharing
from dativo_compile.passes.check_project import check_project
from tests.rules.placed import claim, document

BUCKET = ("s3://lake", "target.connection.s3.bucket")  # a use: what is named, and where
ROLE = "arn:aws:iam::012345678901:role/etl"


def job(job_id: str, **more: Any) -> Claim:
    """A job of the tenant in its id, alone with its table unless `more` says otherwise."""
    own = {"identity": job_id, "table": f"ns.{job_id}", "location": "", "tenant": job_id.partition("/")[0]}
    return claim(job_id, **{**own, **more})


def below(job_id: str, root: str, **more: Any) -> Claim:
    """A job whose table lies below a root, by its name."""
    return job(job_id, storage=root, location=f"{root.rstrip('/')}/{job_id}", **more)


def findings(claims: list[Claim], *sharing: Sharing, text: str = "", whole: bool = False) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    project = Project(Path("/"), document(text, "dativo.yaml") if text else None, sharing=sharing)
    check_project(claims, project, found, whole=whole)
    return sorted(found, key=lambda each: each.sort_key)


def accounts(*given: tuple[str, str], environment: str = "prod", provider: str = "aws") -> list[Claim]:
    return [job(f"a/{name}", account=account, environment=environment, provider=provider) for name, account in given]
