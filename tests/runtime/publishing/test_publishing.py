"""Publishing changes tables and definitions together, says so beforehand, and can be taken back."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.problems import DefinitionError
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import list_versions
from runtime.catalog.drafts import read_draft
from runtime.catalog.physical import read_registry
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import Conflict, NotFound
from runtime.publishing.drafts import EditedDraft, drop_draft, keep_draft, open_draft
from runtime.publishing.model import Danger, ItemKind, Plan, Published
from runtime.publishing.service import Publishing

ADMIN = Actor(id=7, name="Zhou Ning", login="zhou_ning")
ORDER = Ref(Kind.FORM, "order_form")
FORM: dict[str, Any] = {
    "key": "order_form",
    "label": "Order",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "price": {"type": "money", "label": "Price"},
        "remark": {"type": "text", "label": "Remark"},
        "lines": {
            "type": "subtable",
            "label": "Lines",
            "fields": {"qty": {"type": "number", "label": "Qty"}},
        },
    },
}
VIEW = {
    "key": "orders",
    "label": "O",
    "form": "order_form",
    "columns": ["name"],
    "where": "price > 5",
    "sort": ["-price"],
}


class House:
    """A workspace with its publishing; remembers which forms were recomputed."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.catalog = Catalog()
        self.recomputed: list[str] = []
        self.running: dict[tuple[str, int], int] = {}
        self.publishing = Publishing(
            self.catalog,
            running=lambda _conn, _form: self.running,
            recompute=lambda _conn, _workspace, form: self.recomputed.append(form),
        )

    def write(self, work: Callable[[sa.Connection], Any]) -> Any:
        return self.workspace.database.write(work)

    def publish(self, *documents: tuple[Ref, object], note: str = "") -> Published:
        texts = {
            ref: document if isinstance(document, str) else json.dumps(document)
            for ref, document in documents
        }
        publish = self.publishing.publish_texts
        return self.write(lambda conn: publish(conn, self.workspace, ADMIN, texts, note=note))

    def plan(self, *documents: tuple[Ref, object]) -> Plan:
        texts = {ref: json.dumps(document) for ref, document in documents}
        return self.write(lambda conn: self.publishing.plan_texts(conn, self.workspace, texts))

    def roll_back(self, ref: Ref, version: int) -> Published:
        return self.write(
            lambda conn: self.publishing.roll_back(
                conn, self.workspace, ADMIN, ref, version=version, note="back"
            )
        )

    def add(self, **values: object) -> int:
        """A record written past `records`: publishing looks at tables only."""
        now = datetime(2026, 1, 5, tzinfo=UTC)
        system = {
            "rev": 1,
            "created_at": now,
            "created_by": 7,
            "updated_at": now,
            "updated_by": 7,
            "owner": 7,
        }

        def insert(conn: sa.Connection) -> int:
            table = self.catalog.load(conn, self.workspace).form("order_form").table
            key = conn.execute(table.insert().values({**system, **values})).inserted_primary_key
            assert key is not None
            return int(key[0])

        return int(self.write(insert))

    def values(self, field: str) -> list[object]:
        def select(conn: sa.Connection) -> list[object]:
            form = self.catalog.load(conn, self.workspace).form("order_form")
            return list(conn.execute(sa.select(form.columns[field]).order_by(form.table.c.id)).scalars())

        return list(self.write(select))


@pytest.fixture
def house(workspace: Workspace) -> House:
    house = House(workspace)
    house.publish((ORDER, FORM))
    return house


def changed(form: Mapping[str, Any], **fields: object) -> dict[str, Any]:
    """The form with fields replaced or added; None takes one out."""
    document = copy.deepcopy(dict(form))
    document["fields"] = {
        key: value for key, value in {**document["fields"], **fields}.items() if value is not None
    }
    return document


def lines(plan: Plan) -> list[tuple[str, str, int | None, str]]:
    return [(str(item.kind), item.field, item.rows_at_risk, str(item.danger)) for item in plan.items]


def test_the_first_version_makes_tables_and_is_in_force(house: House) -> None:
    house.add(name="A", price=Decimal("12.50"))

    assert house.values("price") == [Decimal("12.50")]
    with house.workspace.database.read() as conn:
        assert [one.version for one in list_versions(conn, ORDER)] == [1]


def test_the_plan_names_each_new_column_and_publishing_adds_it(house: House) -> None:
    house.add(name="A")
    document = changed(
        FORM,
        rival={"type": "select", "label": "竞品", "options": [{"key": "a", "label": "A"}]},
        margin={"type": "money", "label": "预计毛利", "formula": "price * 0.4"},
    )

    plan = house.plan((ORDER, document))
    house.publish((ORDER, document))

    assert lines(plan) == [("add_column", "rival", None, "none"), ("add_column", "margin", None, "none")]
    assert plan.columns_added == 2
    assert not plan.blocked
    assert house.values("margin") == [None]
    assert house.recomputed == ["order_form"]


