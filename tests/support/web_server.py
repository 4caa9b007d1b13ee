"""Somebody else's web server, on a loopback address, with answers by path; it keeps what it was asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Reply = Callable[["_Handler"], None]


@dataclass
class Server:
    """A server of our own on loopback; `hits` are the requests it got."""

    port: int
    replies: dict[str, Reply] = field(default_factory=dict)
    hits: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class _Handler(BaseHTTPRequestHandler):
    def _any(self) -> None:
        server: Server = self.server.state  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path = self.path.partition("?")[0]
        headers = {name.lower(): text for name, text in self.headers.items()}
        server.hits.append((self.command, self.path, headers, body))
        server.replies.get(path, answer(b"ok"))(self)

    do_GET = do_POST = _any  # noqa: N815 - the names of the library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the library
        """Quiet."""


def answer(body: bytes, status: int = 200, **headers: str) -> Reply:
    def reply(handler: _Handler) -> None:
        handler.send_response(status)
        for name, text in headers.items():
            handler.send_header(name, text)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def redirect(place: str, status: int = 302) -> Reply:
    return answer(b"", status, Location=place)


def endless(handler: _Handler) -> None:
    """Begins an answer and sends a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b".")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        return


@contextmanager
def running(address: str) -> Iterator[Server]:
    with ThreadingHTTPServer((address, 0), _Handler) as http:
        http.daemon_threads = True
        http.state = Server(http.server_address[1])  # type: ignore[attr-defined]
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield http.state  # type: ignore[attr-defined]
        finally:
            http.shutdown()
            thread.join()
