"""States in Azure blob storage: https://developer.hashicorp.com/terraform/language/backend/azurerm"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dativo_compile.terraform.backends import azurerm_login, settings
from dativo_compile.terraform.backends.clients import Clients
from dativo_compile.terraform.backends.local import DEFAULT, is_name
from dativo_compile.terraform.backends.transfer import (
    Limits,
    cut_off,
    denied,
    fetched,
    gathered,
    limits_of,
    need,
    refused,
    required,
    store_missing,
    unexpected,
    unreachable,
)

T = TypeVar("T")
CLIENTS = Clients(azurerm_login.client, names=azurerm_login.SETTINGS, prefixes=("ARM_", "AZURE_", "IDENTITY_", "MSI_"))
MARK = "env:"  # between the key and the workspace, without a separator
ROLE_NOTE = "Entra ID log-ins need the role `Storage Blob Data Reader`; being the account's owner is not enough"


@dataclass(frozen=True, slots=True)
class Azurerm:
    """`account` is the storage account's name."""

    config: dict[str, Any]
    account: str
    container: str
    key: str
    limits: Limits

    def location(self, workspace: str) -> str:
        return f"az://{self.account}/{self.container}/{self._blob(workspace)}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        if not is_name(workspace):
            return None
        return fetched(self.limits, lambda: self._asked(lambda client: self._body(client, self._blob(workspace))))

    def workspaces(self) -> tuple[str, ...]:
        """The first some thousand. Raises `StateFault`."""
        return fetched(self.limits, lambda: self._asked(self._listed)) or ()

    def _blob(self, workspace: str) -> str:
        return self.key if workspace == DEFAULT else f"{self.key}{MARK}{workspace}"

    def _body(self, client: Any, name: str) -> bytes:
        blob = client.get_blob_client(self.container, name)
        answer = blob.download_blob(max_concurrency=1)
        return gathered(answer.chunks(), self.limits, answer.size)

    def _listed(self, client: Any) -> tuple[str, ...]:
        names = client.get_container_client(self.container).list_blob_names(name_starts_with=self.key)
        tails = (name.removeprefix(self.key) for _, name in zip(range(5000), names, strict=False))
        found = {tail.removeprefix(MARK) if tail else DEFAULT for tail in tails if not tail or tail.startswith(MARK)}
        return tuple(sorted(found - {""}))

    def _asked(self, call: Callable[[Any], T]) -> T | None:
        """What the container answers; absent for a blob that is not there. Raises `StateFault`, `Transient`."""
        need("azurerm", "azure", azure__storage__blob="azure-storage-blob", azure__identity="azure-identity")
        from azure import identity
        from azure.core import exceptions

        try:
            return call(CLIENTS.of(self.config))
        except identity.CredentialUnavailableError:
            fault: Exception | None = azurerm_login.missing("none were found")
        except exceptions.IncompleteReadError:
            fault = cut_off("the connection ended before the blob did")
        except exceptions.ClientAuthenticationError as error:
            known = error.status_code and getattr(error, "error_code", None)
            fault = self._refusal(error) if known else azurerm_login.missing("the log-in was refused")
        except exceptions.HttpResponseError as error:
            fault = self._refusal(error)
        except (exceptions.ServiceRequestTimeoutError, exceptions.ServiceResponseTimeoutError):
            fault = unreachable("the server did not answer in time")
        except (exceptions.ServiceRequestError, exceptions.ServiceResponseError) as error:
            fault = _broken(error)
        except exceptions.AzureError as error:
            fault = unexpected(f"in a way that its library refuses (`{type(error).__name__}`)")
        except ValueError:  # the library's word for an answer without the headers of a blob
            fault = unexpected("without the headers of a blob")
        if fault is None:
            return None
        raise fault  # outside of `except`: the library's error keeps the request, signature included

    def _refusal(self, error: Any) -> Exception | None:
        code = getattr(error, "error_code", None) or ""
        code = str(getattr(code, "value", code))  # known ones are members of an enumeration
        status = int(error.status_code or 0)
        if code in ("ContainerNotFound", "ContainerBeingDeleted"):
            return store_missing("container", self.container)
        if status == 404:
            return None
        if status in (401, 403):
            return denied(f"`{code}`" if code else f"HTTP {status}", (ROLE_NOTE,) if "Permission" in code else ())
        if not status:  # the library has tried the rest of the body three times by itself
            return cut_off("the connection ended before the blob did").fault
        after = error.response.headers.get("Retry-After") if error.response is not None else None
        return refused(status, retry_after=after)


def _broken(error: Any) -> Exception:
    text = repr(error)
    if "CERTIFICATE" in text:
        return unreachable("the TLS certificate of the server is not trusted", passing=False)
    if "Timeout" in text or "timed out" in text:
        return unreachable("the server did not answer in time")
    return unreachable("the connection failed" if "ServiceRequest" in type(error).__name__ else "the connection broke")


def opened(config: dict[str, Any], root: Path, module: str) -> Azurerm:
    """Raises `StateFault`."""
    account, container, key = required(config, "storage_account_name", "container_name", "key")
    settings.text(config, "endpoint")
    return Azurerm(config, account, container, key.strip("/"), limits_of(config))
