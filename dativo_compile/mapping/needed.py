"""Which state a job reads, and which outputs of it count: what the lock is keyed by, and what it records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from dativo_compile.mapping.plan import plan_of
from dativo_compile.model.job import LinkedJob
from dativo_compile.model.secrecy import secret_keys, without_secrets
from dativo_compile.rules.provider.promised_output_missing import PROMISES
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.redacted import address
from dativo_compile.terraform.guard import GUARDED

# Backend settings by which two states differ. Not one that may hold a credential.
NAMING = frozenset(
    {
        "account_name", "address", "bucket", "config_context", "config_path", "conn_str", "container_name",
        "datacenter", "endpoint", "endpoints", "host", "hostname", "key", "namespace", "organization",
        "path", "prefix", "region", "resource_group_name", "schema_name", "secret_suffix", "server",
        "storage_account_name", "storage_custom_endpoint", "workspace_dir", "workspace_key_prefix", "workspaces",
    }
)  # fmt: skip


def key_of(linked: LinkedJob) -> str:
    """`[MODULE] [BACKEND]:WORKSPACE`; a backend only where the job itself names one."""
    return key_from(linked.module, _block(linked))


def key_from(module: str | None, terraform: Mapping[str, Any]) -> str:
    """The same of a job's `terraform` block."""
    own = terraform.get("backend")
    parts = [address(module)] if module else []
    if own:
        parts.append(_backend_text(json.dumps(own, sort_keys=True)))
    workspace = terraform.get("workspace") or DEFAULT
    return f"{' '.join(parts)}:{workspace}" if parts else str(workspace)


def mapped_names(linked: LinkedJob) -> tuple[str, ...]:
    """The outputs that the job maps, sorted: they reach the index."""
    return names_in(_block(linked).get("outputs") or {})


def names_in(outputs: dict[str, Any]) -> tuple[str, ...]:
    """The same of a job's `outputs` block."""
    return tuple(sorted({mapping.expression.output for mapping in plan_of(outputs).mappings}))


def names_always_needed(module: str | None) -> frozenset[str]:
    """The outputs that are recorded for any job of the module: the guard's, and what a reference module promises."""
    promise = PROMISES.get("/".join((module or "").split("/")[-2:]))
    return GUARDED if promise is None else GUARDED | {*promise[0], promise[2]}


def _block(linked: LinkedJob) -> dict[str, Any]:
    infrastructure = linked.document.value.get("infrastructure")
    block = infrastructure.get("terraform") if type(infrastructure) is dict else None
    return block if type(block) is dict else {}


@lru_cache(maxsize=4096)
def _backend_text(config: str) -> str:
    backend = json.loads(config)
    shown = [f"{name}={_setting(name, value)}" for name, value in _named(backend).items()]
    return " ".join([str(backend.get("type")), *shown])


def _named(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: settings[name] for name in sorted(settings) if name in NAMING and settings[name] is not None}


def _setting(name: str, value: Any) -> str:
    if name == "conn_str":
        return _database(str(value))
    if type(value) is str:
        return address(value)
    if type(value) is dict:
        value = {key: address(str(part)) for key, part in value.items() if not secret_keys[key]}
    return json.dumps(without_secrets(value), sort_keys=True, ensure_ascii=False)


def _database(text: str) -> str:
    """Host and database of a connection string in either of its forms."""
    if "://" in text:
        return address(text)
    pairs = [pair.split("=", 1) for pair in text.split() if "=" in pair]
    return ",".join(f"{name}={value}" for name, value in pairs if name in ("host", "hostaddr", "port", "dbname"))
