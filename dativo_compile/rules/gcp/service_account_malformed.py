"""The id of a service account is its e-mail address, in one of the forms that Google gives them."""

from __future__ import annotations

from collections.abc import Iterator

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic
from dativo_compile.model.job import PlacedJob
from dativo_compile.model.project import Project
from dativo_compile.rules.gcp.resources import with_project
from dativo_compile.rules.gcp.service_account import service_account_of
from dativo_compile.rules.provider.id_fault import IdFault
from dativo_compile.rules.provider.resource import declared, id_refused

SERVICE_ACCOUNT_MALFORMED = Code(
    "DC5033",
    "service-account-malformed",
    "error",
    "`{id}` is no service account: {reason}",
    """\
A service account is known by its e-mail address. One of your own is `NAME@PROJECT.iam.gserviceaccount.com`, its name 6
to 30 lower-case letters, digits and hyphens; of a project such as `example.com:acme-data` it is
`NAME@acme-data.example.com.iam.gserviceaccount.com`. Google's own are `NUMBER-compute@developer`,
`PROJECT@appspot`, `NUMBER@cloudservices`, `NUMBER@cloudbuild`, each with `.gserviceaccount.com` after it, and agents
of services: `service-NUMBER@SERVICE.iam.gserviceaccount.com`, `bq-NUMBER@bigquery-encryption.iam.gserviceaccount.com`.

Write the address: in Terraform it is the attribute `email` of a `google_service_account`, not its `id` or `member`.""",
    source="https://cloud.google.com/iam/docs/service-account-types",
)


def service_account_malformed(placed: PlacedJob, _project: Project) -> Iterator[Diagnostic]:
    for number, resource in declared(placed, "gcp", "service_account"):
        read = service_account_of(resource["resource_id"])
        if type(read) is IdFault:
            yield id_refused(SERVICE_ACCOUNT_MALFORMED, placed, number, resource, with_project(placed, read))
