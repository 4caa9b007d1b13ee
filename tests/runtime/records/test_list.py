"""Lists: what is seen, in which order, page by page, and how many there are."""

from __future__ import annotations

import pytest

from engine.problems import InputError
from runtime.db.statements import count_statements
from runtime.http.errors import NotFound
from runtime.records.model import ListQuery, Page
from tests.support.forms import House


def _list(house: House, actor, **query: object) -> Page:
    scene = house.scene(actor)
    with house.workspace.database.read() as conn:
        return house.records.list(conn, scene, "deal", ListQuery(**query))


def _names(page: Page) -> list[object]:
    return [one.values["name"] for one in page.items]


@pytest.fixture
def deals(house: House, people) -> None:
    acme = house.create(people.rep, "customer", name="Acme", level="a")
    house.create(people.rep, "deal", name="a", amount=10, customer=acme.id, stage="lost", lost_reason="price")
    house.create(people.rep, "deal", name="b", amount=30, closed_on="2026-01-31")
    house.create(people.rep, "deal", name="c", stage="won", amount=20, hot=True)
    house.create(people.rep, "deal", name="d")
    house.create(people.other, "deal", name="e", amount=5)


@pytest.mark.usefixtures("deals")
def test_everybody_sees_what_her_record_filter_shows(house: House, people) -> None:
    assert sorted(_names(_list(house, people.rep))) == ["a", "b", "c", "d"]
    assert _names(_list(house, people.other)) == ["e"]
    assert sorted(_names(_list(house, people.manager))) == ["a", "b", "c", "d", "e"]
    assert len(_list(house, people.analyst).items) == 5


@pytest.mark.usefixtures("deals")
@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("amount > 10", ["b", "c"]),
        ("amount = null", ["d"]),
        ("not(amount > 10)", ["a"]),
        ('stage in ("won", "lost") and hot', ["c"]),
        ('customer.level = "a"', ["a"]),
        ('customer.name != "Acme"', ["b", "c", "d"]),
        ("owner.id = user.id", ["a", "b", "c", "d"]),
        ('closed_on between @"2026-01-01" and @"2026-01-31"', ["b"]),
        ("date(created_at) = today()", ["a", "b", "c", "d"]),
        ("net * 2 > 50", ["b"]),
        ("record.amount > 10 and record = record", ["b", "c"]),
        ("amount > settings.sales.small", ["b", "c"]),
    ],
)
def test_conditions_select_in_the_database(house: House, people, where: str, names: list[str]) -> None:
    small = {"type": "number", "label": "Small", "default": 10}
    house.install(settings__sales={"key": "sales", "label": "Sales", "parameters": {"small": small}})

    assert sorted(map(str, _names(_list(house, people.rep, where=where)))) == names


@pytest.mark.usefixtures("deals")
@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({"where": 'note = "x"'}, "/where"),
        ({"where": "amount > 5"}, "/where"),
        ({"where": 'customer.name = "Acme"'}, "/where"),
        ({"sort": ("note",)}, "/sort"),
        ({"sort": ("-amount",)}, "/sort"),
        ({"sort": ("name; drop table",)}, "/sort"),
        ({"fields": ("note",)}, "/fields"),
        ({"where": "amount / 2 > 1"}, "/where"),
        ({"where": 'lower case(name) = "a"'}, "/where"),
        ({"where": "1 = 1 or " * 1000 + "true"}, "/where"),
        ({"where": "(" * 900 + "hot" + ")" * 900}, "/where"),
        ({"where": "name"}, "/where"),
        ({"where": "record.amount > 5"}, "/where"),
        ({"where": "created_at in [today()..today()]"}, "/where"),
        ({"where": "name ="}, "/where"),
        ({"where": "$where = 1"}, "/where"),
    ],
)
def test_what_may_not_be_asked_is_refused(house: House, people, query: dict[str, object], at: str) -> None:
    with pytest.raises(InputError) as error:
        _list(house, people.analyst, **query)

    assert {problem.at for problem in error.value.problems} == {at}
    assert at != "/where" or all(problem.span for problem in error.value.problems)


@pytest.mark.usefixtures("deals")
def test_hidden_fields_answer_like_fields_that_do_not_exist(house: House, people) -> None:
    def codes(where: str) -> list[str]:
        with pytest.raises(InputError) as error:
            _list(house, people.analyst, where=where)
        return [problem.code for problem in error.value.problems]

    assert codes('note = "x"') == codes('nota = "x"')


