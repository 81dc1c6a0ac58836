"""States in Google Cloud Storage: https://developer.hashicorp.com/terraform/language/backend/gcs"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dativo_compile.terraform.backends import gcs_login, settings
from dativo_compile.terraform.backends.clients import Clients
from dativo_compile.terraform.backends.local import is_name
from dativo_compile.terraform.backends.transfer import (
    Limits,
    cut_off,
    denied,
    fetched,
    limits_of,
    need,
    refused,
    required,
    store_missing,
    too_large,
    unreachable,
)

T = TypeVar("T")
CLIENTS = Clients(gcs_login.client, names=gcs_login.SETTINGS, prefixes=("GOOGLE_", "GCE_", "STORAGE_", "CLOUDSDK_"))
SUFFIX = ".tfstate"
OBJECT = "object"  # our own: one object by its whole name, for `gs://` locations
LISTED = 5000


@dataclass(frozen=True, slots=True)
class Gcs:
    """`name` is the whole name of one object, of a `gs://` location; otherwise objects are named below `prefix`."""

    config: dict[str, Any]
    bucket: str
    prefix: str
    limits: Limits
    name: str | None = None

    def location(self, workspace: str) -> str:
        return f"gs://{self.bucket}/{self._object(workspace)}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        if not is_name(workspace):
            return None
        return fetched(self.limits, lambda: self._asked(lambda client: self._body(client, self._object(workspace))))

    def workspaces(self) -> tuple[str, ...]:
        """The first some thousand. Raises `StateFault`."""
        return fetched(self.limits, lambda: self._asked(self._listed)) or ()

    def _object(self, workspace: str) -> str:
        return self.name or posixpath.join(self.prefix, workspace + SUFFIX)

    def _body(self, client: Any, name: str) -> bytes | None:
        from google.api_core.exceptions import NotFound

        key = gcs_login.customer_key(self.config)
        blob = client.bucket(self.bucket).blob(name, encryption_key=key)
        sink = _Sink(self.limits)
        try:
            blob.download_to_file(sink, timeout=self._timeout, retry=None)
        except NotFound:
            pass
        else:
            return sink.getvalue()
        self._probe(client)  # outside of `except`: a missing bucket and a missing object are both 404
        return None

    def _probe(self, client: Any) -> None:
        """Raises `StateFault` if there is no such bucket; who may not list is not told."""
        from google.api_core.exceptions import Forbidden, NotFound, Unauthorized

        try:
            next(iter(client.list_blobs(self.bucket, max_results=1, timeout=self._timeout, retry=None)), None)
        except (Forbidden, Unauthorized):
            return
        except NotFound:
            pass
        else:
            return
        raise store_missing("bucket", self.bucket)

    def _listed(self, client: Any) -> tuple[str, ...]:
        prefix = f"{self.prefix}/" if self.prefix else ""
        found = client.list_blobs(
            self.bucket, prefix=prefix, delimiter="/", max_results=LISTED, timeout=self._timeout, retry=None
        )
        names = (blob.name.removeprefix(prefix) for blob in found)
        return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX) and "/" not in name))

    @property
    def _timeout(self) -> tuple[float, float]:
        return self.limits.connect, self.limits.read

    def _asked(self, call: Callable[[Any], T]) -> T | None:
        """What the bucket answers; absent for an object that is not there. Raises `StateFault`, `Transient`."""
        need("gcs", "gcp", google__cloud__storage="google-cloud-storage")
        import requests
        from google.api_core.exceptions import GoogleAPICallError
        from google.auth.exceptions import GoogleAuthError
        from google.cloud.storage.exceptions import DataCorruption

        try:
            return call(CLIENTS.of(self.config, gcs_login.files()))
        except GoogleAPICallError as error:
            fault = _refusal(error)
        except GoogleAuthError as error:
            fault = gcs_login.fault_of(error)
        except DataCorruption:
            fault = cut_off("its checksum is wrong")
        except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
            fault = cut_off("the connection ended before the object did")
        except requests.exceptions.SSLError:
            fault = unreachable("the TLS certificate of the server is not trusted", passing=False)
        except requests.exceptions.Timeout:
            fault = unreachable("the server did not answer in time")
        except requests.exceptions.RequestException:
            fault = unreachable("the connection failed")
        raise fault  # outside of `except`: the library's error keeps the request, token included


class _Sink(io.BytesIO):
    """A body as it arrives, refused as soon as it is too large."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._limits.largest:
            raise too_large(self._limits)
        return super().write(data)


def _refusal(error: Any) -> Exception:
    response = getattr(error, "response", None)
    after = response.headers.get("Retry-After") if response is not None else None
    status = int(error.code or 0)
    if status == 401:
        return denied("HTTP 401; the credentials are not valid, or have expired")
    return refused(status, retry_after=after)


def opened(config: dict[str, Any], root: Path, module: str) -> Gcs:
    """Raises `StateFault`."""
    (bucket,) = required(config, "bucket")
    prefix = (settings.text(config, "prefix") or "").strip("/")
    return Gcs(config, bucket, prefix, limits_of(config), settings.text(config, OBJECT))
