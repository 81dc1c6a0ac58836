"""How Google Cloud is logged in to: Terraform's settings and variables, then application default credentials."""

from __future__ import annotations

import base64
import binascii
import json
import os
from typing import Any

from dativo_compile.diagnostics.codes.backend import CREDENTIALS_MISSING
from dativo_compile.terraform.backends import settings
from dativo_compile.terraform.backends.machine import is_google_cloud
from dativo_compile.terraform.backends.transfer import unreachable
from dativo_compile.terraform.fault import StateFault

SETTINGS = (
    "credentials", "access_token", "impersonate_service_account", "impersonate_service_account_delegates",
    "storage_custom_endpoint",
)  # fmt: skip
SCOPE = "https://www.googleapis.com/auth/devstorage.read_only"
API = "/storage/v1"
EMULATOR = "STORAGE_EMULATOR_HOST"
LOGIN_HELP = "log in: `gcloud auth application-default login`, or set GOOGLE_CREDENTIALS"


def files() -> tuple[str, ...]:
    """Files that credentials may be read from."""
    named = (os.environ.get(name, "") for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CREDENTIALS"))
    return (_own_file(), *(name for name in named if name and not name.lstrip().startswith("{")))


def client(config: dict[str, Any]) -> Any:
    """A storage client. Raises `StateFault`, `GoogleAuthError`."""
    from google.cloud import storage

    endpoint = settings.text(
        config, "storage_custom_endpoint", "GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT", "GOOGLE_STORAGE_CUSTOM_ENDPOINT"
    )
    endpoint = endpoint or os.environ.get(EMULATOR)
    if endpoint:
        endpoint = endpoint if "://" in endpoint else f"http://{endpoint}"
        endpoint = endpoint.rstrip("/").removesuffix(API)  # Terraform wants the path of the API, the library adds it
    options = {"api_endpoint": endpoint} if endpoint else None
    return storage.Client(project="-", credentials=_credentials(config), client_options=options)


def customer_key(config: dict[str, Any]) -> bytes | None:
    """The key of an object that is encrypted with one of the customer's own."""
    text = settings.text(config, "encryption_key", "GOOGLE_ENCRYPTION_KEY")
    if text is None:
        return None
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise settings.malformed(config, "encryption_key", "is not the base64 of 32 bytes")
    return key


def _credentials(config: dict[str, Any]) -> Any:
    from google.auth import impersonated_credentials

    source = _source(config)
    target = settings.text(
        config, "impersonate_service_account",
        "GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT",
    )  # fmt: skip
    if not target:
        return source
    delegates = list(config.get("impersonate_service_account_delegates") or ())
    return impersonated_credentials.Credentials(source, target, [SCOPE], delegates=delegates)


def _source(config: dict[str, Any]) -> Any:
    from google import auth
    from google.auth.credentials import AnonymousCredentials
    from google.oauth2.credentials import Credentials

    token = settings.text(config, "access_token", "GOOGLE_OAUTH_ACCESS_TOKEN")
    if token:
        return Credentials(token)
    given = settings.text(config, "credentials", "GOOGLE_BACKEND_CREDENTIALS", "GOOGLE_CREDENTIALS")
    if given:
        return _from_key(config, given)
    if os.environ.get(EMULATOR):
        return AnonymousCredentials()
    if not (os.environ.get("GOOGLE_APPLICATION_CREDENTIALS") or os.path.exists(_own_file()) or is_google_cloud()):
        raise missing("none were found")  # asking further would call the metadata address
    return auth.default(scopes=[SCOPE], quota_project_id=None)[0]


def _from_key(config: dict[str, Any], given: str) -> Any:
    """A key's file, or its text: an account's, a user's, or a federated identity's. Raises `StateFault`."""
    from google.auth import exceptions, identity_pool
    from google.oauth2 import credentials, service_account

    makers = {
        "service_account": service_account.Credentials.from_service_account_info,
        "authorized_user": credentials.Credentials.from_authorized_user_info,
        "external_account": identity_pool.Credentials.from_info,
    }
    try:
        if given.lstrip().startswith("{"):
            value = json.loads(given)
        else:
            with open(os.path.expanduser(given), encoding="utf-8") as file:
                value = json.load(file)
        return makers[value["type"]](value, scopes=[SCOPE])
    except (OSError, ValueError, KeyError, TypeError, exceptions.GoogleAuthError):
        pass
    raise missing("the `credentials` file cannot be read, or is no key")


def _own_file() -> str:
    """Where `gcloud auth application-default login` leaves what it gets."""
    folder = os.environ.get("CLOUDSDK_CONFIG") or os.path.expanduser("~/.config/gcloud")
    return os.path.join(folder, "application_default_credentials.json")


def fault_of(error: Exception) -> Exception:
    """What the log-in says, in our words."""
    kind = type(error).__name__
    if kind == "TransportError":
        return unreachable("the log-in server cannot be reached")
    return missing("they have expired or were revoked" if kind in ("RefreshError", "ReauthFailError") else "unusable")


def missing(reason: str) -> StateFault:
    return StateFault(CREDENTIALS_MISSING, service="Google Cloud", reason=reason, help=LOGIN_HELP)
