"""A new record: defaults, formulas, clearing, checks, references, numbers, uniqueness, history."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.problems import InputError
from runtime.db.statements import count_statements
from runtime.http.errors import Conflict, Forbidden, NotFound
from tests.support.forms import House


def _codes(error: pytest.ExceptionInfo[InputError]) -> set[tuple[str, str]]:
    return {(problem.code, problem.at) for problem in error.value.problems if problem.is_error}


def test_defaults_formulas_and_numbers_are_filled_in(house: House, people) -> None:
    customer = house.create(people.rep, "customer", name="Acme", level="a")

    deal = house.create(
        people.rep,
        "deal",
        name="First",
        customer=customer.id,
        amount=100,
        discount=Decimal("0.1"),
        lines=[
            {"values": {"product": "Desk", "price": 5}},
            {"values": {"product": "Lamp", "qty": 3, "price": 2}},
        ],
    )

    assert deal.values["stage"] == "new"
    assert deal.values["net"] == Decimal("90.00")
    assert deal.values["rank"] == "a"
    assert deal.values["total"] == Decimal("11.00")
    assert deal.values["no"] == "D202603-0001"
    assert deal.values["owner"] == people.rep.id
    assert deal.values["department"] == people.rep.main_department
    assert deal.titles["customer", customer.id] == "Acme"
    assert [row.id is not None for row in deal.values["lines"]] == [True, True]


def test_what_was_created_is_read_back(house: House, people) -> None:
    made = house.create(
        people.rep, "deal", name="First", amount=Decimal("99.90"), lines=[{"values": {"product": "Desk"}}]
    )

    read = house.get(people.rep, "deal", made.id)

    assert read.values == made.values
    assert read.title == "First"
    assert read.actions == {"view", "edit"}


def test_a_hidden_field_is_cleared_and_not_required(house: House, people) -> None:
    open_deal = house.create(people.rep, "deal", name="Open", lost_reason="typed before")

    with pytest.raises(InputError) as error:
        house.create(people.rep, "deal", name="Lost", stage="lost")

    assert open_deal.values["lost_reason"] is None
    assert _codes(error) == {("form.value.required", "/lost_reason")}


def test_all_problems_are_told_at_once_and_nothing_is_written(house: House, people) -> None:
    with pytest.raises(InputError) as error:
        house.create(people.rep, "deal", stage="won", customer=99, amount=None, name=None)

    assert {at for _, at in _codes(error)} == {"/name"}
    with pytest.raises(InputError) as later:
        house.create(people.rep, "deal", name="x", stage="won", customer=99)
    assert _codes(later) == {("form.check.rejected", "/amount"), ("records.reference.unknown", "/customer")}


def test_a_reference_to_what_the_actor_cannot_see_is_unknown(house: House, people) -> None:
    foreign = house.create(people.other, "customer", name="Foreign")

    with pytest.raises(InputError) as error:
        house.create(people.rep, "deal", name="x", customer=foreign.id)

    assert _codes(error) == {("records.reference.unknown", "/customer")}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("id", 7, "form.value.system"),
        ("rev", 9, "form.value.system"),
        ("created_at", "2020-01-01T00:00:00Z", "form.value.system"),
        ("flow_status", "done", "form.value.system"),
        ("net", 5, "form.value.computed"),
        ("no", "D1", "form.value.computed"),
        ("nonsense", 1, "form.value.unknown"),
        ("note", "x", "records.field.closed"),
        ("stage", "nowhere", "form.value.option"),
        ("name", "x" * 121, "form.value.too-long"),
        ("closed_on", "0000-00-00", "form.value.date"),
    ],
)
def test_what_may_not_be_given_is_refused_never_ignored(
    house: House, people, key: str, value: object, code: str
) -> None:
    with pytest.raises(InputError) as error:
        house.create(people.rep, "deal", **{"name": "x", key: value})

    assert _codes(error) == {(code, f"/{key}")}


def test_another_owner_needs_the_right_to_transfer(house: House, people) -> None:
    with pytest.raises(InputError) as error:
        house.create(people.rep, "deal", name="x", owner=people.other.id)
    given = house.create(people.manager, "deal", name="x", owner=people.other.id)

    assert _codes(error) == {("records.field.transfer", "/owner")}
    assert given.values["owner"] == people.other.id
    assert given.values["department"] == people.other.main_department


def test_a_value_that_is_taken_names_its_field(house: House, people) -> None:
    house.create(people.rep, "deal", name="x", external_no="E1")

    with pytest.raises(Conflict) as error:
        house.create(people.rep, "deal", name="y", external_no="E1")

    assert [(one.code, one.at) for one in error.value.problems] == [("records.value.taken", "/external_no")]


def test_nobody_creates_without_the_action(house: House, people) -> None:
    with pytest.raises(Forbidden):
        house.create(people.analyst, "deal", name="x")
    with pytest.raises(NotFound):
        house.create(people.analyst, "customer", name="x")


def test_a_creation_takes_five_statements_with_references(house: House, people) -> None:
    customer = house.create(people.rep, "customer", name="Acme")
    scene = house.scene(people.rep)

    with count_statements(house.workspace.database) as counter:
        data = {"name": "x", "customer": customer.id, "partner": customer.id, "external_no": "E1"}
        house.workspace.database.write(lambda conn: house.records.create(conn, scene, "deal", data))

    assert counter.count <= 5, counter.statements
