"""A stored record and a patch become the record that is to be stored."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.merge import merge
from engine.forms.model import Form, Row, RowChanges

STORED: Mapping[str, object] = {
    "name": "old",
    "lines": (Row(1, {"qty": 1, "why": "a"}), Row(2, {"qty": 2}), Row(3, {"qty": 3})),
}


def ids(merged: Mapping[str, object]) -> list[object]:
    rows = merged["lines"]
    assert isinstance(rows, tuple)
    return [row.id or row.values for row in rows]


def test_values_replace_values_and_others_stay(forms: Mapping[str, Form]) -> None:
    merged = merge(forms["quote"], STORED, {"name": "new"})

    assert merged.values == {**STORED, "name": "new"}


def test_rows_are_updated_deleted_and_created(forms: Mapping[str, Form]) -> None:
    changes = RowChanges(create=({"qty": 9},), update={1: {"qty": 5}}, delete=frozenset({2}))

    merged = merge(forms["quote"], STORED, {"lines": changes})

    assert not merged.problems
    assert merged.values["lines"] == (
        Row(1, {"qty": 5, "why": "a"}),
        Row(3, {"qty": 3}),
        Row(None, {"qty": 9}),
    )


def test_the_order_may_mix_old_and_new_rows(forms: Mapping[str, Form]) -> None:
    changes = RowChanges(create=({"qty": 8}, {"qty": 9}), order=(3, -2, 1))

    merged = merge(forms["quote"], STORED, {"lines": changes})

    assert ids(merged.values) == [3, {"qty": 9}, 1, 2, {"qty": 8}]


def test_rows_that_are_gone_are_named(forms: Mapping[str, Form]) -> None:
    changes = RowChanges(update={7: {}}, delete=frozenset({8}), order=(1, 9))

    merged = merge(forms["quote"], STORED, {"lines": changes})

    assert [(problem.at, problem.params["id"]) for problem in merged.problems] == [
        ("/lines/update", 7),
        ("/lines/delete", 8),
        ("/lines/order", 9),
    ]
    assert {problem.code for problem in merged.problems} == {"form.value.row-unknown"}
