"""Security headers of every answer."""

from __future__ import annotations

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


def add_security_headers(response: Response, request: Request, settings: Settings) -> None:
    for name, value in _COMMON.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _policy_for(request.path))
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    if settings.secure_cookies:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def _policy_for(path: str) -> str:
    if path.startswith("/api/"):
        return _ANSWER
    return _SHELL if path == "/app" or path.startswith("/app/") else _STRICT
