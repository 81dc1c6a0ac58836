"""A reference module with `terraform_data` in place of cloud resources, so that its own logic runs in a real terraform.

Variables, locals, conditions and outputs stay as they are. What a cloud would have answered (an ARN, an email) comes
from the tables below; it is as true as they are, and the only part of a twin that is not the module's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.modules.reference import Block, bare, blocks, declared, files, parsed, plain

# Attributes that the provider computes, as templates over what the resource was given.
COMPUTED: dict[str, dict[str, str]] = {
    "aws_s3_bucket": {"id": "{bucket}", "arn": "arn:aws:s3:::{bucket}", "bucket_region": "${{var.region}}"},
    "aws_iam_role": {"id": "{name}", "arn": "arn:aws:iam::${{local.account_id}}:role/{name}"},
    "aws_glue_catalog_database": {"arn": "arn:aws:glue:${{var.region}}:${{local.account_id}}:database/{name}"},
    "aws_cloudwatch_log_group": {"arn": "arn:aws:logs:${{var.region}}:${{local.account_id}}:log-group:{name}"},
    "google_storage_bucket": {"url": "gs://{name}"},
    "google_service_account": {
        "email": "{account_id}@{project}.iam.gserviceaccount.com",
        "name": "projects/{project}/serviceAccounts/{account_id}@{project}.iam.gserviceaccount.com",
    },
    "azurerm_storage_account": {
        "id": "/subscriptions/${{var.subscription_id}}/resourceGroups/{resource_group_name}"
        "/providers/Microsoft.Storage/storageAccounts/{name}",
        "primary_blob_endpoint": "https://{name}.blob.core.windows.net/",
    },
    "azurerm_storage_container": {"id": "{storage_account_id}/blobServices/default/containers/{name}"},
    "azurerm_user_assigned_identity": {
        "id": "/subscriptions/${{var.subscription_id}}/resourceGroups/{resource_group_name}"
        "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{name}",
        "client_id": "00000000-0000-4000-8000-00000000c11e",
        "principal_id": "00000000-0000-4000-8000-0000000091a1",
    },
}
DATA = {
    "data.aws_caller_identity.current.account_id": 'coalesce(var.account_id, "123456789012")',
    "data.aws_partition.current.partition": '"aws"',
    "data.aws_partition.current.dns_suffix": '"amazonaws.com"',
    "data.aws_region.current.region": "var.region",
}
REFERENCE = re.compile(r"\b((?:aws|google|azurerm)_\w+)\.(\w+)((?:\[[^\]]*\])?)\.")
KEPT = ("count", "for_each", "lifecycle")


def write(module: Path, into: Path, data: dict[str, str] | None = None) -> None:
    """The twin's files; `data` are other answers of data sources."""
    answers = DATA | (data or {})

    def turned(text: str) -> str:
        for reference, answer in answers.items():
            text = text.replace(reference, answer)
        return REFERENCE.sub(r"terraform_data.\1_\2\3.output.", text)

    into.mkdir(parents=True, exist_ok=True)
    for path in files(module):
        if "resource" not in parsed(path) and path.name not in ("versions.tf", "providers.tf"):
            (into / path.name).write_text(turned(path.read_text("utf-8")), "utf-8")
    locals_ = [_value(body, turned) for body in parsed(module / "main.tf").get("locals", ())]
    twins = {f"{block.type}_{block.name}": _twin(block, turned) for block in blocks(module) if block.kind == "resource"}
    tree = {"locals": locals_, "resource": {"terraform_data": twins}}
    (into / "main.tf.json").write_text(json.dumps(tree, indent=1), "utf-8")
    # What no output shows, such as a policy, can be asked of the twin's state.
    extra = {f"twin_{name}": {"value": _instances(name, twin)} for name, twin in twins.items()}
    assert not extra.keys() & declared(module, "output").keys()
    (into / "twins.tf.json").write_text(json.dumps({"output": extra}), "utf-8")


def _twin(block: Block, turned: Callable[[str], str]) -> dict[str, Any]:
    body = plain(block.body)
    kept = {key: _value(body[key], turned) for key in KEPT if key in body}
    given = {k: _value(v, turned) for k, v in body.items() if k not in (*KEPT, "depends_on", "dynamic")}
    for dynamic in body.get("dynamic", ()):
        given |= {bare(name): turned(_unrolled(bare(name), rule)) for name, rule in plain(dynamic).items()}
    computed = {name: text.format_map(given) for name, text in COMPUTED.get(block.type, {}).items()}
    return {**kept, "input": given | computed}


def _instances(name: str, twin: dict[str, Any]) -> str:
    """However many there are, a list: `[*]` makes one of a single one, but not of a map."""
    all_of = f"values(terraform_data.{name})" if "for_each" in twin else f"terraform_data.{name}"
    return f"${{{all_of}[*].output}}"


def _unrolled(name: str, rule: dict[str, Any]) -> str:
    (content,) = rule["content"]
    members = ", ".join(f"{key} = {_source(value)}" for key, value in plain(content).items())
    return f"${{[for each_ in {bare(rule['for_each'])} : {{ {members} }}]}}".replace(f"{name}.value", "each_")


def _source(value: Any) -> str:
    return bare(value) if isinstance(value, str) and value.startswith("${") else str(value)


def _value(value: Any, turned: Callable[[str], str]) -> Any:
    """In JSON a text is a template already, so a literal loses its quotes and an expression keeps its `${}`."""
    if isinstance(value, dict):
        return {key: _value(part, turned) for key, part in plain(value).items()}
    if isinstance(value, list):
        return [_value(part, turned) for part in value]
    if not isinstance(value, str):
        return value
    return turned(json.loads(value) if value.startswith('"') and "${" not in value else _literal(value))


def _literal(value: str) -> str:
    return value[1:-1] if value.startswith('"') else value
