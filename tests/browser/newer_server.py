"""The installation's own server with a newer app behind it: one text of the app differs."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

WORDS = "/field/words/zh.json"
OLD, NEW = '"我的任务"', '"我的任务（新版）"'
NOT_PASSED_ON = {"connection", "content-length", "keep-alive", "transfer-encoding"}


class NewerServer(ThreadingHTTPServer):
    """Passes everything on; once `is_newer`, the app's texts and their revision are others."""

    daemon_threads = True
    is_newer = False

    def __init__(self, address: str) -> None:
        super().__init__(("localhost", 0), _Handler)
        self.behind = urlsplit(address)
        self.address = f"http://localhost:{self.server_port}"

    def changed(self, path: str, body: bytes) -> bytes:
        """The answer as the newer version gives it."""
        if not self.is_newer:
            return body
        text = body.decode()
        if path == WORDS:
            return text.replace(OLD, NEW).encode()
        return re.sub(rf'("revision": )"\w+"(, "url": "{WORDS}")', r'\1"newer"\2', text).encode()


class _Handler(BaseHTTPRequestHandler):
    server: NewerServer
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = dict(self.headers.items())
        headers["Accept-Encoding"] = "identity"
        behind = self.server.behind
        real = http.client.HTTPConnection(behind.hostname or "", behind.port or 80, timeout=60)
        try:
            real.request(self.command, self.path, sent or None, headers)
            answer = real.getresponse()
            body = answer.read()
        finally:
            real.close()
        path = self.path.partition("?")[0]
        if path in (WORDS, "/field/sw.js"):
            body = self.server.changed(path, body)
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        """What the base class calls for a GET."""
        self._pass_on()

    def do_POST(self) -> None:
        """What the base class calls for a POST."""
        self._pass_on()

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@contextmanager
def newer_server(address: str) -> Iterator[NewerServer]:
    """Runs for one test."""
    server = NewerServer(address)
    running = Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
