"""Field types: a value keeps its meaning at every border."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.facts import Facts, RecordWorld, Related
from engine.forms.fields import FIELD_TYPES, ROW_TYPES, Parsed, TextFormats
from engine.forms.model import Field, Form, Option, Row
from engine.forms.validate import read_value
from engine.values import Date

ZONE = ZoneInfo("Asia/Shanghai")
OPTIONS = (Option("a", "A"), Option("b", "B"))
MEI = {"id": 3, "title": "Mei"}
FACTS = Facts.at(datetime(2026, 11, 24, tzinfo=UTC), ZONE, MEI, {"user": {4: Related("Li")}})
WORLD = RecordWorld({}, FACTS)


def field(kind: str, **props: Any) -> Field:
    to = "customer" if kind == "relation" else None
    return Field("x", kind, "X", props=props, options=OPTIONS if kind == "select" else (), to=to)


def codes(parsed: Parsed) -> list[str]:
    return [problem.code for problem in parsed.problems]


def numbers(scale: int) -> st.SearchStrategy[Decimal]:
    bound = 10**15 - 1
    return st.integers(-bound, bound).map(lambda digits: Decimal(digits).scaleb(-scale))


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200).filter(str.strip)
INSTANTS = st.integers(694_224_000, 23_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""From 1992, since when Shanghai has no summer time and every wall clock is one instant, to 2698."""
STORED: Mapping[str, st.SearchStrategy[object]] = {
    "text": TEXT,
    "longtext": TEXT,
    "email": st.from_regex(r"[a-z]{1,9}\.[a-z0-9+-]{1,9}@[a-z]{2,9}\.(com|cn)", fullmatch=True),
    "phone": st.from_regex(
        r"1[3-9][0-9]{9}|0571[2-8][0-9]{7}(x[0-9]{1,6})?|\+1[2-9][0-9]{9}|400[0-9]{7}", fullmatch=True
    ),
    "url": st.from_regex(r"https?://[a-z]{1,9}\.cn(:8080)?/[A-Za-z0-9/=&%.]{0,40}", fullmatch=True),
    "id_number": st.sampled_from(["11010519491231002X", "440524188001010014"]),
    "credit_code": st.sampled_from(["91350100M000100Y43", "91110000802100433B"]),
    "number": numbers(0),
    "money": numbers(2),
    "percent": numbers(2),
    "rating": st.integers(1, 5).map(Decimal),
    "date": st.dates(),
    "datetime": INSTANTS,
    "checkbox": st.booleans(),
    "select": st.sampled_from(["a", "b"]),
    "relation": st.integers(1, 2**53 - 1),
    "member": st.integers(1, 2**53 - 1),
    "department": st.integers(1, 2**53 - 1),
}


@pytest.mark.parametrize("kind", sorted(ROW_TYPES))
@given(data=st.data())
def test_json_and_feel_give_back_the_stored_value(kind: str, data: st.DataObject) -> None:
    one, field_type = field(kind), FIELD_TYPES[kind]
    stored = data.draw(STORED[kind])

    assert read_value(one, field_type.to_json(one, stored)).value == stored
    assert field_type.from_feel(one, field_type.to_feel(one, stored, WORLD), WORLD).value == stored


@pytest.mark.parametrize("kind", sorted(ROW_TYPES))
def test_null_is_empty_in_every_direction(kind: str) -> None:
    one, field_type = field(kind), FIELD_TYPES[kind]

    assert read_value(one, None).value == field_type.empty()
    assert field_type.from_feel(one, None, WORLD).value == field_type.empty()
    assert field_type.is_empty(field_type.empty())
    assert field_type.parse_text(one, " ", TextFormats()).value is None


def test_every_type_has_a_strategy_here() -> None:
    assert set(STORED) == set(ROW_TYPES) == set(FIELD_TYPES) - {"auto_number", "subtable"}


def test_texts_of_import_files(texts_case: Mapping[str, Any], forms: Mapping[str, Form]) -> None:
    given_formats = texts_case.get("formats", {})
    formats = TextFormats(
        date=tuple(given_formats.get("date", ())),
        datetime=tuple(given_formats.get("datetime", ())),
        zone=ZONE,
        decimal_comma=given_formats.get("decimal_comma", False),
    )
    one = forms[texts_case["form"]].fields[texts_case["field"]]

    parsed = FIELD_TYPES[one.type].parse_text(one, texts_case["text"], formats)

    assert codes(parsed) == [texts_case[key] for key in ("code",) if key in texts_case]
    assert parsed.value == texts_case.get("json")


