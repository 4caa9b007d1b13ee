"""Sample data: relative dates, references, and an order in which the records can be created."""

from __future__ import annotations

from engine.apps.sample import PEOPLE_FILE, Moment, SampleReading, SampleRef, SampleUserRef, read_sample

PEOPLE = {
    "departments": [{"key": "sales", "name": "销售部", "heads": ["li"]}],
    "users": [{"login": "li", "name": "李", "department": "sales", "roles": ["rep"]}],
}


def read(*records: dict[str, object], people: object = PEOPLE) -> SampleReading:
    return read_sample(
        {PEOPLE_FILE: people, "sample_data/deals.json": {"form": "deal", "records": list(records)}}
    )


def codes(reading: SampleReading) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.document, problem.at) for problem in reading.problems]


def test_values_may_be_relative_to_the_day_and_to_other_samples() -> None:
    reading = read(
        {
            "ref": "a",
            "owner": "li",
            "created_at": {"today": -3, "time": "09:30"},
            "values": {"on": {"today": 5}, "who": {"user": "li"}, "lines": [{"values": {"qty": 2}}]},
        }
    )

    assert reading.problems == ()
    assert reading.sample is not None
    record = reading.sample.records[0]
    assert record.created_at == Moment(-3, "09:30")
    assert record.values == {
        "on": Moment(5),
        "who": SampleUserRef("li"),
        "lines": [{"values": {"qty": 2}}],
    }


def test_a_record_is_created_after_those_it_names_even_inside_rows() -> None:
    reading = read(
        {"ref": "order", "values": {"lines": [{"values": {"product": {"ref": "thing"}}}]}},
        {"ref": "thing", "values": {"parent_thing": {"ref": "root"}}},
        {"ref": "root", "values": {}},
    )

    assert reading.sample is not None
    assert [record.ref for record in reading.sample.records] == ["root", "thing", "order"]
    assert reading.sample.records[1].values["parent_thing"] == SampleRef("root")


def test_a_circle_is_refused() -> None:
    reading = read({"ref": "a", "values": {"x": {"ref": "b"}}}, {"ref": "b", "values": {"x": {"ref": "a"}}})

    assert reading.sample is None
    assert {code for code, _, _ in codes(reading)} == {"apps.sample.circle"}


def test_unknown_people_and_records_are_named_with_their_place() -> None:
    reading = read(
        {"ref": "a", "owner": "wu", "values": {"x": {"ref": "b"}}},
        {"ref": "a", "values": {}},
        people={
            "departments": [{"key": "sales", "name": "S", "above": "board", "heads": ["zu"]}],
            "users": [{"login": "li", "name": "李", "department": "hr", "roles": ["rep"]}],
        },
    )

    file = "sample_data/deals.json"
    assert codes(reading) == [
        ("apps.sample.unknown-department", PEOPLE_FILE, "/departments/0/above"),
        ("apps.sample.unknown-user", PEOPLE_FILE, "/departments/0/heads"),
        ("apps.sample.unknown-department", PEOPLE_FILE, "/users/0/department"),
        ("apps.sample.ref-repeated", file, "/records/0/ref"),
        ("apps.sample.unknown-user", file, "/records/0"),
        ("apps.sample.unknown-ref", file, "/records/0/values"),
        ("apps.sample.ref-repeated", file, "/records/1/ref"),
    ]
