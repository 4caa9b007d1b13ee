"""Physical names are allotted once; tables grow and never shrink."""

from __future__ import annotations

from types import MappingProxyType

import pytest
import sqlalchemy as sa

from engine.forms.table_plan import Column, ColumnKind, TablePlan
from runtime.catalog.ddl import add_column, create_index, create_table, drop_index
from runtime.catalog.physical import MAX_NAME_BYTES, read_registry, unmap_column
from runtime.catalog.schema import build_tables
from runtime.db.database import Database

AMOUNT = Column("amount", ColumnKind.NUMBER, scale=2)
NAME = Column("name", ColumnKind.TEXT, unique=True)
LINES = TablePlan(
    "lines", {"qty": Column("qty", ColumnKind.NUMBER, scale=0), "ordinal": Column("ordinal", ColumnKind.TEXT)}
)
PLAN = TablePlan("deal", {"name": NAME, "amount": AMOUNT}, MappingProxyType({"lines": LINES}))


def _create(conn: sa.Connection) -> None:
    create_table(conn, "deal", "", PLAN)
    create_table(conn, "deal", "lines", LINES)


def test_tables_are_created_and_built_from_the_registry(database: Database) -> None:
    database.write(_create)

    with database.read() as conn:
        tables = build_tables(PLAN, read_registry(conn))
        columns = {one["name"] for one in sa.inspect(conn).get_columns(tables.table.name)}

    assert tables.table.name == "f_deal"
    assert set(tables.fields) == {"name", "amount"}
    assert {"id", "rev", "owner", "department", "deleted_at", "name", "amount"} <= columns
    assert tables.subtables["lines"].table.name == "f_deal__lines"
    assert [unique.fields for unique in tables.uniques] == [("name",)]


def test_a_field_named_like_a_system_column_of_rows_gets_another_name(database: Database) -> None:
    database.write(_create)

    with database.read() as conn:
        lines = build_tables(PLAN, read_registry(conn)).subtables["lines"]

    assert lines.fields["ordinal"].name == "ordinal_2"


def test_a_field_that_comes_back_in_the_same_shape_gets_its_old_column(database: Database) -> None:
    database.write(_create)
    database.write(lambda conn: unmap_column(conn, "deal", "", "amount"))

    again = database.write(lambda conn: add_column(conn, "deal", "", AMOUNT))

    assert again == "amount"


def test_a_retyped_field_gets_a_new_column_and_its_old_one_stays(database: Database) -> None:
    database.write(_create)

    name = database.write(lambda conn: add_column(conn, "deal", "", Column("amount", ColumnKind.TEXT)))
    with database.read() as conn:
        columns = {one["name"] for one in sa.inspect(conn).get_columns("f_deal")}
        back = read_registry(conn).columns("deal")["amount"].name

    assert name == back == "amount_2"
    assert {"amount", "amount_2"} <= columns


def test_long_keys_get_short_names_that_differ(database: Database) -> None:
    form, subtable = "f" * 40, "s" * 40
    plan = TablePlan(subtable, {})

    def work(conn: sa.Connection) -> list[str]:
        create_table(conn, form, "", TablePlan(form, {}))
        return [create_table(conn, form, key, plan) for key in (subtable, "s" * 39 + "t")]

    names = database.write(work)

    assert len(set(names)) == 2
    assert all(len(name.encode()) <= MAX_NAME_BYTES for name in names)


def test_indexes_are_made_once_and_may_go(database: Database) -> None:
    database.write(_create)
    first = database.write(lambda conn: create_index(conn, "deal", "", ("amount", "id")))
    second = database.write(lambda conn: create_index(conn, "deal", "", ("amount", "id")))

    database.write(lambda conn: drop_index(conn, "deal", "", first))
    third = database.write(lambda conn: create_index(conn, "deal", "", ("amount", "id")))

    assert first == second
    assert third == f"{first}_2"


def test_a_failing_change_leaves_neither_table_nor_name(database: Database) -> None:
    def work(conn: sa.Connection) -> None:
        _create(conn)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        database.write(work)

    with database.read() as conn:
        assert read_registry(conn).names == ()
        assert not sa.inspect(conn).has_table("f_deal")
