"""Results that were worked out once, by what they depend on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar

T = TypeVar("T")
_MOST: Final = 512


class Kept:
    """The most lately made ones; the oldest go. A key says everything its result depends on.

    So a result is never wrong, only missing, and two workspaces may share one.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """What `build` made for this key; racing threads may build it twice."""
        found = self._known.get(key)
        if found is None:
            found = build()
            with self._lock:
                self._known[key] = found
                if len(self._known) > self._most:
                    self._known.popitem(last=False)
        return found  # type: ignore[return-value]  # a key is used for one kind of value only
