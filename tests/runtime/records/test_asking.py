"""Queries of expressions are answered in few statements, under the authority of the whole expression."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from engine.problems import InputError
from engine.rules.feel import ANY, Compiled, ContextType, Scope, compile_expression
from runtime.db.statements import count_statements
from runtime.http.actor import Actor
from runtime.records.asking import answer_queries, select_ids
from runtime.records.evaluation import Question
from runtime.records.model import ListQuery, NewRow, Origin, OriginKind, RowResult
from runtime.records.questions import Authority
from runtime.records.scene import Scene
from tests.runtime.records.conftest import grant, role
from tests.support.forms import House

AUTOMATION, ACTOR = Authority.AUTOMATION, Authority.ACTOR


def compiled(scene: Scene, text: str, *names: str) -> Compiled:
    forms = {
        key: ContextType(
            {name: kind for name, kind in one.compiled.scope.names.items() if name not in ("record", "old")}
        )
        for key, one in scene.metadata.forms.items()
    }
    found = compile_expression(text, Scope(dict.fromkeys((*names, "record", "user"), ANY), records=forms))
    assert found.problems == ()
    return found


@pytest.fixture
def deals(house: House, people) -> dict[str, int]:
    ada = house.create(people.rep, "customer", name="Ada", level="a")
    bob = house.create(people.rep, "customer", name="Bob", level="b")
    mine = {"customer": ada.id, "closed_on": "2026-02-01"}
    house.create(people.rep, "deal", name="one", amount=10, **mine)
    house.create(people.rep, "deal", name="two", amount=Decimal("2.5"), **mine)
    house.create(people.other, "deal", name="three", amount=100)
    house.create(people.rep, "deal", name="four", customer=bob.id)
    gone = house.create(people.rep, "deal", name="gone", amount=7, **mine)
    scene = house.scene(people.admin)
    house.workspace.database.write(lambda conn: house.records.delete(conn, scene, "deal", gone.id))
    return {"ada": ada.id, "bob": bob.id}


def ask(house: House, actor: Actor, authority: Authority, text: str, **names: object) -> object:
    scene = house.scene(actor)
    expression = compiled(scene, text, *names)
    given = {"user": scene.moment.user, **names}
    with house.workspace.database.read() as conn:
        answers = answer_queries(conn, scene, [expression], given, authority)
    context = {**given, **answers.get(text, {})}
    return expression.evaluate(context, now=scene.moment.feel_now).value


def test_aggregates_mean_what_feel_means(house: House, people, deals) -> None:
    record = {"id": deals["ada"]}

    def asked(text: str) -> object:
        return ask(house, people.rep, AUTOMATION, text, record=record)

    assert asked('count(records("deal"))') == 4
    assert asked('sum(records("deal")[customer = record].amount)') == Decimal("12.50")
    assert asked('min(records("deal")[customer = record].amount)') == Decimal("2.50")
    assert asked('max(records("deal")[customer = record].closed_on) = @"2026-02-01"') is True
    assert asked('max(records("deal")[customer.level = "a"].name)') == "two"
    assert asked('exists(records("deal")[amount > 50])') is True
    assert asked('sum(records("deal").amount)') is None, "one of the amounts is null"
    assert asked('sum(records("deal")[amount != null].amount)') == Decimal("112.50")
    assert asked('sum(records("deal")[amount > 500].amount)') is None
    assert asked('count(records("deal")[amount > 500])') == 0


def test_the_actor_asks_under_her_record_filter(house: House, people, deals) -> None:
    text = 'count(records("deal")[amount > 0])'

    assert ask(house, people.rep, ACTOR, text) == 2
    assert ask(house, people.rep, AUTOMATION, text) == 3
    assert ask(house, people.analyst, ACTOR, 'count(records("customer"))') == 0
    assert ask(house, people.analyst, ACTOR, 'count(records("deal")[customer.level = "a"])') == 0


def test_queries_over_the_same_records_share_a_statement(house: House, people, deals) -> None:
    scene = house.scene(people.rep)
    same = 'count(records("deal")[amount > 1]) + sum(records("deal")[amount > 1].amount)'
    other = 'exists(records("deal")[amount > 1]) and exists(records("customer"))'
    expressions = [compiled(scene, text) for text in (same, other, same, "1 + 1")]

    with house.workspace.database.read() as conn, count_statements(house.workspace.database) as asked:
        answers = answer_queries(conn, scene, expressions, {}, AUTOMATION)
        assert answer_queries(conn, scene, expressions[3:], {}, AUTOMATION) == {}

    assert asked.count == 2, asked.statements
    assert answers == {
        same: {"query 1": 3, "query 2": Decimal("112.50")},
        other: {"query 1": True, "query 2": True},
    }


def test_selected_records_come_page_by_page_in_the_order_of_their_ids(house: House, people, deals) -> None:
    scene = house.scene(people.rep)
    names = {"record": {"id": deals["ada"], "amount": 5}, "user": scene.moment.user}
    where = compile_expression(
        "customer = record and amount > record.amount or amount = 2.5", Scope(dict.fromkeys(names, ANY), True)
    )

    with house.workspace.database.read() as conn:
        every = select_ids(conn, scene, "deal", None, {}, authority=AUTOMATION)
        assert len(every) == 4
        assert select_ids(conn, scene, "deal", None, {}, authority=ACTOR) == every[:2] + every[3:]
        found = select_ids(conn, scene, "deal", where, names, authority=AUTOMATION)
        assert found == every[:2]
        page = select_ids(conn, scene, "deal", where, names, authority=AUTOMATION, after_id=every[0], limit=1)
        assert page == every[1:2]
        assert select_ids(conn, scene, "deal", None, {}, authority=AUTOMATION, until_id=every[0]) == every[:1]


def test_what_the_database_cannot_work_out_is_refused_with_its_place(house: House, people, deals) -> None:
    scene = house.scene(people.rep)
    text = 'count(records("deal")[upper case(name) = "A"])'
    with house.workspace.database.read() as conn, pytest.raises(InputError) as refused:
        answer_queries(conn, scene, [compiled(scene, text)], {}, AUTOMATION)

    (problem,) = refused.value.problems
    assert problem.code == "query.expression.function"
    assert problem.span is not None
    assert text[problem.span.start : problem.span.end] == "upper case(name)"


VISIT = {
    "$schema": "form/1",
    "key": "visit",
    "label": "Visit",
    "title": "{no}",
    "fields": {
        "no": {"type": "number", "label": "No.", "default": '=count(records("visit")) + 1'},
        "customer": {"type": "relation", "label": "Customer", "to": "customer"},
        "why": {
            "type": "text",
            "label": "Why",
            "required": 'exists(records("deal")[customer = record.customer and amount > 50])',
        },
    },
    "checks": [
        {
            "reject": 'count(records("visit")[customer = record.customer and id != record.id]) >= 2',
            "at": "customer",
            "message": "Two visits are enough",
        }
    ],
}
VISITOR = role(
    "visitor",
    grant("visit", "view create edit", "own", every="write"),
    grant("customer", "view create", '= not(exists(records("deal")[customer = record and stage = "lost"]))'),
)


@pytest.fixture
def visitor(house: House) -> Actor:
    house.install(VISIT, role__visitor=VISITOR)
    return house.person("visitor", "visitor", "rep")


def test_defaults_ask_for_the_person_and_checks_as_automation(house: House, people, visitor) -> None:
    other = house.person("second", "visitor")
    ada = house.create(people.rep, "customer", name="Ada")
    house.create(people.rep, "deal", name="big", customer=ada.id, amount=100)
    first = house.create(visitor, "visit", customer=ada.id, why="a")

    assert first.values["no"] == 1
    assert house.create(other, "visit", customer=ada.id, why="b").values["no"] == 1
    with pytest.raises(InputError) as refused:
        house.create(visitor, "visit", customer=ada.id)
    assert [one.at for one in refused.value.problems] == ["/why", "/customer"]
    house.update(visitor, "visit", first.id, why="c")


def test_rows_of_an_import_that_ask_the_same_ask_once(house: House, people, visitor) -> None:
    ada = house.create(people.rep, "customer", name="Ada")
    rows = [NewRow({"customer": ada.id}) for _ in range(20)]
    scene = house.scene(visitor)

    def work(conn: sa.Connection) -> list[RowResult]:
        origin = Origin(OriginKind.IMPORT)
        return list(house.records.create_many(conn, scene, "visit", rows, origin=origin))

    with count_statements(house.workspace.database) as writing:
        results = house.workspace.database.write(work)

    asking = [one for one in writing.statements if "count(*)" in one or one.startswith("SELECT CAST(EXISTS")]
    assert len(asking) == 3, writing.statements
    assert not any(one.problems for one in results)


def test_a_list_and_a_record_filter_ask_other_records(house: House, people, deals, visitor) -> None:
    def names(actor: Actor, where: str) -> list[str]:
        with house.workspace.database.read() as conn:
            page = house.records.list(conn, scenes[actor.login], "customer", ListQuery(where=where))
        return sorted(str(one.values["name"]) for one in page.items)

    lost = house.person("lost", "visitor")
    house.create(people.rep, "deal", name="gone", customer=deals["bob"], stage="lost", lost_reason="x")
    scenes = {one.login: house.scene(one) for one in (people.manager, people.rep, lost)}

    assert names(people.rep, 'count(records("deal")[customer = record and stage = "new"]) > 1') == ["Ada"]
    assert names(people.rep, 'sum(records("deal")[customer = record].amount) >= 12.5') == ["Ada"]
    assert names(people.rep, 'not(exists(records("deal")[customer = record and amount != null]))') == ["Bob"]
    assert names(people.rep, 'count(records("deal")[customer.id = record.id]) = 2') == ["Ada", "Bob"]
    assert names(lost, "") == ["Ada"]
    assert names(people.manager, 'max(records("deal")[customer = record].name) = "two"') == ["Ada"]
    for text, code in (
        ('exists(records("visit")[nothing = 1])', "feel.name.unknown"),
        (" and ".join(['exists(records("deal")[id = 1])'] * 11), "query.expression.too-many-queries"),
        (f'exists(records("deal")[{" or ".join(["id = 1"] * 200)}])', "query.expression.too-large"),
        ('sum(records("deal").stage) > 1', "query.expression.aggregate"),
    ):
        with pytest.raises(InputError) as refused:
            names(people.rep, text)
        assert code in {one.code for one in refused.value.problems}, text


def test_what_a_person_evaluates_asks_under_her_record_filter(house: House, people, deals) -> None:
    def asked(actor: Actor, text: str) -> object:
        scene = house.scene(actor)
        question = Question("customer", {"name": "Ada"}, text=text, record=deals["ada"])
        with house.workspace.database.read() as conn:
            answer = house.records.evaluate(conn, scene, question)
        assert answer.trace is not None
        assert answer.trace.value == answer.result.value
        return answer.result.value

    of_mine = 'sum(records("deal")[customer = record and amount > 5].amount) + 1'
    assert asked(people.rep, of_mine) == 11
    assert asked(people.rep, 'count(records("deal"))') == 3
    assert asked(people.admin, 'count(records("deal"))') == 4
