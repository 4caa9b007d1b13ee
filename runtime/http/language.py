"""Which of our languages a caller reads."""

from __future__ import annotations

from typing import Final

from flask import Request

COOKIE: Final = "dougong_language"


def language_of(request: Request, default: str) -> str:
    """`zh-CN` or `en`: what she chose on a page, else what her browser asks for."""
    chosen = "" if request.path.startswith("/api/") else request.cookies.get(COOKIE, "")
    if chosen in {"zh-CN", "en"}:
        return chosen
    for tag, _quality in request.accept_languages:
        if tag.lower().startswith("zh"):
            return "zh-CN"
        if tag.lower().startswith("en"):
            return "en"
    return default
