"""Column plans and what leads from one to the next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from engine.forms.table_plan import (
    AddColumn,
    AddTable,
    Change,
    Column,
    ColumnKind,
    IndexColumn,
    RetypeColumn,
    TablePlan,
    UnmapColumn,
    UnmapTable,
    diff,
)

KEYS = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Column]:
    found = {}
    for key in draw(st.lists(KEYS, unique=True)):
        kind = draw(st.sampled_from([ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.REFERENCE]))
        scale = draw(st.integers(0, 2)) if kind is ColumnKind.NUMBER else None
        target = draw(st.sampled_from(["user", "customer"])) if kind is ColumnKind.REFERENCE else None
        found[key] = Column(key, kind, scale, target, draw(st.booleans()), draw(st.booleans()))
    return found


@st.composite
def plans(draw: st.DrawFn) -> TablePlan:
    subtables = {key: TablePlan(key, draw(columns())) for key in draw(st.lists(KEYS, unique=True))}
    return TablePlan("f", draw(columns()), subtables)


def apply(plan: TablePlan | None, changes: tuple[Change, ...]) -> TablePlan:
    """What the tables look like after the changes."""
    own = dict(plan.columns) if plan else {}
    rows = {key: dict(one.columns) for key, one in plan.subtables.items()} if plan else {}
    for change in changes:
        if isinstance(change, UnmapTable):
            del rows[change.subtable]
            continue
        if isinstance(change, AddTable):
            if change.subtable is not None:
                assert change.subtable not in rows
                rows[change.subtable] = dict(change.plan.columns)
            else:
                own = dict(change.plan.columns)
            continue
        table = own if change.subtable is None else rows[change.subtable]
        if isinstance(change, AddColumn):
            assert change.column.field not in table
            table[change.column.field] = change.column
        elif isinstance(change, UnmapColumn):
            del table[change.column.field]
        else:
            assert table[change.old.field] == change.old
            table[change.new.field] = change.new
    return TablePlan("f", own, {key: TablePlan(key, one) for key, one in rows.items()})


@given(plans(), plans())
def test_the_changes_lead_from_one_plan_to_the_other(old: TablePlan, new: TablePlan) -> None:
    assert apply(old, diff(old, new)) == new


@given(plans())
def test_a_first_plan_adds_its_tables(plan: TablePlan) -> None:
    changes = diff(None, plan)

    assert apply(None, changes) == plan
    assert all(isinstance(change, AddTable) for change in changes)


@given(plans())
def test_the_same_plan_needs_no_change(plan: TablePlan) -> None:
    assert diff(plan, plan) == ()


@given(plans(), plans())
def test_what_is_unmapped_comes_last(old: TablePlan, new: TablePlan) -> None:
    unmapping = [isinstance(change, UnmapColumn | UnmapTable) for change in diff(old, new)]

    assert unmapping == sorted(unmapping)


def test_another_scale_or_target_is_a_new_column_another_index_is_not() -> None:
    price = Column("price", ColumnKind.NUMBER, scale=2)
    owner = Column("boss", ColumnKind.REFERENCE, target="user")
    old = TablePlan("f", {"price": price, "boss": owner})
    new = TablePlan("f", {"price": replace(price, scale=4), "boss": replace(owner, unique=True)})

    first, second = diff(old, new)

    assert isinstance(first, RetypeColumn)
    assert isinstance(second, IndexColumn)
