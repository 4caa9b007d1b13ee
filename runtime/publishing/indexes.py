"""Indexes that shared views ask for: equality fields, then the order, then the id (SEMANTICS §8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from engine.apps.link import Linked
from engine.forms.compile import CompiledForm
from engine.forms.views import View
from engine.rules.feel import compile_expression
from engine.rules.feel.nodes import And, Comparison, Name, Node
from runtime.catalog import ddl
from runtime.catalog.physical import FORM_COLUMNS

MAX_INDEXES: Final = 8


def keep_view_indexes(conn: sa.Connection, linked: Linked, form: str) -> None:
    """Build the indexes that the views of the form want and that do not exist; none is taken away here."""
    for fields in wanted_indexes(linked, form):
        ddl.create_index(conn, form, "", fields)


def wanted_indexes(linked: Linked, form: str) -> tuple[tuple[str, ...], ...]:
    """At most eight, the longest first; one that another begins with is not built twice."""
    compiled = linked.forms[form]
    views = [one.model for one in linked.definitions.values() if isinstance(one.model, View)]
    wanted = {_fields(view, compiled) for view in views if view.form == form}
    longest = sorted((fields for fields in wanted if len(fields) > 1), key=lambda one: (-len(one), one))
    kept: list[tuple[str, ...]] = []
    for fields in longest:
        if not any(other[: len(fields) - 1] == fields[:-1] for other in kept):
            kept.append(fields)
    return tuple(kept[:MAX_INDEXES])


def _fields(view: View, compiled: CompiledForm) -> tuple[str, ...]:
    """Only fields with a column; an order that both rises and falls is not served by one index."""
    columns = {*compiled.table_plan.columns, *FORM_COLUMNS}
    order = [key.field for key in view.sort] if len({key.descending for key in view.sort}) == 1 else []
    node = compile_expression(view.where, compiled.scope).node if view.where else None
    fields = dict.fromkeys((*_equal(node), *order))
    return (*(name for name in fields if name in columns and name != "id"), "id")


def _equal(node: Node | None) -> Iterator[str]:
    """Fields that a condition pins to one value, whatever else it asks."""
    match node:
        case And(operands=operands):
            for operand in operands:
                yield from _equal(operand)
        case Comparison(operator="=", left=Name(name=name)):
            yield name
        case Name(name=name):
            yield name
