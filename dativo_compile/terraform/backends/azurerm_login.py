"""How Azure is logged in to: an access key, a SAS token, or an identity, by Terraform's settings and variables."""

from __future__ import annotations

import os
from typing import Any

from dativo_compile.diagnostics.codes.backend import CREDENTIALS_MISSING
from dativo_compile.terraform.backends import settings
from dativo_compile.terraform.backends.transfer import limits_of
from dativo_compile.terraform.fault import StateFault

SETTINGS = (
    "storage_account_name", "access_key", "sas_token", "endpoint", "environment", "use_azuread_auth", "use_msi",
    "use_oidc", "use_cli", "tenant_id", "client_id", "client_secret", "client_certificate_path",
    "client_certificate_password", "oidc_token", "oidc_token_file_path", "msi_endpoint", "timeout_seconds",
)  # fmt: skip
CLOUDS = {  # Terraform's name of a cloud -> its storage suffix, its log-in host
    "public": ("core.windows.net", "login.microsoftonline.com"),
    "usgovernment": ("core.usgovcloudapi.net", "login.microsoftonline.us"),
    "china": ("core.chinacloudapi.cn", "login.chinacloudapi.cn"),
}
LOGIN_HELP = "log in (`az login`), or set ARM_ACCESS_KEY, ARM_SAS_TOKEN or the ARM_CLIENT_* variables"


def client(config: dict[str, Any]) -> Any:
    """A blob service client. Raises `StateFault`, `AzureError`."""
    from azure.storage.blob import BlobServiceClient

    suffix, authority = _cloud(config)
    account = str(config["storage_account_name"])
    url = settings.text(config, "endpoint") or f"https://{account}.blob.{suffix}"
    limits = limits_of(config)
    return BlobServiceClient(
        url, credential=_credential(config, account, authority), retry_total=0,
        connection_timeout=limits.connect, read_timeout=limits.read,
        connection_verify=os.environ.get("SSL_CERT_FILE") or True, logging_enable=False,
    )  # fmt: skip


def _cloud(config: dict[str, Any]) -> tuple[str, str]:
    name = settings.text(config, "environment", "ARM_ENVIRONMENT") or "public"
    if name.lower() not in CLOUDS:
        raise settings.malformed(config, "environment", "is no known cloud", f"known are {', '.join(sorted(CLOUDS))}")
    return CLOUDS[name.lower()]


def _credential(config: dict[str, Any], account: str, authority: str) -> Any:
    """An access key, else a SAS token, else an identity: Terraform's own order."""
    from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential

    key = settings.text(config, "access_key", "ARM_ACCESS_KEY")
    if key:
        return AzureNamedKeyCredential(account, key)
    token = settings.text(config, "sas_token", "ARM_SAS_TOKEN")
    if token:
        return AzureSasCredential(token.removeprefix("?"))
    return _identity(config, authority)


def _identity(config: dict[str, Any], authority: str) -> Any:
    from azure import identity

    tenant = settings.text(config, "tenant_id", "ARM_TENANT_ID")
    ours = settings.text(config, "client_id", "ARM_CLIENT_ID")
    secret = settings.text(config, "client_secret", "ARM_CLIENT_SECRET")
    certificate = settings.text(config, "client_certificate_path", "ARM_CLIENT_CERTIFICATE_PATH")
    if tenant and ours and secret:
        return identity.ClientSecretCredential(tenant, ours, secret, authority=authority)
    if tenant and ours and certificate:
        password = settings.text(config, "client_certificate_password", "ARM_CLIENT_CERTIFICATE_PASSWORD")
        if os.path.exists(certificate):
            return identity.CertificateCredential(tenant, ours, certificate, password=password, authority=authority)
        raise missing("the client certificate cannot be read")
    if settings.flag(config, "use_oidc", "ARM_USE_OIDC"):
        return _federated(config, tenant, ours, authority)
    if settings.flag(config, "use_msi", "ARM_USE_MSI"):
        return identity.ManagedIdentityCredential(client_id=ours)
    if settings.text(config, "use_cli", "ARM_USE_CLI") in ("false", "False", "0"):
        raise missing("none were found, and the Azure CLI is not to be asked")
    return identity.AzureCliCredential(tenant_id=tenant or "", process_timeout=10)


def _federated(config: dict[str, Any], tenant: str | None, ours: str | None, authority: str) -> Any:
    """A token of the build server stands for a secret."""
    from azure import identity

    if not (tenant and ours):
        raise missing("`use_oidc` needs `tenant_id` and `client_id`")
    token = settings.text(config, "oidc_token", "ARM_OIDC_TOKEN")
    file = settings.text(config, "oidc_token_file_path", "ARM_OIDC_TOKEN_FILE_PATH", "AZURE_FEDERATED_TOKEN_FILE")
    if token:
        return identity.ClientAssertionCredential(tenant, ours, lambda: token, authority=authority)
    if file:
        return identity.WorkloadIdentityCredential(
            tenant_id=tenant, client_id=ours, token_file_path=file, authority=authority
        )
    raise missing("`use_oidc` needs `oidc_token` or `oidc_token_file_path`")


def missing(reason: str) -> StateFault:
    return StateFault(CREDENTIALS_MISSING, service="Azure", reason=reason, help=LOGIN_HELP)
