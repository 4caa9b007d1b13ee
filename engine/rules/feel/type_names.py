"""Types as written in `instance of` and parameters, to types."""

from __future__ import annotations

from engine.rules.feel.nodes import TypeName
from engine.rules.feel.types import (
    ANY,
    SIMPLE_TYPES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    Scope,
)


def resolve(written: TypeName, scope: Scope) -> FeelType | None:
    """The type; None if the name is unknown or has the wrong number of parts."""
    parts = [resolve(part, scope) for part in written.parts]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    if not parts and not written.has_result:
        return scope.types.get(written.name) or SIMPLE_TYPES.get(written.name)
    if written.name == "context" and len(written.keys) == len(known):
        return ContextType(dict(zip(written.keys, known, strict=True)))
    if written.name == "function":
        inputs, result = (known[:-1], known[-1]) if written.has_result else (known, ANY)
        return FunctionType(tuple(inputs), result)
    if len(known) == 1 and written.name in ("list", "range"):
        return ListType(item=known[0]) if written.name == "list" else RangeType(item=known[0])
    return None
