"""States in S3 and what speaks its protocol: https://developer.hashicorp.com/terraform/language/backend/s3"""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dativo_compile.diagnostics.codes.backend import BACKEND_SETTING
from dativo_compile.terraform.backends import s3_session, settings
from dativo_compile.terraform.backends.clients import Clients
from dativo_compile.terraform.backends.local import DEFAULT, is_name
from dativo_compile.terraform.backends.transfer import (
    CHUNK,
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
)
from dativo_compile.terraform.fault import StateFault

T = TypeVar("T")
PREFIX = "env:"
CLIENTS = Clients(s3_session.client, names=s3_session.SETTINGS, prefixes=("AWS_",))
ABSENT = {"NoSuchKey", "404", "NotFound"}
LIST_NOTE = "where the right to list the bucket is missing, S3 denies a key that does not exist as well"
LISTED = 5  # pages of 1,000


@dataclass(frozen=True, slots=True)
class S3:
    """`prefix` is `workspace_key_prefix`."""

    config: dict[str, Any]
    bucket: str
    key: str
    prefix: str
    limits: Limits

    def location(self, workspace: str) -> str:
        return f"s3://{self.bucket}/{self._key(workspace)}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        if not is_name(workspace):
            return None
        return fetched(self.limits, lambda: self._asked(lambda client: self._body(client, self._key(workspace))))

    def workspaces(self) -> tuple[str, ...]:
        """The first some thousand. Raises `StateFault`."""
        return fetched(self.limits, lambda: self._asked(self._listed)) or ()

    def _key(self, workspace: str) -> str:
        return self.key if workspace == DEFAULT else posixpath.join(self.prefix, workspace, self.key)

    def _body(self, client: Any, key: str) -> bytes:
        answer = client.get_object(Bucket=self.bucket, Key=key, **_customer_key(self.config))
        body = answer["Body"]
        try:
            return gathered(body.iter_chunks(CHUNK), self.limits, answer.get("ContentLength"))
        finally:
            body.close()

    def _listed(self, client: Any) -> tuple[str, ...]:
        found = set()
        prefix = f"{self.prefix}/" if self.prefix else ""
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        for page, _ in zip(pages, range(LISTED), strict=False):
            for entry in page.get("Contents", ()):
                workspace, slash, key = entry["Key"][len(prefix) :].partition("/")
                if slash and key == self.key:
                    found.add(workspace)
        first = client.list_objects_v2(Bucket=self.bucket, Prefix=self.key, MaxKeys=1).get("Contents", ())
        if any(entry["Key"] == self.key for entry in first):
            found.add(DEFAULT)
        return tuple(sorted(found))

    def _asked(self, call: Callable[[Any], T]) -> T | None:
        """What the bucket answers; absent for a key that is not there. Raises `StateFault`, `Transient`."""
        need("s3", "aws", botocore="boto3")
        from botocore import exceptions
        from botocore.parsers import ResponseParserError

        try:
            return call(CLIENTS.of(self.config, s3_session.files()))
        except exceptions.ClientError as error:
            fault = self._refusal(error.response, error.operation_name)
        except (exceptions.IncompleteReadError, exceptions.ResponseStreamingError, exceptions.FlexibleChecksumError):
            fault = cut_off("the connection ended before the object did")
        except ResponseParserError:
            fault = unexpected("with something that is not S3's XML")
        except exceptions.BotoCoreError as error:
            fault = s3_session.fault_of(error)
        if fault is None:
            return None
        raise fault  # outside of `except`: the library's error keeps the request, signature included

    def _refusal(self, answer: dict[str, Any], operation: str) -> Exception | None:
        code = str(answer.get("Error", {}).get("Code", ""))
        about = answer.get("ResponseMetadata", {})
        status, headers = int(about.get("HTTPStatusCode", 0)), about.get("HTTPHeaders", {})
        if operation.startswith("Assume") and status < 500:
            return denied(f"the role cannot be assumed (`{code}`)")
        if code == "NoSuchBucket":
            return store_missing("bucket", self.bucket)
        if code in ABSENT:
            return None
        if code in ("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException") or (
            status == 301
        ):
            region = headers.get("x-amz-bucket-region", "")
            return self._other_region(region)
        if status in (401, 403) or code in s3_session.DENIALS:
            notes = (LIST_NOTE,) if code == "AccessDenied" else ()
            return denied(f"`{code}`" if code.isalnum() and not code.isdigit() else f"HTTP {status}", notes)
        if code in ("SlowDown", "Throttling", "RequestTimeout", "RequestLimitExceeded"):
            status = 503
        return refused(status, retry_after=headers.get("retry-after"))

    def _other_region(self, region: str) -> StateFault:
        notes = (f"the bucket `{self.bucket}` is in {region}",) if region else ()
        return StateFault(
            BACKEND_SETTING, name="region", backend="s3", reason="is not where the bucket is", notes=notes,
            help=f"set `region = \"{region}\"`" if region else "give the bucket's own region",
        )  # fmt: skip


def opened(config: dict[str, Any], root: Path, module: str) -> S3:
    """Raises `StateFault`."""
    bucket, key = required(config, "bucket", "key")
    prefix = settings.text(config, "workspace_key_prefix") or PREFIX
    return S3(config, bucket, key.lstrip("/"), prefix.strip("/"), limits_of(config))


def _customer_key(config: dict[str, Any]) -> dict[str, Any]:
    """What a customer-provided key (SSE-C) adds to a request."""
    text = settings.text(config, "sse_customer_key", "AWS_SSE_CUSTOMER_KEY")
    if text is None:
        return {}
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise settings.malformed(config, "sse_customer_key", "is not the base64 of 32 bytes")
    return {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": key}
