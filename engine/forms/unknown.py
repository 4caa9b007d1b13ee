"""The problem of a name that does not exist, with the names that do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.keys import nearest
from engine.problems import Problem

SHOWN: Final = 20


def unknown(code: str, at: str, name: str, known: Collection[str], **params: object) -> Problem:
    """Parameters: `name`, `nearest` ("" if nothing is close), and `known`, the nearest first, at most 20."""
    close = nearest(name, known) or ""
    others = [one for one in known if one != close][: SHOWN - bool(close)]
    choices = [close, *others] if close else others
    return Problem(code, at, {**params, "name": name[:60], "nearest": close, "known": choices})
