"""Engines of one session speak through one dialect, so each statement is compiled once, not once a test.

A test opens its own databases; what SQLAlchemy makes of a statement does not depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine


@contextmanager
def statements_compiled_once() -> Iterator[None]:
    create, kept = sa.create_engine, dict[object, Engine]()

    def shared(url: Any, **options: Any) -> Engine:
        engine = create(url, **options)
        sort = (engine.name, options.get("connect_args", {}).get("options"))
        first = kept.get(sort)
        if first is None:
            sa.event.listen(engine, "first_connect", lambda *_: kept.setdefault(sort, engine))
        else:
            engine.dialect = engine.pool._dialect = first.dialect
            engine._compiled_cache = first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", shared)
        yield