def test_a_change_without_columns_is_a_line_of_its_own_and_recomputes_nothing(house: House) -> None:
    plan = house.plan((ORDER, {**FORM, "label": "Bestellung"}))
    house.publish((ORDER, {**FORM, "label": "Bestellung"}))

    assert lines(plan) == [("metadata", "", None, "none")]
    assert house.recomputed == []


def test_a_field_that_goes_keeps_its_values_and_a_roll_back_brings_them_back(house: House) -> None:
    house.add(name="A", remark="keep me")
    house.add(name="B")
    without = changed(FORM, remark=None)

    plan = house.plan((ORDER, without))
    house.publish((ORDER, without))
    house.add(name="C")
    house.roll_back(ORDER, 1)

    assert lines(plan) == [("unmap_column", "remark", 1, "attention")]
    assert house.values("remark") == ["keep me", None, None]
    with house.workspace.database.read() as conn:
        versions = list_versions(conn, ORDER)
    assert [(one.version, one.current) for one in versions] == [(2, False), (1, True)]


def test_a_changed_type_converts_what_can_be_converted(house: House) -> None:
    for remark in ("12.5", "1,200", "later", None):
        house.add(name="A", remark=remark)
    numeric = changed(FORM, remark={"type": "number", "label": "Remark", "scale": 2})

    plan = house.plan((ORDER, numeric))
    house.publish((ORDER, numeric))

    assert lines(plan) == [("retype_column", "remark", 1, "attention")]
    assert plan.items[0].params["samples"] == ("later",)
    assert house.values("remark") == [Decimal("12.50"), Decimal("1200.00"), None, None]


def test_rolling_back_a_type_keeps_old_texts_and_new_values(house: House) -> None:
    for remark in ("12.5", "later"):
        house.add(name="A", remark=remark)
    house.publish((ORDER, changed(FORM, remark={"type": "number", "label": "Remark", "scale": 2})))
    house.add(name="B", remark=Decimal(7))

    house.roll_back(ORDER, 1)

    assert house.values("remark") == ["12.5", "later", "7.00"]


def test_a_date_becomes_text_and_a_text_a_date(house: House) -> None:
    house.add(name="A", remark="2026-02-03")
    house.publish((ORDER, changed(FORM, remark={"type": "date", "label": "On"})))
    assert house.values("remark") == [date(2026, 2, 3)]

    house.publish((ORDER, changed(FORM, remark={"type": "longtext", "label": "On"})))
    assert house.values("remark") == ["2026-02-03"]


def test_values_that_stand_twice_block_a_unique_field(house: House) -> None:
    house.add(name="A")
    house.add(name="A")
    unique = changed(FORM, name={"type": "text", "label": "Name", "unique": True})

    plan = house.plan((ORDER, unique))
    with pytest.raises(DefinitionError) as caught:
        house.publish((ORDER, unique))

    assert lines(plan)[0] == ("add_index", "name", 1, "blocking")
    assert plan.blocked
    assert [problem.code for problem in caught.value.problems] == ["publishing.plan.unique-twice"]


def test_a_unique_field_is_enforced_after_publishing_and_free_again_later(house: House) -> None:
    house.publish((ORDER, changed(FORM, name={"type": "text", "label": "Name", "unique": True})))
    house.add(name="A")
    with pytest.raises(sa.exc.IntegrityError):
        house.add(name="A")

    house.publish((ORDER, FORM))

    house.add(name="A")
    assert house.values("name") == ["A", "A"]


def test_fields_that_are_unique_together_get_and_lose_their_index(house: House) -> None:
    together = {**FORM, "checks": [{"unique": ["name", "remark"], "message": "twice"}]}
    house.publish((ORDER, together))
    house.add(name="A", remark="x")
    house.add(name="A", remark="y")
    with pytest.raises(sa.exc.IntegrityError):
        house.add(name="A", remark="x")

    house.publish((ORDER, FORM))

    house.add(name="A", remark="x")


def test_a_change_that_would_break_others_is_blocked_and_named(house: House) -> None:
    house.publish((Ref(Kind.VIEW, "orders"), VIEW))

    plan = house.plan((ORDER, changed(FORM, price=None)))
    with pytest.raises(DefinitionError):
        house.publish((ORDER, changed(FORM, price=None)))

    broken = [item for item in plan.items if item.kind is ItemKind.BROKEN_REFERENCE]
    assert {str(item.ref) for item in broken} == {"view/orders"}
    assert all(item.danger is Danger.BLOCKING for item in broken)
    assert house.values("price") == []


def test_what_belongs_together_is_published_together(house: House) -> None:
    house.publish((Ref(Kind.VIEW, "orders"), VIEW))
    view = {**VIEW, "where": "sum_total > 5", "sort": []}
    form = changed(FORM, price=None, sum_total={"type": "money", "label": "Total"})

    published = house.publish((ORDER, form), (Ref(Kind.VIEW, "orders"), view))

    assert {str(ref): version for ref, version in published.versions.items()} == {
        "form/order_form": 2,
        "view/orders": 2,
    }


