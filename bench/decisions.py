"""Decision tables beside peers: the table task of `rules_peers.py --adapter bench.decisions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from engine.rules.decisions import compile_decisions, read_decisions
from engine.values import Date, DateTime, Time

_NOW: Final = DateTime(Date(2026, 1, 1), Time(0, 0, 0, 0, 0))


def setup(register: Callable[[str, Callable[[], Any]], None], adapter: Any, bench: Any) -> None:
    """What `rules_peers.py --adapter` calls."""

    def engine() -> Any:
        made = adapter()
        made.note = "UNIQUE table, indexed per column, problems with every result"
        model = read_decisions(bench.table_dmn().encode()).model
        assert model is not None
        prepared = compile_decisions(model).prepared("owner")
        made.table = lambda values: prepared(values, _NOW)[0]
        return made

    register("dougong-table", engine)
