"""`dativo tags drift`: the tags that are wanted beside those that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Formatted, Paths, ProjectFolder, request_of
from dativo_compile.cli.tags_export import Agreed, Cloud, Styled

For = Annotated[
    Cloud | None, typer.Option("--for", show_default=False, help="Only resources of this cloud; default: of all.")
]
File = Annotated[
    Path | None,
    typer.Option(
        "--properties", metavar="FILE",
        help="Compare these table properties too: a JSON object of one table, or of several by NAMESPACE.TABLE.",
    ),
]  # fmt: skip
DeclaredOnly = Annotated[
    bool, typer.Option("--declared", help="Only resources that jobs declare, not all of known types in their states.")
]
States = Annotated[
    list[str] | None,
    typer.Option(
        "--state", metavar="[[MODULE:]WORKSPACE=]FILE",
        help="Read a workspace's state from FILE: a state, or `terraform show -json`; `-` for standard input.",
    ),
]  # fmt: skip
Locked = Annotated[
    bool, typer.Option("--locked", help="Take outputs from dativo.lock.json; then only --properties are compared.")
]


def drift(
    paths: Paths = None,
    cloud: For = None,
    style: Styled = None,
    properties: File = None,
    declared: DeclaredOnly = False,
    agreed: Agreed = False,
    format: Formatted = Format.text,
    states: States = None,
    locked: Locked = False,
    project: ProjectFolder = None,
) -> None:
    """Compare the tags that jobs want with those really there.

    Resources are looked up in the Terraform states of the jobs: those that jobs declare, and the buckets, roles,
    databases, datasets, storage accounts and identities beside them. A wanted tag that is missing or different is
    drift; tags that nobody asked for are not. Leaves with 3 if there is drift, with 1 if there are errors. Nothing is
    written.
    """

    def work() -> int:
        from dativo_compile.cli.show_tags import show_drift
        from dativo_compile.model.usage import UsageError
        from dativo_compile.review.tagging.drift import Asked, tag_drift
        from dativo_compile.review.tagging.tables import Tables, read_properties

        if locked and properties is None:
            raise UsageError("`--locked` reads no state", "leave it out, or give `--properties FILE` to compare")
        tables = Tables(read_properties(properties)) if properties else None
        request = replace(request_of(paths, project, states), locked=locked)
        asked = Asked(cloud.value if cloud else None, style.value if style else None, declared, agreed, tables)
        found = tag_drift(request, asked)
        show_drift(found, format)
        return errors.FAILED if found.failed else errors.OUT_OF_DATE if found.drifted else errors.FINE

    errors.run(format, work)
