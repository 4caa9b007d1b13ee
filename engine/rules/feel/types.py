"""Static types of FEEL, and the scope: the names an expression may use.

ANY is the type of what is not known before evaluation; nothing is refused because of it.
Source: DMN 1.5, clause 10.3.2.9 (type conformance).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.values import Date, DateTime, DayTimeDuration, Time, YearMonthDuration


@dataclass(frozen=True, slots=True)
class FeelType:
    """A type by its FEEL name; subclasses have parts."""

    name: str

    def __str__(self) -> str:
        return self.name


ANY: Final = FeelType("Any")


@dataclass(frozen=True, slots=True)
class SelectType(FeelType):
    """A string that is one of an option list's keys; comparing it with another literal is a mistake."""

    name: str = field(default="string", init=False)
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListType(FeelType):
    name: str = field(default="list", init=False)
    item: FeelType = ANY

    def __str__(self) -> str:
        return f"list<{self.item}>"


@dataclass(frozen=True, slots=True)
class RangeType(FeelType):
    name: str = field(default="range", init=False)
    item: FeelType = ANY

    def __str__(self) -> str:
        return f"range<{self.item}>"


@dataclass(frozen=True, slots=True)
class FunctionType(FeelType):
    name: str = field(default="function", init=False)
    parameters: tuple[FeelType, ...] = ()
    result: FeelType = ANY

    def __str__(self) -> str:
        return f"function<{', '.join(map(str, self.parameters))}>->{self.result}"


@dataclass(frozen=True, slots=True, eq=False)
class ContextType(FeelType):
    """A context with named entries; `open` = it may have entries that are not declared."""

    name: str = field(default="context", init=False)
    fields: Mapping[str, FeelType] = field(default_factory=dict)
    open: bool = False
    _hash: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))
        object.__setattr__(self, "_hash", hash((frozenset(self.fields.items()), self.open)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, ContextType) or self._hash != other._hash:
            return False
        return self.open == other.open and self.fields == other.fields

    def __str__(self) -> str:
        return "context<" + ", ".join(f"{key}: {kind}" for key, kind in self.fields.items()) + ">"


NULL: Final = FeelType("Null")
NUMBER: Final = FeelType("number")
STRING: Final = FeelType("string")
BOOLEAN: Final = FeelType("boolean")
DATE: Final = FeelType("date")
TIME: Final = FeelType("time")
DATE_TIME: Final = FeelType("date and time")
DAYS_DURATION: Final = FeelType("days and time duration")
YEARS_DURATION: Final = FeelType("years and months duration")
CONTEXT: Final = ContextType(open=True)
LIST: Final = ListType()
RANGE: Final = RangeType()
FUNCTION: Final = FunctionType()

SIMPLE_TYPES: Final[Mapping[str, FeelType]] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ANY,
            NULL,
            NUMBER,
            STRING,
            BOOLEAN,
            DATE,
            TIME,
            DATE_TIME,
            DAYS_DURATION,
            YEARS_DURATION,
            CONTEXT,
            LIST,
            RANGE,
            FUNCTION,
        )
    }
    | {"day and time duration": DAYS_DURATION, "year and month duration": YEARS_DURATION}
)


TYPE_OF_CLASS: Final[Mapping[type, FeelType]] = MappingProxyType(
    {
        Date: DATE,
        Time: TIME,
        DateTime: DATE_TIME,
        DayTimeDuration: DAYS_DURATION,
        YearMonthDuration: YEARS_DURATION,
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The names an expression may use, with their types; nested names come through ContextType.

    open   an unknown name is no problem (its type is ANY); for models whose inputs are not declared
    types  named types that `instance of` may mention (DMN item definitions)
    records  the forms that `records("key")` may ask, with the types of their fields; see `queries`
    """

    names: Mapping[str, FeelType] = field(default_factory=dict)
    open: bool = False
    types: Mapping[str, FeelType] = field(default_factory=dict)
    records: Mapping[str, ContextType] = field(default_factory=dict)
    _hash: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))
        object.__setattr__(self, "types", MappingProxyType(dict(self.types)))
        object.__setattr__(self, "records", MappingProxyType(dict(self.records)))
        named = (frozenset(part.items()) for part in (self.names, self.types, self.records))
        parts = (*named, self.open)
        object.__setattr__(self, "_hash", hash(parts))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Scope) or self._hash != other._hash:
            return False
        mine = (self.open, self.names, self.types, self.records)
        return mine == (other.open, other.names, other.types, other.records)


def item_type(kind: FeelType) -> FeelType:
    """The type of one item: of a list's items, else the type itself (a single value is a list of one)."""
    return kind.item if isinstance(kind, ListType) else kind


def common_type(first: FeelType, second: FeelType) -> FeelType:
    """The type of a value that is either; null belongs to every type."""
    if first == second or second is NULL:
        return first
    if first is NULL:
        return second
    if first.name == second.name == "string":
        return STRING
    return ANY


def conforms(kind: FeelType, target: FeelType) -> bool:
    """Whether every value of `kind` is one of `target` (DMN 1.5, 10.3.2.9.4)."""
    if target is ANY or kind is NULL:
        return True
    if kind.name != target.name:
        return False
    if isinstance(kind, ListType | RangeType) and isinstance(target, ListType | RangeType):
        return conforms(kind.item, target.item)
    if isinstance(kind, ContextType) and isinstance(target, ContextType):
        return all(key in kind.fields and conforms(kind.fields[key], t) for key, t in target.fields.items())
    if isinstance(kind, FunctionType) and isinstance(target, FunctionType):
        return _function_conforms(kind, target)
    return True


def _function_conforms(kind: FunctionType, target: FunctionType) -> bool:
    if target == FUNCTION:
        return True
    if len(kind.parameters) != len(target.parameters):
        return False
    pairs = zip(target.parameters, kind.parameters, strict=True)
    return conforms(kind.result, target.result) and all(conforms(have, want) for have, want in pairs)
