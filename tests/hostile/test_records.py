"""Payloads of records: what no field can hold, what nobody may set, what others may not see (P01–P18)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

DEALS = "/forms/deal/records"
VALUES: dict[str, dict[str, Any]] = {
    "P01 longer than the field": {"name": "x" * 256},
    "P01 900 kB": {"note": 1, "name": "x" * 900_000},
    "P03 beyond any column": {"amount": 1e300},
    "P06 too many rows": {"lines": {"create": [{}] * 20_000}},
    "P07 id": {"id": 7},
    "P07 created_at": {"created_at": "2020-01-01T00:00:00Z"},
    "P07 created_by": {"created_by": 1},
    "P07 updated_at": {"updated_at": "2020-01-01T00:00:00Z"},
    "P07 rev": {"rev": 9},
    "P07 deleted_at": {"deleted_at": None},
    "P07 owner": {"owner": 2},
    "P07 department": {"department": 1},
    "P08 readonly": {"state": "won"},
    "P08 formula": {"double": 5},
    "P08 auto number": {"no": "D0001"},
    "P09 flow status": {"flow_status": "approved"},
    "P10 unknown": {"nmae": "x"},
    "P10 prototype": {"__proto__": {"a": 1}},
    "P17 zero date": {"day": "0000-00-00"},
    "P17 30 February": {"day": "2026-02-30"},
    "P17 no such hour": {"at": "2026-03-01T25:00:00Z"},
    "P17 year 10000": {"at": "10000-01-01T00:00:00Z"},
    "a list for a text": {"name": ["a"]},
    "an object for a number": {"amount": {"$gt": 0}},
    "a text for a checkbox": {"hot": "yes"},
    "an option nobody has": {"stage": "gone"},
    "a label instead of a key": {"stage": "New"},
    "rows as a list of texts": {"lines": ["x"]},
    "a row with a field nobody has": {"lines": {"create": [{"cost": 1}]}},
    "a row of another record": {"lines": {"update": [{"id": 99999, "values": {"price": 1}}]}},
    "a relation to nothing": {"customer": 999_999},
    "a relation beyond 64 bits": {"customer": 2**70},
    "P11 a record she may not see": {"customer": 2},
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_cannot_be_is_refused_at_creation(target: Target, name: str) -> None:
    answer = target.attack("rep", "POST", DEALS, 403, 422, json={"values": {"name": "fine", **VALUES[name]}})

    assert all(one["at"] for one in answer.json["problems"]), answer.json


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_cannot_be_is_refused_at_a_change(target: Target, name: str) -> None:
    target.attack("rep", "PATCH", f"{DEALS}/1", 403, 422, json={"values": VALUES[name]})


@pytest.mark.parametrize("values", [{"secret": "x"}, {"amount": 5}, {"double": 5}])
def test_a_field_that_is_hidden_or_masked_is_refused(target: Target, values: dict[str, object]) -> None:
    for method, path in (("POST", DEALS), ("PATCH", f"{DEALS}/1")):
        target.attack("clerk", method, path, 403, 422, json={"values": {"name": "x", **values}})


SHOWN = [
    "<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "'; drop table deal; --", "${7*7}{{7*7}}",
    "\u202egnp.exe", "👩‍👩‍👧‍👦" * 20, "a\u200bb", "İstanbul ẞ", "../../etc/passwd", "%00", "\\u0000",
]  # fmt: skip


@pytest.mark.parametrize("text", SHOWN)
def test_any_text_comes_back_as_it_was_written(target: Target, text: str) -> None:
    record = target.create("rep", name=text, note=text)
    found = target["rep"].get(DEALS, query_string={"search": text[:200]})

    assert (record["values"]["name"], record["values"]["note"]) == (text, text)
    assert record["title"] == text
    assert found.status_code == 200
    assert record["id"] in {one["id"] for one in found.json["items"]}
    assert "<img" not in target["rep"].get("//app/").get_data(as_text=True)


def test_decimals_are_exact_and_zones_are_normalised(target: Target) -> None:
    record = target.create("rep", name="exact", amount=0.3, rate=12345.6789, at="2026-03-29T02:30:00+01:00")
    raw = target["rep"].get(f"{DEALS}/{record['id']}").get_data(as_text=True)

    assert '"rate":12345.6789' in raw.replace(" ", "")
    assert Decimal(str(record["values"]["amount"])) == Decimal("0.3")
    assert record["values"]["at"].startswith("2026-03-29T01:30:00")


def test_of_twenty_equal_values_at_once_one_is_taken(target: Target) -> None:
    people = [target["rep"].another() for _ in range(8)]
    for one in people:
        one.sign_in("rep")

    def send(one: Any) -> int:
        return int(one.post(DEALS, {"values": {"name": "race", "code": "the-one"}}).status_code)

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, people))

    assert statuses[0] == 201
    assert set(statuses[1:]) <= {409, 422}


def test_one_key_is_one_effect_and_another_body_is_refused(target: Target) -> None:
    key = {"Idempotency-Key": "k-1"}
    first = target["rep"].post(DEALS, {"values": {"name": "once"}}, headers=key)
    again = target["rep"].post(DEALS, {"values": {"name": "once"}}, headers=key)

    assert first.json["id"] == again.json["id"]
    target.attack("rep", "POST", DEALS, 422, json={"values": {"name": "other"}}, headers=key)


def test_a_stale_revision_is_a_conflict_that_names_the_field(target: Target) -> None:
    record = target.create("rep", name="one")
    path = f"{DEALS}/{record['id']}"
    assert target["rep"].patch(path, {"rev": record["rev"], "values": {"name": "two"}}).status_code == 200

    target.attack("rep", "PATCH", path, 409, json={"rev": record["rev"], "values": {"name": "three"}})
    target.attack("rep", "PATCH", path, 409, 412, json={"values": {"name": "x"}}, headers={"If-Match": '"1"'})
