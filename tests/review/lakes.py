"""A project of jobs, resources and states, made in a folder for the tests of drift."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dativo_compile.model.project import Request
from dativo_compile.review.tagging.drift import Asked, Drift, tag_drift

FILES = {
    "dativo.yaml": "jobs: jobs\n",
    "connectors/csv.yaml": "{name: csv, type: csv, roles: [source], credentials: {type: none}}\n",
    "connectors/iceberg.yaml": "{name: iceberg, type: iceberg, roles: [target], credentials: {type: none}}\n",
}
JOB = """\
tenant_id: {tenant}
environment: prod
source_connector_path: connectors/csv.yaml
target_connector_path: connectors/iceberg.yaml
asset_path: assets/{name}.yaml
source: {{files: [{{path: "{name}.csv"}}]}}
target: {{connection: {{s3: {{bucket: {bucket}}}}}, catalog: {{type: glue}}}}
infrastructure: {block}
"""
TAGS = {"CostCenter": "D-1", "Environment": "prod", "TenantId": "acme"}


LAKE = "arn:aws:s3:::lake-"  # before the letter that a test calls a bucket by


class Lakes:
    """Jobs are added one by one; a state is a file by workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text, "utf-8")

    def job(
        self, name: str, *buckets: str, tenant: str = "acme", cost_center: str = "D-1", workspace: str = "lake",
        provider: dict[str, Any] | None = None, own: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        """One that declares the buckets, and maps no outputs."""
        declared = [{"resource_type": "s3_bucket", "resource_id": LAKE + one, "tags": own or {}} for one in buckets]
        block = {
            "provider": provider or {"provider": "aws", "region": "eu-central-1", "resources": declared},
            "terraform": {"workspace": workspace},
            "tags": {"cost_center": cost_center},
        }
        bucket = f"lake-{buckets[0] if buckets else 'z'}"
        self.write(f"jobs/{name}.yaml", JOB.format(tenant=tenant, name=name, bucket=bucket, block=json.dumps(block)))
        schema = "[{name: id, type: integer}]"
        self.write(f"assets/{name}.yaml", f'{{name: {name}, version: "1", schema: {schema}}}\n')

    def state(self, tags: dict[str, dict[str, str]], outputs: dict[str, str] | None = None, name: str = "lake") -> str:
        """Buckets with their tags; what `--state` is to be given."""
        resources = [
            {"mode": "managed", "type": "aws_s3_bucket", "name": bucket, "provider": "aws",
             "instances": [{"attributes": {"arn": LAKE + bucket, "tags": its, "tags_all": its}}]}
            for bucket, its in tags.items()
        ]  # fmt: skip
        said = {key: {"value": value, "type": "string"} for key, value in (outputs or {}).items()}
        self.write(f"{name}.tfstate", json.dumps({"version": 4, "outputs": said, "resources": resources}))
        return f"{name}={self.folder / name}.tfstate"

    def drift(self, *states: str, asked: Asked | None = None, locked: bool = False) -> Drift:
        request = Request((self.folder / "jobs",), states=states, locked=locked)
        return tag_drift(request, asked or Asked())


def differing(found: Drift) -> list[tuple[str, str, str | None, str | None]]:
    """Name of the bucket or table, key, wanted, real."""
    return [
        (one.name.removeprefix(LAKE), row.key, row.wanted, row.real)
        for one in found.compared
        for row in one.differences
    ]


def names(found: Drift) -> list[str]:
    return [one.name.removeprefix(LAKE) for one in found.compared]


def codes(found: Drift) -> list[str]:
    return [d.code.id for d in found.diagnostics]
