"""The tree as JSON for the visual editor, and back: every node is an object with its `type`.

The fields are those of the classes in `model` and `actions`; defaults are left out. FEEL, keys and texts
are plain strings. Comments travel as `notes`, spans as `[start, end]`, so that the editor can point into
the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import time
from enum import Enum
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from engine.problems import Problem, Span, pointer
from engine.rules.language import effects, model
from engine.rules.language.actions import ACTIONS
from engine.rules.language.cursor import normal
from engine.rules.language.model import NOWHERE, Feel, Name, Quoted, Rule, RuleText, Score, Statement

_TEXTS: Final = (Feel, Name, Quoted)
_NODES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        **{
            one.__name__: one
            for one in vars(model).values()
            if isinstance(one, type) and is_dataclass(one) and one not in _TEXTS
        },
        **{kind.node.__name__: kind.node for kind in ACTIONS.values()},
    }
)
_ENUMS: Final = (model.Unit, model.OnFailure, effects.Strategy)


class _Wrong(Exception):
    """Something in the JSON is not what stands there; `at` is its place."""

    def __init__(self, at: str, expected: str) -> None:
        super().__init__(expected)
        self.at = at
        self.expected = expected


def rule_to_json(rule: RuleText) -> dict[str, object]:
    """The tree as plain JSON values."""
    found = _to_json(rule)
    assert isinstance(found, dict)
    return found


def _to_json(value: object) -> object:
    for kind, shown in _SHOWN.items():
        if isinstance(value, kind):
            return shown(value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    given = {one.name: _to_json(getattr(value, one.name)) for one in fields(value) if _given(value, one)}
    return {"type": type(value).__name__, **given}


_SHOWN: Final[Mapping[type, Callable[[Any], object]]] = MappingProxyType(
    {
        Feel: lambda feel: feel.text,
        Quoted: lambda quoted: quoted.text,
        Name: lambda name: name.key,
        Enum: lambda chosen: chosen.value,
        time: lambda clock: f"{clock:%H:%M}",
        Span: lambda span: [span.start, span.end],
        tuple: lambda items: [_to_json(one) for one in items],
    }
)


def _given(node: object, one: Field[Any]) -> bool:
    value = getattr(node, one.name)
    return value != NOWHERE if one.name == "span" else one.default is MISSING or value != one.default


def rule_from_json(document: object) -> tuple[RuleText | None, tuple[Problem, ...]]:
    """The tree that the JSON describes, or the first place where it describes none."""
    try:
        found = _node(document, "", Statement)
    except _Wrong as wrong:
        params = {"expected": wrong.expected}
        return None, (Problem("language.json", wrong.at, params),)
    if isinstance(found, Rule | Score):
        return found, ()
    return None, (Problem("language.json", "/type", {"expected": "Rule | Score"}),)


def _node(value: object, at: str, wanted: type) -> object:
    name = value.get("type") if isinstance(value, Mapping) else None
    node = _NODES.get(name) if isinstance(name, str) else None
    if node is None or not isinstance(value, Mapping) or not issubclass(node, wanted):
        raise _Wrong(at, wanted.__name__)
    known, hints = _parts(node)
    for key in value:
        if key != "type" and key not in known:
            raise _Wrong(at + pointer(str(key)), " | ".join(known))
    for key, one in known.items():
        if one.default is MISSING and one.default_factory is MISSING and key not in value:
            raise _Wrong(at, key)
    given = {key: _read(value[key], hints[key], at + pointer(key)) for key in known if key in value}
    made: object = node(**given)
    return made


@cache
def _parts(node: Any) -> tuple[Mapping[str, Field[Any]], Mapping[str, Any]]:
    """The fields of a class, and their types."""
    return {one.name: one for one in fields(node)}, get_type_hints(node)


def _read(value: object, hint: Any, at: str) -> object:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        chosen = [one for one in get_args(hint) if one is not type(None)]
        return None if value is None else _read(value, chosen[0], at)
    if origin is tuple:
        if not isinstance(value, list):
            raise _Wrong(at, "[ … ]")
        return tuple(_read(one, get_args(hint)[0], at + pointer(i)) for i, one in enumerate(value))
    return _simple(value, hint, at)


def _simple(value: object, hint: Any, at: str) -> object:
    if hint is Span:
        return _span(value, at)
    if hint in _ENUMS:
        if value not in [one.value for one in hint]:
            raise _Wrong(at, " | ".join(one.value for one in hint))
        return hint(value)
    if hint in (bool, int):
        if type(value) is not hint:
            raise _Wrong(at, hint.__name__)
        return value
    if hint in (*_TEXTS, str, time):
        return _text(value, hint, at)
    return _node(value, at, hint)


def _text(value: object, hint: Any, at: str) -> object:
    if not isinstance(value, str) or (hint in (Feel, Name) and not value.strip()):
        raise _Wrong(at, hint.__name__)
    if hint is time:
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise _Wrong(at, "09:00") from None
    return hint(normal(value) if hint is Feel else value)


def _span(value: object, at: str) -> Span:
    if isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value):
        return Span(value[0], value[1])
    raise _Wrong(at, "[start, end]")
