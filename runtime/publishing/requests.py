"""What the endpoints of this room have in common: who may, which definition, its content in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.apps.kinds import Kind, Ref
from engine.json_text import parse_json
from engine.problems import InputError, Problem
from runtime.db import exact_json
from runtime.http.errors import NotFound
from runtime.http.guard import Guard, right

BUILDER: Final[Guard] = right("builder")
_AS_TEXT: Final = frozenset({Kind.FLOW, Kind.RULE, Kind.DECISION})


def kind_of(name: str) -> Kind:
    """Raises NotFound for a kind that does not exist."""
    try:
        return Kind(name)
    except ValueError as error:
        known = [str(kind) for kind in Kind]
        problem = Problem("publishing.kind.unknown", params={"kind": name, "known": known})
        raise NotFound([problem]) from error


def ref_of(kind: str, key: str) -> Ref:
    return Ref(kind_of(kind), key)


def content_of(ref: Ref, text: str) -> dict[str, object]:
    """`{"text": …}` of flows, rules and decisions, else `{"document": …}`; what is no JSON yet is text."""
    document, problems = (None, ()) if ref.kind in _AS_TEXT else parse_json(text)
    return {"text": text} if ref.kind in _AS_TEXT or problems else {"document": document}


def text_of(ref: Ref, fields: Mapping[str, object]) -> str:
    """The text to keep, of a body that has `document` or `text`. Raises InputError for the wrong one."""
    expected = "text" if ref.kind in _AS_TEXT else "document"
    if expected not in fields:
        raise InputError([Problem("publishing.draft.document-or-text", params={"expected": expected})])
    content = fields[expected]
    return content if isinstance(content, str) else exact_json.dumps(content).decode("utf-8")


def person(user: int | None, names: Mapping[int, str]) -> dict[str, object] | None:
    return None if user is None else {"id": user, "name": names.get(user, "")}
