"""Statements that were built once: per metadata, by what they depend on. A new publish begins with none.

Free text makes new ones all the time, so the oldest go.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from runtime.catalog.kept import Kept
from runtime.catalog.metadata import Metadata

_of_metadata: WeakKeyDictionary[Metadata, Kept] = WeakKeyDictionary()


def statements_of(metadata: Metadata) -> Kept:
    found = _of_metadata.get(metadata)
    return _of_metadata.setdefault(metadata, Kept()) if found is None else found
