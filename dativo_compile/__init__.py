"""Compile ETL job files and Terraform state into immutable job manifests.

The public API: `compile_project`, `Request`, `Compilation`, `Diagnostic`, `load_terraform_state`.
Names are imported when they are used, so that the command line starts without the compiler.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dativo_compile.version import __version__

WHERE = {
    "compile_project": "dativo_compile.pipeline",
    "Compilation": "dativo_compile.pipeline",
    "Request": "dativo_compile.model.project",
    "Diagnostic": "dativo_compile.diagnostics.diagnostic",
    "load_terraform_state": "dativo_compile.terraform.reader",
}
__all__ = ["Compilation", "Diagnostic", "Request", "__version__", "compile_project", "load_terraform_state"]


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(WHERE[name]), name)
