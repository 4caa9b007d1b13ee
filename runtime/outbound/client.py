"""Sending a request: to the address that was judged, in a bounded time, reading a bounded answer."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from typing import Final
from urllib.parse import urljoin, urlsplit

from runtime.http.errors import Unavailable
from runtime.outbound.address import Gate, Resolver, Target, resolve
from runtime.outbound.model import Answer, Refused, Request
from runtime.settings import Settings

TIMEOUT_S: Final = 10.0
"""For the whole exchange with one server, whatever it does meanwhile."""
MAX_ANSWER_BYTES: Final = 1_000_000
MAX_REDIRECTS: Final = 3
USER_AGENT: Final = "Dougong"
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KEEPING: Final = frozenset({307, 308})
"""Redirects that repeat the request as it was; the others would turn it into a GET."""
_OURS: Final = frozenset({"host", "content-length", "transfer-encoding", "connection", "user-agent"})
_OF_ORIGIN: Final = frozenset({"user-agent", "accept", "accept-encoding", "content-type", "idempotency-key"})


class Outbound:
    """One per program. Proxies of the environment are not used, cookies are not kept, nothing is logged."""

    def __init__(
        self, settings: Settings, *, resolver: Resolver = resolve, timeout_s: float = TIMEOUT_S
    ) -> None:
        own = urlsplit(settings.public_url).hostname or ""
        self._gate = Gate(settings.outbound_networks, settings.outbound_ports, own, resolver)
        self._timeout_s = timeout_s

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Reading the trusted certificates takes a while, and many installations call nobody."""
        return ssl.create_default_context()

    def send(self, request: Request) -> Answer:
        """Send it, and follow at most three redirects, each judged like the first address.

        What a header of the request says about us goes to the first server only. Raises Refused for what
        must not leave or cannot be used, Unavailable for what may work later. Not inside a transaction.
        """
        target = self._gate.find(request.url)
        headers = _headers(request)
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._exchange(target, request, headers)
            place = answer.headers.get("location")
            if not place or not _follows(request.method, answer.status):
                return answer
            request = replace(request, url=urljoin(request.url, place))
            before, target = target, self._gate.find(request.url)
            if before.scheme == "https" and target.scheme == "http":
                raise Refused.because("outbound.redirect-refused", host=target.host)
            if target.origin != before.origin:
                headers = {name: text for name, text in headers.items() if name.lower() in _OF_ORIGIN}
        raise Refused.because("outbound.too-many-redirects", host=target.host, limit=MAX_REDIRECTS)

    def _exchange(self, target: Target, request: Request, headers: dict[str, str]) -> Answer:
        tls = self._tls if target.scheme == "https" else None
        connection = _PinnedConnection(target, self._timeout_s, tls)
        response: HTTPResponse | None = None
        try:
            with connection.ended_in_time(self._timeout_s):
                connection.request(request.method, target.path, request.body or None, headers)
                response = connection.getresponse()
                body = _bounded(response, target)
        except (OSError, HTTPException, ValueError) as error:
            if connection.is_late:
                raise Unavailable.because("outbound.too-slow", host=target.shown) from error
            reason = type(error).__name__ if isinstance(error, HTTPException) else _reason(error)
            raise Unavailable.because("outbound.unreachable", host=target.shown, reason=reason) from error
        finally:
            if response is not None:
                response.close()
            connection.end()
        if connection.is_late:
            raise Unavailable.because("outbound.too-slow", host=target.shown)
        return Answer(response.status, {name.lower(): text for name, text in response.getheaders()}, body)


class _PinnedConnection(HTTPConnection):
    """Connects to the judged address instead of asking for the name again; TLS checks the name.

    tls   None = in the clear
    """

    def __init__(self, target: Target, timeout_s: float, tls: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=timeout_s)
        self._target = target
        self._tls = tls
        self.default_port = 80 if tls is None else HTTPSConnection.default_port
        self.is_late = False
        self._open: socket.socket | None = None

    def connect(self) -> None:
        self._open = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._tls is not None:
            self._open = self._tls.wrap_socket(self._open, server_hostname=self._target.host)
        self.sock = self._open

    def end(self) -> None:
        """The library lets go of the socket where the server says that it will close; here it ends."""
        self.close()
        if self._open is not None:
            self._open.close()

    @contextmanager
    def ended_in_time(self, timeout_s: float) -> Iterator[None]:
        """Timeouts of sockets count from byte to byte; this one ends a server that never comes to an end."""
        timer = Timer(timeout_s, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self) -> None:
        self.is_late = True
        if self._open is not None:
            with _closed_already():
                self._open.shutdown(socket.SHUT_RDWR)


@contextmanager
def _closed_already() -> Iterator[None]:
    """The exchange may end in the same moment."""
    try:
        yield
    except OSError:
        return


def _headers(request: Request) -> dict[str, str]:
    """Raises Refused for a header that is ours to write, or that would begin another one."""
    for name, text in request.headers.items():
        clean = text.isprintable() and text.isascii()
        if not _TOKEN.fullmatch(name) or name.lower() in _OURS or not clean:
            raise Refused.because("outbound.header-refused", header=name if name.isprintable() else "")
    headers = {"User-Agent": USER_AGENT, "Accept": "application/json, */*", "Accept-Encoding": "identity"}
    headers |= request.headers
    if request.key:
        headers["Idempotency-Key"] = request.key
    return headers


def _follows(method: str, status: int) -> bool:
    return status in _KEEPING or (status in _REDIRECTS and method == "GET")


def _bounded(response: HTTPResponse, target: Target) -> bytes:
    """The body as it came; a compressed one is not unpacked, so it cannot grow. Raises Refused."""
    body = response.read(MAX_ANSWER_BYTES + 1)
    if len(body) > MAX_ANSWER_BYTES:
        raise Refused.because("outbound.answer-too-large", host=target.shown, limit=MAX_ANSWER_BYTES)
    return body


def _reason(error: Exception) -> str:
    """Of the operating system or of TLS; neither knows path, query or headers."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