def test_a_text_with_errors_changes_nothing(house: House) -> None:
    with pytest.raises(DefinitionError) as caught:
        house.publish((ORDER, changed(FORM, price={"type": "money", "label": "P", "formula": "nmae + 1"})))

    assert caught.value.problems
    with house.workspace.database.read() as conn:
        assert len(list_versions(conn, ORDER)) == 1


def test_publishing_a_view_builds_its_index_once(house: House) -> None:
    view = {**VIEW, "where": 'name = "A" and price > 5'}
    house.publish((Ref(Kind.VIEW, "orders"), view))
    house.publish((Ref(Kind.VIEW, "orders"), {**view, "label": "P"}))

    with house.workspace.database.read() as conn:
        indexes = [index.fields for index in read_registry(conn).indexes("order_form")]
    assert indexes.count(("name", "price", "id")) == 1


def test_a_sub_table_can_come_change_and_go(house: House) -> None:
    more = {
        "type": "subtable",
        "label": "Lines",
        "fields": {"qty": {"type": "number", "label": "Qty"}, "at": {"type": "date", "label": "At"}},
    }
    with_column = house.plan((ORDER, changed(FORM, lines=more)))
    house.publish((ORDER, changed(FORM, lines=more)))
    gone = house.plan((ORDER, changed(FORM, lines=None)))
    house.publish((ORDER, changed(FORM, lines=None)))
    house.roll_back(ORDER, 2)

    assert lines(with_column) == [("add_column", "lines.at", None, "none")]
    assert lines(gone) == [("unmap_column", "lines", 0, "none")]


def test_two_publishers_of_the_same_form_come_one_after_the_other(house: House) -> None:
    first = house.publish((ORDER, changed(FORM, one={"type": "text", "label": "One"})))
    second = house.publish((ORDER, changed(FORM, two={"type": "text", "label": "Two"})))

    assert (first.versions[ORDER], second.versions[ORDER]) == (2, 3)
    assert [item.field for item in second.plan.items] == ["two", "one"]


def test_rolling_back_to_no_version_is_refused(house: House) -> None:
    with pytest.raises(NotFound):
        house.roll_back(ORDER, 9)


def draft_of(
    house: House, text: str, *, rev: int, actor: Actor = ADMIN, take_over: bool = False
) -> EditedDraft:
    wanted = EditedDraft(ORDER, rev, text, None, None)

    def keep(conn: sa.Connection) -> EditedDraft:
        metadata = house.catalog.load(conn, house.workspace)
        return keep_draft(conn, house.workspace, actor, metadata, wanted, take_over=take_over)

    saved = house.write(keep)
    assert isinstance(saved, EditedDraft)
    return saved


def test_a_draft_begins_with_the_text_in_force_and_counts_its_saves(house: House) -> None:
    opened = house.write(lambda conn: open_draft(conn, house.catalog.load(conn, house.workspace), ORDER))
    saved = draft_of(house, json.dumps(changed(FORM, extra={"type": "text", "label": "X"})), rev=0)

    assert (opened.rev, opened.published_version, json.loads(opened.text)["key"]) == (0, 1, "order_form")
    assert (saved.rev, saved.base_version) == (1, 1)


def test_a_stale_revision_is_refused(house: House) -> None:
    draft_of(house, "{}", rev=0)

    with pytest.raises(Conflict) as caught:
        draft_of(house, "{}", rev=0)

    assert caught.value.problems[0].code == "catalog.draft.stale"


def test_somebody_else_has_to_take_over_within_two_minutes(house: House, clock: Any) -> None:
    other = Actor(id=8, name="Li", login="li")
    draft_of(house, "{}", rev=0)

    with pytest.raises(Conflict) as caught:
        draft_of(house, "[]", rev=1, actor=other)
    taken = draft_of(house, "[]", rev=1, actor=other, take_over=True)
    clock.advance(minutes=3)
    later = draft_of(house, "{}", rev=2)

    assert caught.value.problems[0].code == "publishing.draft.leased"
    assert (taken.rev, later.rev) == (2, 3)


def test_publishing_drafts_discards_them(house: House) -> None:
    draft_of(house, json.dumps(changed(FORM, extra={"type": "text", "label": "X"})), rev=0)

    def publish(conn: sa.Connection) -> Published:
        return house.publishing.publish_drafts(conn, house.workspace, ADMIN, [ORDER], note="n")

    published = house.write(publish)

    assert published.versions == {ORDER: 2}
    with house.workspace.database.read() as conn:
        assert read_draft(conn, ORDER) is None
    with pytest.raises(NotFound):
        house.write(publish)
    with pytest.raises(NotFound):
        house.write(lambda conn: drop_draft(conn, ORDER))