@pytest.mark.parametrize(
    ("given_value", "stored"),
    [
        ("2.345", "2.34"),
        ("2.355", "2.36"),
        ("-0.005", "0.00"),
        ("1E-30", "0.00"),
        ("0E+90", "0.00"),
        ("7", "7.00"),
    ],
)
def test_results_are_rounded_half_even_to_the_scale(given_value: str, stored: str) -> None:
    parsed = FIELD_TYPES["money"].from_feel(field("money"), Decimal(given_value), WORLD)

    assert parsed.value == Decimal(stored)
    assert isinstance(parsed.value, Decimal)
    assert parsed.value.as_tuple().exponent == -2


@pytest.mark.parametrize("value", ["9999999999999.995", "10000000000000", "1E+40", "-1E+400"])
def test_results_of_more_than_15_digits_are_refused(value: str) -> None:
    parsed = FIELD_TYPES["money"].from_feel(field("money"), Decimal(value), WORLD)

    assert codes(parsed) == ["form.formula.digits"]


def test_15_digits_are_exact() -> None:
    greatest = Decimal("9999999999999.99")

    assert read_value(field("money"), greatest).value == greatest
    assert [problem.code for problem in read_value(field("money"), greatest + Decimal("0.01")).problems] == [
        "form.value.digits"
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", 5),
        ("number", "5"),
        ("number", True),
        ("date", "x"),
        ("datetime", 5),
        ("checkbox", "x"),
        ("member", "x"),
    ],
)
def test_results_of_another_kind_are_refused(kind: str, value: object) -> None:
    parsed = FIELD_TYPES[kind].from_feel(field(kind), value, WORLD)

    assert codes(parsed) == ["form.formula.type"]


def test_results_that_cannot_be_stored_are_refused() -> None:
    far = FIELD_TYPES["date"].from_feel(field("date"), Date(10_000, 1, 1), WORLD)
    key = FIELD_TYPES["select"].from_feel(field("select"), "c", WORLD)
    sign = FIELD_TYPES["text"].from_feel(field("text"), "a\x00b", WORLD)
    long = FIELD_TYPES["text"].from_feel(field("text", max=3), "abcd", WORLD)

    found = [problem.code for parsed in (far, key, sign, long) for problem in parsed.problems]
    assert found == [
        "form.formula.year",
        "form.formula.option",
        "form.value.character",
        "form.formula.too-long",
    ]


def test_characters_that_no_database_takes_are_refused() -> None:
    text = FIELD_TYPES["text"]

    assert codes(read_value(field("text"), "a\x00b")) == ["form.value.character"]
    assert codes(text.parse_text(field("text"), "a\ud800", TextFormats())) == ["form.value.character"]


def test_instants_of_impossible_years_are_refused() -> None:
    parsed = read_value(field("datetime"), "0001-01-01T00:00:00+14:00")

    assert codes(parsed) == ["form.value.datetime"]


def test_a_day_never_has_a_zone_and_an_instant_is_seen_in_the_workspace() -> None:
    day, instant = date(2026, 1, 31), datetime(2026, 1, 31, 20, 0, tzinfo=UTC)

    seen = FIELD_TYPES["datetime"].to_feel(field("datetime"), instant, WORLD)

    assert FIELD_TYPES["date"].to_feel(field("date"), day, WORLD) == Date(2026, 1, 31)
    assert str(getattr(seen, "date", None)) == str(Date(2026, 2, 1))


def test_references_are_contexts_with_title() -> None:
    member = field("member")

    assert FIELD_TYPES["member"].to_feel(member, 4, WORLD) == {"id": 4, "title": "Li"}
    assert FIELD_TYPES["member"].to_feel(member, 3, WORLD) == {"id": 3, "title": "Mei"}
    assert FIELD_TYPES["member"].to_feel(member, 9, WORLD) == {"id": 9, "title": None}


