"""Asks a backend as a compile does, and says what it reported as text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.fault import StateFault
from dativo_compile.terraform.formats import read

STATE = json.dumps(
    {
        "version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "l", "resources": [],
        "outputs": {
            "bucket": {"value": "acme-lake", "type": "string"},
            "password": {"value": "not-a-secret-in-the-state", "type": "string", "sensitive": True},
        },
    }
)  # fmt: skip


def backend(type: str, root: Path = Path("/"), **settings: Any) -> Backend:
    """`seconds` bounds the whole: enough for every retry unless told, on a busy machine too."""
    seconds = settings.pop("seconds", 6)
    return BACKENDS[type]({"type": type, "timeout_seconds": seconds, **settings}, root, ".")


def bucket(opened: Backend, workspace: str = "default") -> str:
    data = opened.read(workspace)
    assert data is not None
    return str(read(data, opened.location(workspace)).outputs["bucket"].value)


def report(call: Any, *secrets: str) -> str:
    """The fault as it would be printed; none of the secrets is in it, nor in what a crash report would show."""
    try:
        call()
    except StateFault as raised:
        fault = raised
    else:
        raise AssertionError("nothing was reported")
    assert fault.__cause__ is None and fault.__context__ is None, "a library's error would be kept, with what it quotes"
    said = fault.at(None)
    lines = [f"{said.code.id} {said.severity}: {said.message}", *(f"note: {note}" for note in said.notes)]
    text = "\n".join([*lines, *([f"help: {said.help}"] if said.help else [])])
    for secret in secrets:
        assert secret not in text
    return re.sub(r":\d{4,5}\b", ":PORT", text)


def parsed(opened: Backend, workspace: str = "default") -> Any:
    data = opened.read(workspace)
    assert data is not None
    return read(data, opened.location(workspace))
