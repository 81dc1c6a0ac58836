"""A scripted HTTP server on loopback, for golden cases of states that lie elsewhere.

In the files of a case it is called `127.0.0.1:54321`; the harness puts the real port in its place and takes it out of
what comes back. Where the address of a state itself is to be seen, let it have any name, `http://states.example/...`,
and name the server as `http_proxy`: the lock sums up addresses, and a port of the day would change the sums.
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

PORT = "54321"  # as many digits as the ports that systems hand out, so that columns stay
HOST = "127.0.0.1:"

PROXIED = re.compile(r"http://[^/]+")

Script = dict[str, list[dict[str, Any]]]


@dataclass
class Log:
    """What was asked, in order of arrival, and how many were under way at the same time."""

    requests: list[str] = field(default_factory=list)
    now: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def asked(self, request: str) -> Iterator[None]:
        with self.lock:
            self.requests.append(request)
            self.now += 1
            self.most_at_once = max(self.most_at_once, self.now)
        yield
        with self.lock:
            self.now -= 1


@contextlib.contextmanager
def serving(script: Script, folder: Path) -> Iterator[tuple[str, Log]]:
    """The port, as text. `script` maps a path (with or without its query) to answers; the last one repeats.

    An answer has `status` (200), `headers`, and `body` or `file` (below `folder`); `cut: N` closes the connection
    after N bytes of the body, `trickle: SECONDS` sends it byte by byte, `wait: SECONDS` comes before the answer.
    """
    log, asked, over = Log(), Counter[str](), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with log.asked(f"{self.command} {unquote(self.path)}"):
                _answer(self, _chosen(script, self.path, asked), folder, over)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield str(server.server_address[1]), log
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(ThreadingHTTPServer):
    """A client that gives up is part of many a script, and no news."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def _chosen(script: Script, path: str, asked: Counter[str]) -> dict[str, Any]:
    path = unquote(PROXIED.sub("", path))
    for key in (path, path.partition("?")[0]):
        if key in script:
            answers = script[key]
            asked[key] += 1
            return answers[min(asked[key], len(answers)) - 1]
    return {"status": 404}


def _answer(handler: BaseHTTPRequestHandler, answer: dict[str, Any], folder: Path, over: threading.Event) -> None:
    body = (folder / answer["file"]).read_bytes() if "file" in answer else str(answer.get("body", "")).encode()
    over.wait(answer.get("wait", 0))
    headers = {"Content-Length": len(body), **answer.get("headers", {})}
    with contextlib.suppress(OSError):  # the client may have given up
        handler.send_response(answer.get("status", 200))
        for name, value in headers.items():
            handler.send_header(name, str(value))
        handler.end_headers()
        if handler.command == "HEAD":
            return
        if "trickle" in answer:
            _trickle(handler, body, answer["trickle"], over)
        handler.wfile.write(body[: answer.get("cut")] if "trickle" not in answer else b"")
        handler.close_connection = (
            handler.close_connection or "cut" in answer or len(body) != int(headers["Content-Length"])
        )


def _trickle(handler: BaseHTTPRequestHandler, body: bytes, pause: float, over: threading.Event) -> None:
    for at in range(len(body)):
        handler.wfile.write(body[at : at + 1])
        handler.wfile.flush()
        if over.wait(pause):
            return


def wired(text: str, port: str) -> str:
    """The text of a case with the real port."""
    return text.replace(HOST + PORT, HOST + port)


def unwired(text: str, port: str) -> str:
    """The same, back again."""
    return text.replace(HOST + port, HOST + PORT)
