"""How the program's addresses are matched."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from werkzeug.routing import Rule


class Route(Rule):
    """Matched and never built: addresses are written by the browser side, not made out of routes.

    Werkzeug would compile two functions per route for building, two thirds of what an application takes to
    come up.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., NoReturn]:
        def build(**_values: object) -> NoReturn:
            raise TypeError(f"{self.rule} is matched only; write its address out")

        return build
