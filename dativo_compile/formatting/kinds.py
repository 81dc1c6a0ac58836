"""What a YAML file is: a project has others too, which are not ours to format."""

from __future__ import annotations

import re
from typing import Any

from dativo_compile.discovery.root import PROJECT_FILE
from dativo_compile.model.source import Kind

JOB_KEYS = {"tenant_id", "source_connector_path", "target_connector_path", "asset_path"}
# In a file that is no YAML nobody can look for keys; a line may still look like one of ours.
OURS = re.compile(rb"^(?:tenant_id|asset_path|connection_template|roles|asset|schema)[ \t]*:", re.MULTILINE)


def kind_of(name: str, value: Any, jobs_folder: str) -> Kind | None:
    """By its place for jobs and `dativo.yaml`, else by its keys. `name` is project-relative."""
    if name == PROJECT_FILE:
        return "project"
    if jobs_folder != "." and name.startswith(f"{jobs_folder}/"):
        return "job"
    if type(value) is not dict:
        return None
    if value.keys() & JOB_KEYS:
        return "job"
    if "connection_template" in value or {"type", "roles"} <= value.keys():
        return "connector"
    contract = value.get("kind") == "DataContract"
    return "asset" if contract or type(value.get("asset")) is dict or type(value.get("schema")) is list else None


def looks_ours(data: bytes) -> bool:
    """Whether a file that cannot be read was probably meant for the compiler."""
    return OURS.search(data) is not None