@pytest.mark.parametrize(
    ("kind", "written", "stored", "shown"),
    [
        ("email", " Zhang.San@Example.COM ", "zhang.san@example.com", "zhang.san@example.com"),
        ("email", "mailto:a＠b.cn", "a@b.cn", "a@b.cn"),
        ("phone", "+86 138-0013-8000", "13800138000", "138 0013 8000"),
        ("phone", "１３８００１３８０００", "13800138000", "138 0013 8000"),
        ("phone", "(0571) 8877 6655 转 802", "057188776655x802", "0571-88776655-802"),
        ("phone", "+86 10 6234 5678", "01062345678", "010-62345678"),
        ("phone", "400 800 1234", "4008001234", "400-800-1234"),
        ("phone", "95588", "95588", "95588"),
        ("phone", "001 (415) 555-2671", "+14155552671", "+1 415 555 2671"),
        ("phone", "+852 9123 4567", "+85291234567", "+852 9123 4567"),
        ("url", "Example.com/A?x=1", "https://example.com/A?x=1", "https://example.com/A?x=1"),
        ("url", "HTTP://localhost:80/x", "http://localhost:80/x", "http://localhost:80/x"),
        ("id_number", "110105 19491231 002x", "11010519491231002X", "11010519491231002X"),
        ("credit_code", "9111 0000 8021 0043 3b", "91110000802100433B", "91110000802100433B"),
    ],
)
def test_one_notation_is_stored_however_it_is_written(
    kind: str, written: str, stored: str, shown: str
) -> None:
    one, field_type = field(kind), FIELD_TYPES[kind]

    assert read_value(one, written).value == field_type.from_feel(one, written, WORLD).value == stored
    assert field_type.sought(one, written) == stored
    assert field_type.display(one, stored, "en") == shown


@pytest.mark.parametrize(
    ("kind", "written", "code"),
    [
        *(
            ("email", one, "form.value.email")
            for one in ("a@b", "a..b@c.cn", "x@y-.com", "@c.cn", "a b@c.cn")
        ),
        *(
            ("phone", one, "form.value.phone")
            for one in ("88776655", "12800138000", "+86", "abc", "+0123456")
        ),
        *(("url", one, "form.value.url") for one in ("javascript:alert(1)", "ftp://a.b", "data:text/html,x")),
        *(("url", one, "form.value.url") for one in ("https://u:p@a.b", "intranet", "https://a.b:99999")),
        *(("id_number", one, "form.value.id-number") for one in ("110105194913310021", "99010519491231002X")),
        ("id_number", "110105194912310021", "form.value.check-digit"),
        ("credit_code", "91110000802100433I", "form.value.credit-code"),
        ("credit_code", "911100008021004330", "form.value.check-digit"),
    ],
)
def test_what_is_not_in_the_notation_is_refused_by_name(kind: str, written: str, code: str) -> None:
    one = field(kind)

    assert codes(read_value(one, written)) == [code]
    assert codes(FIELD_TYPES[kind].from_feel(one, written, WORLD)) == [code]


def test_a_part_of_a_phone_number_is_sought_without_its_marks() -> None:
    phone = FIELD_TYPES["phone"]

    sought = [phone.sought(field("phone"), text) for text in ("138 0013", "0571-8877", "王 13")]

    assert sought == ["1380013", "05718877", "王 13"]
    assert codes(read_value(field("phone", mobile=True), "95588")) == ["form.value.mobile"]


def test_stars_are_whole_and_never_more_than_there_are() -> None:
    one, rating = field("rating"), FIELD_TYPES["rating"]
    given = [rating.parse_text(one, text, TextFormats()).value for text in ("4", "★★★☆☆", "５")]

    assert given == [4, 3, 5]
    assert [codes(read_value(one, Decimal(stars))) for stars in ("0", "6", "2.5")] == [
        ["form.value.too-small"],
        ["form.value.too-large"],
        ["form.value.scale"],
    ]
    assert rating.display(one, Decimal(4), "en") == "4/5"


def test_what_people_read() -> None:
    shown = [
        FIELD_TYPES["money"].display(field("money"), Decimal("1234.50"), "en"),
        FIELD_TYPES["number"].display(field("number", grouping=False), Decimal(2026), "en"),
        FIELD_TYPES["percent"].display(field("percent", scale=4), Decimal("0.1325"), "en"),
        FIELD_TYPES["percent"].display(field("percent", scale=4), Decimal("0.1000"), "en"),
        FIELD_TYPES["datetime"].display(field("datetime"), datetime(2026, 1, 31, tzinfo=UTC), "en", ZONE),
        FIELD_TYPES["select"].display(field("select"), "a", "en"),
        FIELD_TYPES["id_number"].display(field("id_number", mask=True), "11010519491231002X", "en"),
        FIELD_TYPES["subtable"].display(field("subtable"), (Row(1, {}), Row(2, {})), "en"),
    ]

    assert shown == ["1,234.50", "2026", "13.25%", "10%", "2026-01-31 08:00", "A", "110105********002X", "2"]
