"""Records that a rule selects, in SQL: all rows, as automation reads (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from engine.problems import InputError, errors
from engine.rules.feel import Scope
from engine.rules.feel.types import ANY
from engine.rules.language.effects import Selection
from runtime.catalog.metadata import PublishedForm
from runtime.query.filter import EVERYTHING, BoundFilter, Filter
from runtime.query.names import FormNames, field_names
from runtime.records.scene import Scene


def bind_selection(scene: Scene, form: PublishedForm, selection: Selection) -> BoundFilter:
    """The condition over the form's table. Raises InputError if it cannot run in SQL."""
    if selection.where is None:
        return EVERYTHING
    fields = field_names(form)
    scope = Scope(dict.fromkeys({*selection.names, *fields, "user", "settings"}, ANY))
    names = FormNames(form, scene.metadata.forms, scene.dialect)
    found = Filter(selection.where, scope, names, fields, dialect=scene.dialect, prefix="s")
    if errors(found.problems):
        raise InputError(errors(found.problems))
    return found.bind(selection.names, scene.moment.feel_now, scene.moment.zone)


def find_ids(
    conn: sa.Connection,
    scene: Scene,
    selection: Selection,
    *,
    after: int = 0,
    until: int | None = None,
    limit: int | None = None,
) -> tuple[int, ...]:
    """Ids of living records, in their order. One statement.

    after   only larger ids · until: only ids up to this one
    """
    form = scene.metadata.form(selection.form)
    bound = bind_selection(scene, form, selection)
    table = form.table
    statement = sa.select(table.c.id).where(table.c.deleted_at.is_(None), table.c.id > after, bound.clause)
    if until is not None:
        statement = statement.where(table.c.id <= until)
    statement = statement.order_by(table.c.id).limit(limit)
    return tuple(conn.execute(statement, dict(bound.params)).scalars())


def count_by_holder(
    conn: sa.Connection,
    scene: Scene,
    selection: Selection,
    holder: str,
    people: Collection[int],
    *,
    without: int | None,
) -> Mapping[int, int]:
    """How many of the selected records each person holds; who holds none is missing. One statement.

    holder   the member field that says whose a record is · without: id of a record that does not count
    """
    form = scene.metadata.form(selection.form)
    bound = bind_selection(scene, form, selection)
    column = form.columns[holder]
    wanted = sa.bindparam("people", type_=sa.BigInteger(), expanding=True)
    statement = (
        sa.select(column, sa.func.count())
        .where(form.table.c.deleted_at.is_(None), column.in_(wanted), bound.clause)
        .group_by(column)
    )
    if without is not None:
        statement = statement.where(form.table.c.id != without)
    rows = conn.execute(statement, {**bound.params, "people": sorted(people)})
    return {row[0]: row[1] for row in rows}
