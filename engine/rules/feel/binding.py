"""The names an expression binds itself, innermost last; analysis and compilation resolve names alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from engine.rules.feel.types import ANY, ContextType, FeelType

V = TypeVar("V")


class Kind(Enum):
    """NAME    a loop name, parameter, context entry, `item` or `partial`
    ENTRY   an entry of the item that a filter tests, known from the item's type
    MAYBE   perhaps an entry of that item, seen only when it is there; else the name further out
    """

    NAME = 1
    ENTRY = 2
    MAYBE = 3


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    kind: Kind
    value: V


@dataclass(frozen=True, slots=True)
class _Binding(Generic[V]):
    name: str
    value: V
    item: FeelType | None = None


class Bindings(Generic[V]):
    """A stack; `V` is what the user of it knows about a name."""

    def __init__(self) -> None:
        self._stack: list[_Binding[V]] = []

    def __len__(self) -> int:
        return len(self._stack)

    def cut(self, depth: int) -> None:
        """Leave every construct opened since the stack had that depth."""
        del self._stack[depth:]

    def name(self, name: str, value: V) -> None:
        self._stack.append(_Binding(name, value))

    def items(self, kind: FeelType, value: V) -> None:
        """Enter a filter over items of that type."""
        self._stack.append(_Binding("item", value, kind))

    def names(self) -> Iterator[str]:
        """Every name that can be said here, entries of filtered items included."""
        for binding in self._stack:
            yield binding.name
            if isinstance(binding.item, ContextType):
                yield from binding.item.fields

    def find(self, name: str) -> Found[V] | None:
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator[Found[V]]:
        """What the name may mean, innermost first; nothing after the first that is certain."""
        for binding in reversed(self._stack):
            kind = None if binding.item is None else _as_entry(binding.item, name)
            if kind is not None:
                yield Found(kind, binding.value)
            if kind is Kind.ENTRY:
                return
            if binding.name == name:
                yield Found(Kind.NAME, binding.value)
                return


def _as_entry(item: FeelType, name: str) -> Kind | None:
    if isinstance(item, ContextType):
        if name in item.fields:
            return Kind.ENTRY
        return Kind.MAYBE if item.open else None
    return Kind.MAYBE if item is ANY else None
