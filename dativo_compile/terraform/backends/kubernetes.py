"""States in Kubernetes secrets: https://developer.hashicorp.com/terraform/language/backend/kubernetes"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from dativo_compile.diagnostics.codes.service import WORKSPACE_UNFIT
from dativo_compile.terraform.backends.answers import decoded, found, inside
from dativo_compile.terraform.backends.kubeconfig import Cluster, cluster_of
from dativo_compile.terraform.backends.packed import Unpacked, parts_fault
from dativo_compile.terraform.backends.settings import text
from dativo_compile.terraform.backends.transfer import Limits, fetched, limits_of, required
from dativo_compile.terraform.backends.web import get
from dativo_compile.terraform.fault import StateFault

SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
LONGEST = 253
# Names and labels without the data, which would be every state there is; servers that cannot do this send it all.
METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"


@dataclass(frozen=True, slots=True)
class Kubernetes:
    """A state that is too large for one secret goes on in `NAME-part-1` and so on."""

    cluster: Cluster
    namespace: str
    suffix: str
    limits: Limits

    def location(self, workspace: str) -> str:
        return f"{self.cluster.url}/api/v1/namespaces/{self.namespace}/secrets/{self.secret(workspace)}"

    def secret(self, workspace: str) -> str:
        return f"tfstate-{workspace}-{self.suffix}"

    def read(self, workspace: str) -> bytes | None:
        """Asks for secrets by name, so that the right to `get` them is enough. Raises `StateFault`."""
        name = self.secret(workspace)
        if len(name) > LONGEST or not SUBDOMAIN.fullmatch(name):
            raise StateFault(
                WORKSPACE_UNFIT, workspace=workspace, reason=f"a secret cannot be named `{name}`",
                help="Kubernetes takes small letters, digits, `-` and `.`",
            )  # fmt: skip
        return fetched(self.limits, lambda: self._state(name))

    def workspaces(self) -> tuple[str, ...]:
        """Needs the right to `list` secrets. Raises `StateFault`."""
        selector = f"tfstate=true,tfstateSecretSuffix={self.suffix}"
        body = fetched(self.limits, lambda: self._get(f"?{urlencode({'labelSelector': selector})}", METADATA))
        items = decoded(body).get("items") if body is not None else None
        labels = [inside(item, "metadata", "labels", "tfstateWorkspace") for item in items or ()]
        return tuple(sorted({label for label in labels if type(label) is str}))

    def _state(self, name: str) -> bytes | None:
        first = self._part(name)
        if first is None:
            return None
        stream, number = Unpacked(self.limits), 0
        stream.add(first)
        while not stream.complete:
            number += 1
            part = self._part(f"{name}-part-{number}")
            if part is None:
                raise parts_fault(f"there is no `{name}-part-{number}`")
            stream.add(part)
        return bytes(stream.text)

    def _part(self, name: str) -> bytes | None:
        """A secret without a state in it is, to Terraform, no state."""
        body = self._get(f"/{quote(name)}", "application/json")
        encoded = inside(decoded(body), "data", "tfstate") if body is not None else None
        if encoded is None:
            return None
        try:
            return base64.b64decode(str(encoded), validate=True)
        except (binascii.Error, ValueError):
            pass
        raise parts_fault("a secret's data is not in base64")

    def _get(self, rest: str, accept: str) -> bytes | None:
        url = f"{self.cluster.url}/api/v1/namespaces/{quote(self.namespace, safe='')}/secrets{rest}"
        headers = {"Accept": accept, **self.cluster.headers}
        return found(get(url, self.limits, headers=headers, tls=self.cluster.tls))


def opened(config: dict[str, Any], root: Path, module: str) -> Kubernetes:
    """Raises `StateFault`."""
    (suffix,) = required(config, "secret_suffix")
    namespace = text(config, "namespace", "KUBE_NAMESPACE") or "default"
    return Kubernetes(cluster_of(config, root, module), namespace, suffix, limits_of(config))
