"""Against requests that another site makes a browser send.

Three walls: SameSite cookies; the browser's own word about where a request comes from; and for a signed-in
caller a token that is bound to her session, in a cookie that scripts of our pages copy into a header.
"""

from __future__ import annotations

import hmac
from typing import Final
from urllib.parse import urlsplit

from flask import Request

from runtime.db.workspace import Workspace
from runtime.http.errors import Forbidden

COOKIE: Final = "dougong_csrf"
HEADER: Final = "X-CSRF-Token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def token_for(workspace: Workspace, session_token: str) -> str:
    return workspace.sign("csrf", session_token.encode()).hex()


def refuse_foreign_origin(request: Request, public_url: str) -> None:
    """Raises Forbidden if the browser says that the request was made by a page of another site."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    if site in {"same-origin", "none"}:
        return
    origin = request.headers.get("Origin", "")
    ours = {request.host, urlsplit(public_url).netloc} - {""}
    if site or (origin and urlsplit(origin).netloc not in ours):
        raise Forbidden.because("http.foreign-origin", origin=origin or site)


def refuse_without_token(request: Request, workspace: Workspace, session_token: str, given: str) -> None:
    """Raises Forbidden unless `given` (from the header, or from a form) belongs to this session."""
    if request.method in SAFE:
        return
    if not hmac.compare_digest(given.encode(), token_for(workspace, session_token).encode()):
        raise Forbidden.because("http.csrf-token")
