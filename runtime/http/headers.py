"""Security headers of every answer."""

from __future__ import annotations

from functools import cache
from typing import Final

from flask import Request, Response

from runtime.settings import Settings

_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_STRICT: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The signed-in shell: Ant Design and bpmn-js write style elements and attributes, and load fonts and pictures
# from data addresses. Scripts stay limited to files of this origin.
_SHELL: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_ANSWER: Final = "default-src 'none'; frame-ancestors 'none'"
_POLICIES: Final = {"api": _ANSWER, "shell": _SHELL, "page": _STRICT}


def add_security_headers(response: Response, request: Request, settings: Settings) -> None:
    """What an endpoint has set itself stays."""
    own = {name.lower() for name, _value in response.headers}
    for lower, name, value in _headers_for(_part_of(request.path), settings.secure_cookies):
        if lower not in own:
            response.headers.add(name, value)


def _part_of(path: str) -> str:
    """`api`, `shell`, or `page` for what needs no script."""
    if path.startswith("/api/"):
        return "api"
    return "shell" if path == "/app" or path.startswith("/app/") else "page"


@cache
def _headers_for(part: str, is_secure: bool) -> tuple[tuple[str, str, str], ...]:
    """(name in small letters, name, value) of each header."""
    headers = {**_COMMON, "Content-Security-Policy": _POLICIES[part]}
    if part == "api":
        headers["Cache-Control"] = "no-store"
    if is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return tuple((name.lower(), name, value) for name, value in headers.items())
