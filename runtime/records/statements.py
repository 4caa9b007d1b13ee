"""Statements that were built once: per metadata, by what they depend on. A new publish begins with none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from runtime.catalog.metadata import Metadata

T = TypeVar("T")
_KEPT: Final = 512


class Statements:
    """Keeps the last few hundred. Free text makes new ones all the time, so the oldest go."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """What `build` made for this key; racing threads may build it twice."""
        found = self._known.get(key)
        if found is None:
            found = build()
            with self._lock:
                self._known[key] = found
                if len(self._known) > _KEPT:
                    self._known.popitem(last=False)
        return found  # type: ignore[return-value]  # a key is used for one kind of value only


_of_metadata: WeakKeyDictionary[Metadata, Statements] = WeakKeyDictionary()


def statements_of(metadata: Metadata) -> Statements:
    found = _of_metadata.get(metadata)
    return _of_metadata.setdefault(metadata, Statements()) if found is None else found
