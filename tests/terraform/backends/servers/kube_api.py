"""As much of the Kubernetes API as Terraform's backend uses: secrets and leases of a namespace, labels, tokens."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.terraform.backends.servers.serving import Answer, Service, run

PATH = re.compile(r"/(?:api/v1|apis/coordination\.k8s\.io/v1)/namespaces/([^/]+)/(secrets|leases)(?:/([^/]+))?")
KINDS = {"secrets": ("v1", "Secret"), "leases": ("coordination.k8s.io/v1", "Lease")}


class Kube(Service):
    """`contents` has objects by `NAMESPACE/KIND/NAME`. `--user` and `--token` are the ways in."""

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        if self.options.token and headers.get("Authorization") != f"Bearer {self.options.token}":
            return self.status(401, "Unauthorized")
        found = PATH.fullmatch(path)
        if found is None:
            return self.status(404, "NotFound")
        namespace, kind, name = found.groups()
        if method == "GET" and name is None:
            return self.listing(f"{namespace}/{kind}/", kind, query.get("labelSelector", ""), headers.get("Accept", ""))
        if method in ("POST", "PUT"):
            thing = json.loads(body)
            name = thing["metadata"]["name"]
            thing |= dict(zip(("apiVersion", "kind"), KINDS[kind], strict=True))
            self.contents[f"{namespace}/{kind}/{name}"] = thing
            return 200, {"Content-Type": "application/json"}, json.dumps(thing).encode()
        key = f"{namespace}/{kind}/{name}"
        if key not in self.contents:
            return self.status(404, "NotFound")
        thing = self.contents.pop(key) if method == "DELETE" else self.contents[key]
        return 200, {"Content-Type": "application/json"}, json.dumps(thing).encode()

    def listing(self, start: str, kind: str, selector: str, accept: str) -> Answer:
        wanted = dict(pair.split("=", 1) for pair in selector.split(",") if pair)
        version, name = KINDS[kind]
        items = [thing for key, thing in sorted(self.contents.items()) if key.startswith(start)]
        items = [i for i in items if wanted.items() <= (i["metadata"].get("labels") or {}).items()]
        if "PartialObjectMetadataList" in accept:
            items = [{"metadata": item["metadata"]} for item in items]
        whole = {"apiVersion": version, "kind": f"{name}List", "metadata": {"resourceVersion": "7"}, "items": items}
        return 200, {"Content-Type": "application/json"}, json.dumps(whole).encode()

    def status(self, code: int, reason: str) -> Answer:
        said = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code}
        return code, {"Content-Type": "application/json"}, json.dumps(said).encode()


if __name__ == "__main__":
    run(Kube, "token")
