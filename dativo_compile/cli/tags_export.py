"""`dativo tags export`: the tags that Terraform should put on a tenant's resources."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dativo_compile.cli import errors
from dativo_compile.cli.options import Format, Locked, Paths, ProjectFolder, States, Terraform, request_of


class Cloud(StrEnum):
    aws = "aws"
    gcp = "gcp"
    azure = "azure"


class Style(StrEnum):
    camel = "camel"
    snake = "snake"
    dotted = "dotted"
    plain = "plain"


class Values(StrEnum):
    tfvars = "tfvars"
    json = "json"
    hcl = "hcl"


For = Annotated[Cloud, typer.Option("--for", help="The cloud whose jobs are meant, and whose form the tags take.")]
Styled = Annotated[
    Style | None,
    typer.Option(
        "--style", show_default=False,
        help="How keys are written: CostCenter, cost_center, infrastructure.cost_center, or as they are. "
        "Default: tags.style of dativo.yaml, else camel, and snake on gcp.",
    ),
]  # fmt: skip
Valued = Annotated[
    Values,
    typer.Option("--format", help="tfvars: a file of variables; json: the same as .tfvars.json; hcl: locals to copy."),
]
Tenant = Annotated[str | None, typer.Option("--tenant", metavar="TENANT", help="Only the jobs of this tenant.")]
Environment = Annotated[
    str | None, typer.Option("--environment", metavar="ENV", help="Only those of this environment.")
]
Agreed = Annotated[bool, typer.Option("--agreed", help="Leave out tags that jobs disagree about, instead of failing.")]
Name = Annotated[
    str | None,
    typer.Option(
        "--name", metavar="NAME", show_default=False,
        help="Of the variable; default: tags, on gcp labels, as the reference modules have it. Of locals: dativo_tags.",
    ),
]  # fmt: skip
File = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write it there, all or nothing; default: standard output."),
]
Check = Annotated[bool, typer.Option("--check", help="With -o: write nothing; leave with 3 if FILE would change.")]


def export(
    cloud: For,
    paths: Paths = None,
    format: Valued = Values.tfvars,
    style: Styled = None,
    tenant: Tenant = None,
    environment: Environment = None,
    agreed: Agreed = False,
    name: Name = None,
    output: File = None,
    check: Check = False,
    states: States = None,
    terraform: Terraform = None,
    locked: Locked = False,
    project: ProjectFolder = None,
) -> None:
    """Give the tags that Terraform should put on resources.

    So that bill and table agree: `infrastructure.tags` of a tenant's jobs, with tenant_id and environment, in the form
    that the cloud takes. Jobs of several tenants or environments give a map by TENANT-ENVIRONMENT. With any error
    nothing is given.
    """

    def work() -> int:
        from dativo_compile.cli.show_tags import give, show_exported
        from dativo_compile.report import tfvars
        from dativo_compile.review.tagging.export import Selection, export_tags

        request = replace(request_of(paths, project, states, terraform), locked=locked)
        variable = _variable(name, cloud, format, output, check)
        wanted = Selection(tenant, environment, agreed)
        found = export_tags(request, cloud.value, style.value if style else None, wanted)
        show_exported(found)
        if found.failed:
            return errors.FAILED
        return give(tfvars.render(found.tags, variable, format.value), output, check)

    errors.run(Format.text, work)


def _variable(name: str | None, cloud: Cloud, format: Values, output: Path | None, check: bool) -> str:
    """The variable's name. Raises `UsageError` for options that mean nothing together."""
    from dativo_compile.model.usage import UsageError
    from dativo_compile.report import tfvars

    if check and output is None:
        raise UsageError("`--check` without a file", "name the file that it compares with: `-o FILE`")
    if name is not None and not tfvars.is_name(name):
        raise UsageError(f"`{name}` is no name of a variable", "write letters, digits and `_`, a letter first")
    return name or tfvars.variable_of(cloud.value, format.value)
