"""Records that a rule selects, in SQL: all rows, as automation reads (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import sqlalchemy as sa

from engine.rules.language.effects import Selection
from runtime.records.asking import bind_condition, select_ids
from runtime.records.questions import Authority
from runtime.records.scene import Scene


def find_ids(
    conn: sa.Connection,
    scene: Scene,
    selection: Selection,
    *,
    after: int = 0,
    until: int | None = None,
    limit: int | None = None,
) -> tuple[int, ...]:
    """Ids of living records, in their order. One statement. Raises as `select_ids` does.

    after   only larger ids · until: only ids up to this one
    """
    return select_ids(
        conn,
        scene,
        selection.form,
        selection.where,
        selection.names,
        authority=Authority.AUTOMATION,
        after_id=after,
        until_id=until,
        limit=limit,
    )


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
    bound = bind_condition(scene, form, selection.where, selection.names, Authority.AUTOMATION)
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
