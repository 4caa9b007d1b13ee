"""Lists: filtered, sorted, paged and counted under the reader's record filter, in two statements."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.system import SYSTEM
from engine.forms.views import SortKey as Wanted
from engine.forms.views import View, sort_key
from engine.keys import nearest
from engine.problems import InputError, Problem
from runtime.access.policy import Access
from runtime.db.prepared import Prepared
from runtime.http.errors import NotFound
from runtime.query.filter import EVERYTHING, BoundFilter
from runtime.query.paging import COUNT_BOUND, SortKey, behind, bounded_count, order_by
from runtime.records.conditions import bind_search, bind_where, joined
from runtime.records.model import Count, ListQuery, Page
from runtime.records.read import enter_targets
from runtime.records.rows import read_rows
from runtime.records.scene import Scene
from runtime.records.selection import Loaded, Selection, select_records
from runtime.records.show import show_record
from runtime.records.sorting import NEWEST, check_sort, position_json, position_values, sort_keys

MAX_LIMIT: Final = 200
_ALWAYS: Final = (
    "id",
    "rev",
    "owner",
    "department",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "flow_status",
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """shown    keys to show, sub-tables among them
    filters  record filter first
    exact    count to the end
    """

    shown: tuple[str, ...]
    sort: tuple[Wanted, ...]
    filters: tuple[BoundFilter, ...]
    exact: bool

    @property
    def marks(self) -> Hashable:
        """What tells this list's clauses from another's under the same rights."""
        return tuple((one is EVERYTHING, one.pattern) for one in self.filters)


@dataclass(frozen=True, eq=False)
class _Ready:
    """What a list of this shape is asked with, and how to read it.

    first   the statement without a position: for the first page
    """

    selection: Selection
    keys: list[SortKey]
    statement: sa.Select[Any]
    first: Prepared


def list_records(conn: sa.Connection, scene: Scene, form_key: str, query: ListQuery) -> Page:
    """See `Records.list`."""
    access = scene.access_for(form_key)
    access.require("delete" if query.deleted else "view")
    plan = _plan(scene, access, query)
    key = (
        access.form,
        "list",
        access.rights,
        plan.shown,
        plan.sort,
        plan.marks,
        query.deleted,
    )
    ready = scene.statements.get(key, lambda: _ready(scene, access, plan, query))
    rows = _fetch(conn, ready, plan, query)
    loaded = [ready.selection.read(row) for row in rows[: query.limit]]
    following = tuple(position_json(loaded[-1].extra)) if len(rows) > query.limit else None
    items = _items(conn, scene, access, plan, loaded)
    count = _count(conn, scene, access, plan, query, seen=None if following else len(items))
    return Page(items, following, count)


def _plan(scene: Scene, access: Access, query: ListQuery) -> _Plan:
    view = _view(scene, access, query.view)
    sort = tuple(sort_key(one) for one in query.sort) or (view.sort if view else ()) or NEWEST
    check_sort(access, sort)
    where = bind_where(scene, access, query.where, prefix="w", at="/where")
    shared = bind_where(scene, access, view.where if view else "", prefix="v", at="/view")
    seen = access.records("delete" if query.deleted else "view")
    search = bind_search(scene, access, query.search)
    exact = query.exact or bool(view and view.exact_count)
    return _Plan(_shown(access, query, view), sort, (seen, where, shared, search), exact)


def _view(scene: Scene, access: Access, key: str | None) -> View | None:
    if key is None:
        return None
    view = scene.metadata.views.get(key)
    if view is None or view.form != access.form.key:
        raise NotFound.because("records.query.view-unknown", "/view", name=key)
    return view


def _shown(access: Access, query: ListQuery, view: View | None) -> tuple[str, ...]:
    """The asked fields, else those of the view, else all; names the reader may not see are unknown."""
    known = {**access.form.form.fields, **SYSTEM}
    asked = query.fields
    unknown = [name for name in asked if name not in known or name not in access.readable]
    if unknown:
        raise InputError(
            Problem(
                "records.query.field-unknown",
                "/fields",
                {"name": name[:60], "nearest": nearest(name, access.readable) or ""},
            )
            for name in unknown
        )
    if not asked and view is not None:
        asked = tuple(column.field for column in view.columns)
    if not asked:
        asked = tuple(key for key, one in access.form.form.fields.items() if not one.fields)
    return tuple(key for key in dict.fromkeys((*asked, *_ALWAYS)) if key in access.readable)


def _ready(scene: Scene, access: Access, plan: _Plan, query: ListQuery) -> _Ready:
    form = access.form
    needed = form.compiled.form.fields.keys() if form.compiled.time_dependent else ()
    keys = (*plan.shown, *(one.field for one in plan.sort), *needed, *(("deleted_at",) * query.deleted))
    reads = {
        path: fields
        for path, fields in form.compiled.relation_reads.items()
        if form.compiled.time_dependent and "." not in path
    }
    selection = select_records(form, scene.metadata.forms, keys, reads)
    order = sort_keys(scene, selection, plan.sort)
    clauses, _ = joined(plan.filters)
    deleted = form.table.c.deleted_at
    wanted = deleted.is_not(None) if query.deleted else deleted.is_(None)
    marks = [key.column.label(f"sort_{place}") for place, key in enumerate(order)]
    statement = (
        sa.select(*selection.columns, *marks)
        .select_from(selection.source)
        .where(wanted, *clauses)
        .order_by(*order_by(order, scene.dialect))
        .limit(sa.bindparam("most", type_=sa.Integer()))
    )
    return _Ready(selection, order, statement, Prepared(statement))


def _fetch(conn: sa.Connection, ready: _Ready, plan: _Plan, query: ListQuery) -> Sequence[Sequence[Any]]:
    """One row more than asked for tells whether there is a next page."""
    _, filtering = joined(plan.filters)
    params = {**filtering, "most": query.limit + 1}
    if query.after is None:
        return ready.first.rows(conn, params)
    if len(query.after) != len(ready.keys):
        raise InputError((Problem("http.cursor.invalid", "/cursor"),))
    clause, position = behind(ready.keys, position_values(ready.keys, query.after))
    return conn.execute(ready.statement.where(clause), {**params, **position}).all()


def _items(
    conn: sa.Connection, scene: Scene, access: Access, plan: _Plan, loaded: Sequence[Loaded]
) -> tuple[Any, ...]:
    ids = [one.values["id"] for one in loaded]
    wanted = [key for key in plan.shown if key in access.form.subtables and ids]
    lines = read_rows(conn, scene, access.form, ids, wanted)  # type: ignore[arg-type]
    targets = enter_targets(scene, [*loaded, *lines.loaded])
    return tuple(
        show_record(
            scene,
            access,
            {**one.values, **{key: found[identity] for key, found in lines.rows.items()}},  # type: ignore[index]
            targets,
            fields=plan.shown,
        )
        for one, identity in zip(loaded, ids, strict=True)
    )


def _count(
    conn: sa.Connection, scene: Scene, access: Access, plan: _Plan, query: ListQuery, *, seen: int | None
) -> Count:
    """No statement where the first page is the only one: then it tells the number itself."""
    if seen is not None and query.after is None:
        return Count(seen, exact=True)
    key = (access.form, "count", access.rights, plan.marks, query.deleted, plan.exact)
    statement = scene.statements.get(key, lambda: Prepared(_counting(access, plan, query)))
    _, params = joined(plan.filters)
    number = statement.value(conn, params)
    exact = plan.exact or number <= COUNT_BOUND
    return Count(number if exact else COUNT_BOUND, exact)


def _counting(access: Access, plan: _Plan, query: ListQuery) -> sa.Select[int]:
    clauses, _ = joined(plan.filters)
    deleted = access.form.table.c.deleted_at
    wanted = deleted.is_not(None) if query.deleted else deleted.is_(None)
    return bounded_count(access.form.table, sa.and_(wanted, *clauses), exact=plan.exact)
