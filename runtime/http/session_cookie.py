"""The cookies of a signed-in browser: one that scripts cannot read, and the CSRF token that they must."""

from __future__ import annotations

from flask import Request, Response

from runtime.db.workspace import Workspace
from runtime.http import csrf
from runtime.settings import Settings


def cookie_name(settings: Settings) -> str:
    """Over https the `__Host-` prefix keeps other hosts of the domain from setting it."""
    return "__Host-dougong" if settings.secure_cookies else "dougong_session"


def session_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(cookie_name(settings), "")


def set_session(
    response: Response, settings: Settings, workspace: Workspace, token: str, life_s: int
) -> None:
    secure = settings.secure_cookies
    response.set_cookie(
        cookie_name(settings), token, max_age=life_s, path="/", secure=secure, httponly=True, samesite="Lax"
    )
    csrf_token = csrf.token_for(workspace, token)
    response.set_cookie(csrf.COOKIE, csrf_token, max_age=life_s, path="/", secure=secure, samesite="Lax")


def clear_session(response: Response, settings: Settings) -> None:
    for name in (cookie_name(settings), csrf.COOKIE):
        response.delete_cookie(name, path="/", secure=settings.secure_cookies)
