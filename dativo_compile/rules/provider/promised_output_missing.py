"""The reference modules promise outputs; a state without them was made by something else, or is out of date."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, diagnose
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.provider.block import outputs_of
from dativo_compile.yaml.spans import place_of

# Ending of the module's path -> outputs, and the one that goes with a type of catalog.
PROMISES = {
    "aws/dativo-etl": (("s3_bucket_name", "iam_role_arn"), "glue", "glue_database_name"),
    "gcp/dativo-etl": (("gcs_bucket_name", "service_account_email"), "bigquery", "bigquery_dataset_id"),
}

PROMISED_OUTPUT_MISSING = Code(
    "DC5005",
    "promised-output-missing",
    "error",
    "the state lacks the output `{name}` of `{module}`",
    """\
The reference modules promise some outputs: `aws/dativo-etl` has `s3_bucket_name`, `iam_role_arn` and,
for a Glue catalog, `glue_database_name`; `gcp/dativo-etl` has `gcs_bucket_name`,
`service_account_email` and, for a BigQuery catalog, `bigquery_dataset_id`. They must be in the state,
whether the job maps them or not: a state without them comes from an older version of the module, from
another module, or from an apply that stopped half way.

Apply the module again (`terraform apply`), or, if the module is one of your own, give its folder
another name.""",
)


def promised_output_missing(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    module, state, mapped = placed.linked.module, placed.state, outputs_of(placed)
    if module is None or state is None or not mapped or not state.outputs:
        return  # a state without any output is an error of its own
    promise = PROMISES.get("/".join(module.split("/")[-2:]))
    if promise is None:
        return
    always, catalog, its_output = promise
    with_catalog = placed.body["target"]["catalog"].get("type") == catalog
    for name in (*always, its_output) if with_catalog else always:
        if name in state.outputs or any(expression.split(".")[0].split("[")[0] == name for expression in mapped):
            continue  # a mapped one that is missing has been reported at its line
        yield diagnose(
            PROMISED_OUTPUT_MISSING,
            place_of(placed.linked.document, ("infrastructure", "terraform", "module_path")),
            notes=(f"{state.location} has {_counted(len(state.outputs))}",),
            help="apply the module again, or give a module of your own another folder name",
            name=name,
            module=module,
        )


def _counted(number: int) -> str:
    return "1 output" if number == 1 else f"{number} outputs"
