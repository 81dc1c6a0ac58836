"""As much of Consul as Terraform's backend uses without locking: values, transactions, listings, tokens, a limit."""

from __future__ import annotations

import base64
import json
from typing import Any

from tests.terraform.backends.servers.serving import Answer, Service, run

LARGEST = 512 * 1024  # what Consul takes in one request by default
KV = "/v1/kv/"


class Consul(Service):
    """`contents` has values in base64, as the API does. `--token` is the one that may read and write."""

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        if self.options.token and headers.get("X-Consul-Token") != self.options.token:
            return 403, {}, b"Permission denied: token lacks permission 'key:read'"
        if len(body) > LARGEST:
            return 413, {}, b"Request body too large, max size: 524288 bytes"
        if (method, path) == ("PUT", "/v1/txn"):
            results = [{"KV": self.stored(op["KV"]["Key"], op["KV"]["Value"])} for op in json.loads(body)]
            return 200, {}, json.dumps({"Results": results, "Errors": None}).encode()
        if not path.startswith(KV):
            return 404, {}, b"no such endpoint"
        key = path.removeprefix(KV)
        match method:
            case "PUT":
                self.stored(key, base64.b64encode(body).decode())
                return 200, {}, b"true"
            case "DELETE":
                gone = [k for k in self.contents if k == key or ("recurse" in query and k.startswith(key))]
                for name in gone:
                    del self.contents[name]
                return 200, {}, b"true"
        return self.listing(key, query) if "keys" in query else self.value(key)

    def stored(self, key: str, value: str) -> dict[str, Any]:
        self.contents[key] = value
        return {"Key": key, "Flags": 0, "Value": None, "LockIndex": 0, "CreateIndex": 1, "ModifyIndex": 7}

    def value(self, key: str) -> Answer:
        if key not in self.contents:
            return 404, {"X-Consul-Index": "7"}, b""
        return 200, {"X-Consul-Index": "7"}, json.dumps([self.entry(key)]).encode()

    def entry(self, key: str) -> dict[str, Any]:
        return {"Key": key, "Flags": 0, "Value": self.contents[key], "LockIndex": 0, "CreateIndex": 1, "ModifyIndex": 7}

    def listing(self, prefix: str, query: dict[str, str]) -> Answer:
        """Keys up to the first separator after the prefix."""
        found, mark = set(), query.get("separator", "")
        for key in self.contents:
            if key.startswith(prefix):
                rest = key.removeprefix(prefix)
                found.add(prefix + rest.partition(mark)[0] + mark if mark and mark in rest else key)
        return (200, {"X-Consul-Index": "7"}, json.dumps(sorted(found)).encode()) if found else (404, {}, b"")


if __name__ == "__main__":
    run(Consul, "token")
