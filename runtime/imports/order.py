"""The order in which the rows of a file are imported: as they stand, but a parent before what names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from runtime.imports.convert import MappedRow


def parents_first(rows: Sequence[MappedRow], form: str) -> list[MappedRow]:
    """Rows that name other rows of the same file stand behind them; the rest stays where it is.

    form   the form of the import: lookups in it may name rows of the file
    Rows that name each other in a circle stand last, in the order of the file.
    """
    waiting, ordered = list(rows), list[MappedRow]()
    while waiting:
        ahead = {row.own_key for row in waiting if row.own_key}
        ready = [row for row in waiting if not _named(row, form) & (ahead - {row.own_key})]
        if not ready:
            break
        ordered += ready
        taken = {row.row.number for row in ready}
        waiting = [row for row in waiting if row.row.number not in taken]
    return ordered + waiting


def batches(rows: Iterable[MappedRow], form: str, size: int) -> Iterator[list[MappedRow]]:
    """At most `size` rows each; in none of them a row names another one of the same batch."""
    batch: list[MappedRow] = []
    inside: set[str] = set()
    for row in rows:
        if len(batch) == size or (inside and _named(row, form) & inside):
            yield batch
            batch, inside = [], set()
        batch.append(row)
        inside |= {row.own_key} if row.own_key else set()
    if batch:
        yield batch


def _named(row: MappedRow, form: str) -> set[str]:
    return {lookup.text for lookup in row.lookups if lookup.form == form}
