"""Rendering of the public pages: Jinja2 with autoescape, texts from the locale files, hashed assets."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Final

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from engine.problems import Problem, Register

ASSETS: Final = Path(__file__).parent / "assets"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_OTHER: Final = {"zh-CN": "en", "en": "zh-CN"}


class Pages:
    """Renders templates in a language. Pages are never cached: they hold problems and names of people."""

    def __init__(self, register: Register, version: str) -> None:
        self._register = register
        self._version = version
        self._jinja = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            auto_reload=False,
        )

    def render(self, template: str, language: str, status: int = 200, **values: object) -> Response:
        html = self._jinja.get_template(template).render(
            t=partial(self._text, language),
            asset=asset_address,
            language=language,
            other_language=_OTHER[language],
            version=self._version,
            **values,
        )
        return Response(html, status, headers={"Cache-Control": "no-store"}, mimetype="text/html")

    def problem(self, status: int, problems: tuple[Problem, ...], language: str) -> Response:
        """The page for a request that failed: what the API would answer, for people."""
        title = self._text(language, f"http.status.{status}")
        lines = [line for problem in problems for line in self._sentences(problem, language)]
        return self.render("message.html", language, status, title=title, lines=lines, command="")

    def not_built(self, language: str, command: str) -> Response:
        """The one page that must appear although the browser side is missing."""
        title, line = self._text(language, "public.assets.title"), self._text(language, "public.assets.lead")
        return self.render("message.html", language, 503, title=title, lines=[line], command=command)

    def told(self, problems: tuple[Problem, ...], language: str) -> list[dict[str, str]]:
        """Problems as a template shows them."""
        return [
            {
                "at": problem.at,
                "message": self._register.message(problem, language),
                "hint": self._register.hint(problem, language),
            }
            for problem in problems
        ]

    def _sentences(self, problem: Problem, language: str) -> list[str]:
        both = (self._register.message(problem, language), self._register.hint(problem, language))
        return [sentence for sentence in both if sentence]

    def _text(self, language: str, code: str, **params: object) -> str:
        return self._register.message(Problem(code, params=params), language)


def go_to(address: str) -> Response:
    """Send the browser there with a GET; `address` is a path of ours."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


@cache
def asset_address(name: str) -> str:
    """Address with a hash of the content, so that browsers may keep it for ever."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:12]
    return f"/public/{digest}/{name}"
