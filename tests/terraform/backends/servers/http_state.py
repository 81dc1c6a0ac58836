"""An HTTP server for the `http` backend: states by path, with locking and Basic authentication."""

from __future__ import annotations

import base64
from typing import Any

from tests.terraform.backends.servers.serving import Answer, Service, run


class HttpState(Service):
    """`--auth USER:PASSWORD`; POST needs the lock's id where there is a lock."""

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        wanted = "Basic " + base64.b64encode(self.options.auth.encode()).decode()
        if path == "/moved":
            return 302, {"Location": query["to"]}, b""
        if self.options.auth and headers.get("Authorization") != wanted:
            return (403 if headers.get("Authorization") else 401), {}, b"who are you?"
        held = self.contents.get(f"lock {path}")
        match method:
            case "GET":
                state = self.contents.get(path)
                return (404, {}, b"") if state is None else (200, {}, state.encode())
            case "LOCK":
                if held is not None:
                    return 423, {}, held.encode()
                self.contents[f"lock {path}"] = body.decode()
            case "UNLOCK":
                self.contents.pop(f"lock {path}", None)
            case "POST":
                if held is not None and query.get("ID", "") not in held:
                    return 409, {}, b"locked"
                self.contents[path] = body.decode()
            case "DELETE":
                self.contents.pop(path, None)
        return 200, {}, b""


if __name__ == "__main__":
    run(HttpState, "auth")