@pytest.mark.usefixtures("deals")
def test_masked_values_are_named_as_masked_and_hidden_ones_are_absent(house: House, people) -> None:
    item = _list(house, people.analyst, where='name = "b"').items[0]

    assert "note" not in item.values
    assert item.masked == {"amount"}


@pytest.mark.usefixtures("deals")
@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (("amount",), ["d", "a", "c", "b"]),
        (("-amount",), ["b", "c", "a", "d"]),
        (("stage", "name"), ["b", "d", "c", "a"]),
        (("-stage", "amount"), ["a", "c", "d", "b"]),
        (("customer", "-name"), ["d", "c", "b", "a"]),
        (("closed_on", "-amount"), ["c", "a", "d", "b"]),
        (("-created_at", "name"), ["a", "b", "c", "d"]),
        ((), ["d", "c", "b", "a"]),
    ],
)
def test_pages_follow_each_other_without_gap_or_repetition(
    house: House, people, sort: tuple[str, ...], names: list[str]
) -> None:
    whole = _names(_list(house, people.rep, sort=sort))
    paged: list[object] = []
    page = _list(house, people.rep, sort=sort, limit=1)
    paged += _names(page)
    while page.next is not None:
        page = _list(house, people.rep, sort=sort, limit=1, after=page.next)
        paged += _names(page)

    assert whole == paged == names


@pytest.mark.usefixtures("deals")
def test_search_looks_into_titles_and_search_fields(house: House, people) -> None:
    house.create(people.rep, "deal", name="北京 Tower 100%_")

    assert _names(_list(house, people.rep, search="tower")) == ["北京 Tower 100%_"]
    assert _names(_list(house, people.rep, search="京")) == ["北京 Tower 100%_"]
    assert _names(_list(house, people.rep, search="100%_")) == ["北京 Tower 100%_"]
    assert _names(_list(house, people.rep, search="((((")) == []


@pytest.mark.usefixtures("deals")
def test_the_count_is_told(house: House, people) -> None:
    page = _list(house, people.rep, limit=2)

    assert (page.count.value, page.count.exact) == (4, True)


@pytest.mark.usefixtures("deals")
def test_a_view_gives_columns_filter_and_order(house: House, people) -> None:
    view = {
        "$schema": "view/1",
        "key": "big",
        "label": "Big",
        "form": "deal",
        "columns": ["name", "amount"],
        "where": "amount >= 20",
        "sort": ["-amount"],
    }
    house.install(view__big=view)

    page = _list(house, people.rep, view="big")

    assert _names(page) == ["b", "c"]
    assert "stage" not in page.items[0].values
    with pytest.raises(NotFound):
        _list(house, people.rep, view="nothing")


@pytest.mark.usefixtures("deals")
def test_a_list_takes_two_statements_and_one_more_per_sub_table(house: House, people) -> None:
    scene = house.scene(people.rep)
    database = house.workspace.database

    with count_statements(database) as plain, database.read() as conn:
        house.records.list(
            conn, scene, "deal", ListQuery(limit=2, where="amount != null", fields=("name", "customer"))
        )
    with count_statements(database) as rows, database.read() as conn:
        house.records.list(conn, scene, "deal", ListQuery(limit=2, fields=("name", "lines")))

    assert plain.count <= 2, plain.statements
    assert rows.count <= 3, rows.statements


@pytest.mark.usefixtures("deals")
def test_a_relation_does_not_let_conditions_look_at_what_is_out_of_reach(house: House, people) -> None:
    secret = house.create(people.other, "customer", name="Secret", level="b")
    deal = house.create(people.manager, "deal", name="mixed", customer=secret.id, owner=people.rep.id)

    shown = _list(house, people.rep, where='customer.level = "b"')
    mine = house.get(people.rep, "deal", deal.id)

    assert shown.items == ()
    assert mine.values["customer"] == secret.id


def test_instants_are_compared_in_the_zone_of_the_workspace(house: House, people, clock) -> None:
    house.create(people.rep, "deal", name="early", called_at="2026-03-01T15:59:59Z")
    house.create(people.rep, "deal", name="late", called_at="2026-03-01T16:00:00Z")

    assert _names(_list(house, people.rep, where='date(called_at) = @"2026-03-02"')) == ["late"]
    clock.advance(days=1)
    assert _names(_list(house, people.rep, where="date(called_at) < today()")) == ["late", "early"]
