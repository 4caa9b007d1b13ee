"""Context functions (DMN 1.5, 10.3.4.8)."""

from __future__ import annotations

from typing import Final

from engine.rules.feel.functions.signature import BuiltIn, Overload, p
from engine.rules.feel.kinds import kind_of, shown
from engine.rules.feel.machine import Fault, Machine
from engine.rules.feel.types import ANY, CONTEXT, LIST, STRING, ListType

Context = dict[str, object]
_ENTRY_KEYS: Final = frozenset({"key", "value"})


def get_value(context: Context, key: str) -> object:
    """Raises Fault when there is no such entry."""
    if key not in context:
        raise Fault("feel.name.no-entry", name=key, value=shown(context))
    return context[key]


def get_value_at(context: Context, keys: list[object]) -> object:
    value: object = context
    for key in keys:
        if not isinstance(value, dict) or not isinstance(key, str):
            raise Fault("feel.function.item", value=shown(key), kind=kind_of(key))
        value = get_value(value, key)
    return value


def get_entries(context: Context) -> list[object]:
    return [{"key": key, "value": value} for key, value in context.items()]


def from_entries(machine: Machine, entries: list[object]) -> Context:
    """Raises Fault for a key that comes twice or an item that is no entry."""
    machine.check_length(len(entries))
    context: Context = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not entry.keys() >= _ENTRY_KEYS or not isinstance(key, str):
            raise Fault("feel.function.item", value=shown(entry), kind=kind_of(entry))
        if key in context:
            raise Fault("feel.context.duplicate", name=key)
        context[key] = entry["value"]
    return context


def put(machine: Machine, context: Context, key: str, value: object) -> Context:
    machine.check_length(len(context) + 1)
    return {**context, key: value}


def put_at(machine: Machine, context: Context, keys: list[object], value: object) -> Context:
    """The entry at a path of keys; what lies on the way must be contexts."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise Fault("feel.function.value", parameter="keys", value=shown(keys))
    path = [str(key) for key in keys]
    levels = [context]
    for key in path[:-1]:
        inner = levels[-1].get(key)
        if not isinstance(inner, dict):
            raise Fault("feel.function.value", parameter="keys", value=shown(keys))
        levels.append(inner)
    for key, level in zip(reversed(path), reversed(levels), strict=True):
        value = put(machine, level, key, value)
    return value  # type: ignore[return-value]  # the outermost level


def merge(machine: Machine, contexts: list[object]) -> Context:
    """Later entries win."""
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Fault("feel.function.item", value=shown(context), kind=kind_of(context))
        merged.update(context)
        machine.check_length(len(merged))
    return merged


CONTEXT_FUNCTIONS: Final = (
    BuiltIn(
        "get value",
        (
            Overload((p("m", CONTEXT), p("key", STRING)), ANY, get_value),
            Overload((p("m", CONTEXT), p("keys", LIST)), ANY, get_value_at),
        ),
    ),
    BuiltIn("get entries", (Overload((p("m", CONTEXT),), ListType(CONTEXT), get_entries),)),
    BuiltIn("context", (Overload((p("entries", LIST),), CONTEXT, from_entries, with_machine=True),)),
    BuiltIn(
        "context put",
        (
            Overload((p("context", CONTEXT), p("key", STRING), p("value")), CONTEXT, put, with_machine=True),
            Overload(
                (p("context", CONTEXT), p("keys", LIST), p("value")), CONTEXT, put_at, with_machine=True
            ),
        ),
    ),
    BuiltIn("context merge", (Overload((p("contexts", LIST),), CONTEXT, merge, with_machine=True),)),
)
