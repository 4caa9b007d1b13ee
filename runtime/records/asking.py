"""Answers to what expressions ask of stored records, and the records that a condition selects.

Both run in SQL, under the authority of the whole expression (SEMANTICS §4): what persons look at under the
actor's record filter, automation on all records. Deleted records are never among them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final

import sqlalchemy as sa

from engine.forms.expressions import Expression, Purpose
from engine.forms.facts import Answering
from engine.problems import InputError
from engine.rules.feel import Compiled
from runtime.catalog.metadata import PublishedForm
from runtime.query.check import check_count
from runtime.query.filter import BoundFilter
from runtime.records.memory import memory_of
from runtime.records.questions import Asked, Authority, Question, Source, ask_alike
from runtime.records.scene import Scene

Answers = Mapping[str, Mapping[str, object]]
"""By the text of the expression, then by the name of the query."""
AskedBy = Callable[[Compiled, Mapping[str, object]], Mapping[str, object]]
"""(expression, the names it sees) -> answer by name of the query."""
Asking = tuple[Compiled, Mapping[str, object]]
"""An expression, and the names it sees."""
_TOGETHER: Final = 500
"""Questions of one statement."""


def answer_queries(
    conn: sa.Connection,
    scene: Scene,
    expressions: Iterable[Compiled],
    names: Mapping[str, object],
    authority: Authority,
) -> Answers:
    """What every query of the expressions finds now: `{text: {"query 1": value}}`.

    names      FEEL values of the names the expressions see, without the answers: fields, `record`, `old`,
               `user`, `settings`
    authority  of the expressions

    One statement for all queries over the same records (form and condition alike); none if nothing is asked,
    or if it was asked before in this transaction and no record of these forms was written since.
    An expression without queries has no entry. For one expression: `answers.get(compiled.text, {})`, to be
    added to its names. Values: count is a whole number, exists a boolean; sum, min and max are null without
    records and where one of the values is null; instants are in the workspace's zone.
    Raises InputError for a query that cannot run in SQL or has a parameter that no column could hold
    (`query.value.…`), NotFound for a form that is not published.
    """
    found: dict[str, dict[str, object]] = {}
    for together in _groups(expressions):
        question = Question.of(scene, together, names, authority)
        for asked, value in question.answers(scene, question.ask(conn)):
            found.setdefault(asked.expression.text, {})[asked.query.name] = value
    return found


def ask_together(conn: sa.Connection, scene: Scene, asked: Iterable[Asking], authority: Authority) -> None:
    """Ask for many records what each of their expressions is going to ask: a statement for all of a kind.

    The answers are kept in the transaction's memory, where `answer_queries` finds them; questions that cannot
    be put together, or not be bound, are left to it.
    """
    memory, alike = memory_of(conn), dict[Hashable, dict[Hashable, Question]]()
    for expression, names in asked:
        for together in _groups([expression]):
            try:
                question = Question.of(scene, together, names, authority)
            except InputError:
                continue
            if question.is_plain and memory.find(question.mark) is None:
                alike.setdefault(question.kind, {})[question.mark] = question
    for questions in alike.values():
        waiting = list(questions.values())
        for start in range(0, len(waiting) if len(waiting) > 1 else 0, _TOGETHER):
            ask_alike(conn, waiting[start : start + _TOGETHER])


def _groups(expressions: Iterable[Compiled]) -> Iterable[list[Asked]]:
    """Queries over the same records. Raises InputError for an expression that asks too much."""
    groups: dict[tuple[str, str], list[Asked]] = {}
    for expression in dict.fromkeys(expressions):
        refused = check_count(expression)
        if refused:
            raise InputError(refused)
        for query in expression.queries:
            asked = Asked(expression, query)
            groups.setdefault(asked.group, []).append(asked)
    return groups.values()


def select_ids(
    conn: sa.Connection,
    scene: Scene,
    form: str,
    where: Compiled | None,
    names: Mapping[str, object],
    *,
    authority: Authority,
    after_id: int = 0,
    until_id: int | None = None,
    limit: int | None = None,
) -> tuple[int, ...]:
    """Ids of the living records of the form for which `where` is true, ascending. One statement.

    where     a condition over one record; None = all records. A bare name is a field of that record first,
              then one of `names`.
    names     FEEL values of the other names: `record` and fields of the record that asks, `user`, …
              Without `record` among them, `record` is the record that is looked at.
    after_id  only larger ids: the last one of the page before · until_id: only up to this one
    limit     of the page; a shorter page is the last one

    Raises InputError for a condition that cannot run in SQL, NotFound for a form that is not published.
    """
    published = scene.metadata.form(form)
    source = Source.of(scene, published, authority)
    bound = source.bind(scene, where, names)
    table = published.table
    statement = sa.select(table.c.id).where(
        table.c.deleted_at.is_(None), table.c.id > after_id, source.seen.clause, bound.clause
    )
    if until_id is not None:
        statement = statement.where(table.c.id <= until_id)
    statement = statement.order_by(table.c.id).limit(limit)
    return tuple(conn.execute(statement, {**source.seen.params, **bound.params}).scalars())


def bind_condition(
    scene: Scene,
    form: PublishedForm,
    where: Compiled | None,
    names: Mapping[str, object],
    authority: Authority,
) -> BoundFilter:
    """The same condition over the form's table, for other statements; who may see what is not among it."""
    return Source.of(scene, form, authority).bind(scene, where, names)


def asked_by_automation(conn: sa.Connection, scene: Scene) -> AskedBy:
    """What rules ask while they are looked at."""

    def answer(compiled: Compiled, names: Mapping[str, object]) -> Mapping[str, object]:
        return answer_queries(conn, scene, [compiled], names, Authority.AUTOMATION)[compiled.text]

    return answer


_PERSONAL: Final = frozenset({Purpose.DEFAULT, Purpose.LAYOUT})


def answering(conn: sa.Connection, scene: Scene, authority: Authority | None = None) -> Answering:
    """What expressions of forms ask while a record is settled and checked (`engine.forms.facts`).

    authority   None = as SEMANTICS §4 says: defaults and the layout ask for the person, the rest as
                automation
    """

    def answer(expression: Expression, names: Mapping[str, object]) -> Mapping[str, object]:
        personal = expression.purpose in _PERSONAL
        own = authority or (Authority.ACTOR if personal else Authority.AUTOMATION)
        compiled = expression.compiled
        return answer_queries(conn, scene, [compiled], names, own).get(compiled.text, {})

    return answer
