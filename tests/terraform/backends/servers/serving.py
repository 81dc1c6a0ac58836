"""A server to be started as a process of its own: it answers, logs every request, and misbehaves when told to.

`POST /_control/faults` takes a list of `{"kind": ..., "times": N}`: the next requests meet them. `GET /_control/log`
and `GET /_control/contents` say what was asked and what is stored. Everything listens on loopback only.
"""

from __future__ import annotations

import argparse
import json
import ssl
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Answer = tuple[int, dict[str, str], bytes]
PAGE = b"<!DOCTYPE html><title>Sign in</title>"


class Service:
    """`answer` is one service's own; requests come one at a time."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.contents: dict[str, Any] = {}
        self.log: list[str] = []
        self.faults: list[dict[str, Any]] = []
        self.lock = threading.Lock()

    def answer(self, method: str, path: str, query: dict[str, str], headers: Any, body: bytes) -> Answer:
        raise NotImplementedError

    def control(self, method: str, path: str, body: bytes) -> Answer:
        with self.lock:
            if path == "/_control/faults":
                self.faults = [fault for fault in json.loads(body) for _ in range(fault.get("times", 1))]
                return 204, {}, b""
            if path == "/_control/contents" and method == "PUT":
                self.contents.update(json.loads(body))
                return 204, {}, b""
            value = {"/_control/log": self.log, "/_control/contents": self.contents}[path]
            return 200, {}, json.dumps(value, sort_keys=True, default=str).encode()

    def next_fault(self) -> dict[str, Any]:
        return self.faults.pop(0) if self.faults else {}


def handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            path = unquote(parts.path)
            if path.startswith("/_control/"):
                self.send(service.control(self.command, path, body))
                return
            query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
            with service.lock:
                service.log.append(f"{self.command} {self.path}")
                fault = service.next_fault()
                answer = service.answer(self.command, path, query, self.headers, body)
            self.send(answer, fault)

        def send(self, answer: Answer, fault: dict[str, Any] | None = None) -> None:
            status, headers, body = answer
            kind, announced = (fault or {}).get("kind"), None
            if kind == "status":
                status, headers, body = fault["status"], fault.get("headers", {}), b"in trouble"
            elif kind == "page":
                status, headers, body = fault.get("status", 200), {"Content-Type": "text/html"}, PAGE
            elif kind == "half":
                body = body[: len(body) // 2]
            elif kind == "cut":
                body, announced = body[: len(body) // 2], len(body)
            elif kind == "replace":
                body = fault["body"].encode()
            elif kind == "hang":
                time.sleep(fault["seconds"])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status not in (204, 304):
                self.send_header("Content-Length", str(len(body) if announced is None else announced))
            self.end_headers()
            if kind == "trickle":
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(fault["seconds"])
            elif status not in (204, 304):
                self.wfile.write(body)
            if announced is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            """The log is asked for; nothing is printed."""

    for method in ("GET", "PUT", "POST", "DELETE", "LOCK", "UNLOCK"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    return Handler


class Quiet(ThreadingHTTPServer):
    """Clients that go away are what some tests are about."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def run(make: Callable[[argparse.Namespace], Service], *options: str) -> None:
    """Serve until killed; the first line printed is the port."""
    parser = argparse.ArgumentParser()
    for option in (*options, "certificate", "key"):
        parser.add_argument(f"--{option}", default="")
    given = parser.parse_args()
    server = Quiet(("127.0.0.1", 0), BaseHTTPRequestHandler)
    given.port = server.server_address[1]
    server.RequestHandlerClass = handler(make(given))
    if given.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given.certificate, given.key)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    print(given.port, flush=True)
    server.serve_forever()
