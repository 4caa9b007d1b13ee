"""Stored formulas of old records after their form changed: computed anew, as a derived write.

No revision, no history, no check: what is wrong with an old record shows when somebody saves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.evaluate import settle
from engine.forms.expressions import Purpose
from engine.forms.model import Row
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import PublishedForm
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.outbox.jobs import enqueue
from runtime.outbox.run import JobRun
from runtime.records.prepare import Preparation
from runtime.records.read import load_record
from runtime.records.scene import Scene

AT_ONCE: Final = 2_000
PAGE: Final = 200
KIND: Final = "publishing.recompute"


class Recomputer:
    """Few records are computed in the publishing itself, many by a job."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def recompute(self, conn: sa.Connection, workspace: Workspace, form: str) -> None:
        """Of all living records of the form, as `conn` sees its definition."""
        table = self._catalog.load(conn, workspace).form(form).table
        count = conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        if count > AT_ONCE:
            enqueue(conn, KIND, {"form": form}, now=workspace.now())
            return
        last: int | None = 0
        while last is not None:
            last = self._page(conn, workspace, form, last)

    def run(self, run: JobRun) -> None:
        """The handler of `KIND`. Begins anew when it was interrupted: computing twice gives the same."""
        form = str(run.payload["form"])
        last: int | None = 0
        while last is not None:
            last = run.write(partial(self._page, workspace=run.workspace, form_key=form, after=last))

    def _page(self, conn: sa.Connection, workspace: Workspace, form_key: str, after: int) -> int | None:
        """One page of records behind id `after`; the last id, None behind the last page."""
        scene = Scene(workspace, self._catalog.load(conn, workspace), SYSTEM)
        form = scene.metadata.form(form_key)
        t = form.table.c
        query = sa.select(t.id).where(t.id > after, t.deleted_at.is_(None)).order_by(t.id).limit(PAGE)
        ids = list(conn.execute(query).scalars())
        for record in ids:
            _recompute(conn, scene, form, record)
        return ids[-1] if ids else None


def _recompute(conn: sa.Connection, scene: Scene, form: PublishedForm, record: int) -> None:
    stored = load_record(conn, scene, scene.access(form), record)
    preparation = Preparation(conn, scene, form, stored.targets, unlimited=True)
    preparation.load(stored.values)
    settled = settle(form.compiled, stored.values, stored.values, preparation.facts()).values
    changes = _differing(_formulas(form, ""), stored.values, settled)
    if changes:
        conn.execute(form.table.update().where(form.table.c.id == record).values(changes))
    for key, subtable in form.subtables.items():
        names = _formulas(form, key)
        for old, new in _pairs(stored.values.get(key), settled.get(key)):
            row_changes = _differing(names, old.values, new.values)
            if row_changes:
                statement = subtable.table.update().where(subtable.table.c.id == old.id)
                conn.execute(statement.values(row_changes))


def _formulas(form: PublishedForm, subtable: str) -> list[str]:
    """Keys of the computed fields that have a column, of the form (`""`) or of one sub-table."""
    stored = form.subtables[subtable].fields if subtable else form.tables.fields
    places = (one.path for one in form.compiled.places.values() if one.purpose is Purpose.FORMULA)
    depth, prefix = (2, (subtable,)) if subtable else (1, ())
    return [path[-1] for path in places if len(path) == depth and path[:-1] == prefix and path[-1] in stored]


def _differing(names: list[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: new.get(name) for name in names if new.get(name) != old.get(name)}


def _pairs(old: object, new: object) -> Iterator[tuple[Row, Row]]:
    if isinstance(old, tuple | list) and isinstance(new, tuple | list):
        yield from zip(old, new, strict=True)
