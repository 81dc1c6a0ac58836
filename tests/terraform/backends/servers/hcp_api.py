"""As much of the HCP Terraform API as reading states takes. The download's address is signed, and on a host of its own
if there is one: there the token must not arrive.
"""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.backends.servers.serving import Answer, Service, run

SIGNATURE = "signature-that-opens-the-state"


class Hcp(Service):
    """`contents` has the states by workspace; null for one without a state. `--archive` is where downloads go."""

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        if path == "/.well-known/terraform.json":
            services = {} if self.options.nothing else {"tfe.v2": "/api/v2/", "tfe.v2.1": "/api/v2/"}
            return 200, {}, json.dumps({"modules.v1": "/v1/", **services}).encode()
        if path.startswith("/archive/"):
            if headers.get("Authorization") or query.get("sig") != SIGNATURE:
                return 400, {}, b"an archive takes a signature, and nothing else"
            return 200, {}, self.contents[path.removeprefix("/archive/")].encode()
        if headers.get("Authorization") != f"Bearer {self.options.token}":
            return 401, {}, b'{"errors":[{"status":"401","title":"unauthorized"}]}'
        return self.asked(path.removeprefix("/api/v2/").split("/"), query)

    def asked(self, parts: list[str], query: dict[str, str]) -> Answer:
        match parts:
            case ["organizations", "acme", "workspaces"]:
                return self.listing(query)
            case ["organizations", "acme", "workspaces", name] if name in self.contents:
                return self.document({"id": f"ws-{name}", "type": "workspaces", "attributes": {"name": name}})
            case ["workspaces", id, "current-state-version"] if self.contents.get(id.removeprefix("ws-")):
                name = id.removeprefix("ws-")
                url = f"https://localhost:{self.options.port}/api/v2/state-versions/{name}/hosted_state"
                return self.document({"id": "sv-1", "attributes": {"hosted-state-download-url": url}})
            case ["state-versions", name, "hosted_state"]:
                host = self.options.archive or f"https://127.0.0.1:{self.options.port}"
                return 302, {"Location": f"{host}/archive/{name}?sig={SIGNATURE}"}, b""
        return 404, {}, b'{"errors":[{"status":"404","title":"not found"}]}'

    def listing(self, query: dict[str, str]) -> Answer:
        """Two names a page, so that there are several."""
        number = int(query["page[number]"])
        names = sorted(name for name in self.contents if query.get("search[name]", "") in name)
        page = [{"id": f"ws-{n}", "attributes": {"name": n}} for n in names[number * 2 - 2 : number * 2]]
        following = number + 1 if len(names) > number * 2 else None
        whole = {"data": page, "meta": {"pagination": {"next-page": following}}}
        return 200, {}, json.dumps(whole).encode()

    def document(self, data: dict[str, Any]) -> Answer:
        return 200, {"Content-Type": "application/vnd.api+json"}, json.dumps({"data": data}).encode()


if __name__ == "__main__":
    run(Hcp, "token", "archive", "nothing")
