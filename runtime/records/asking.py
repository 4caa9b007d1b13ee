"""Answers to what expressions ask of stored records, and the records that a condition selects.

Both run in SQL, under the authority of the whole expression (SEMANTICS §4): what persons look at under the
actor's record filter, automation on all records. Deleted records are never among them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.expressions import Expression, Purpose
from engine.forms.facts import Answering
from engine.problems import InputError, errors
from engine.rules.feel import ANY, Compiled, Scope
from engine.rules.feel.queries import Aggregate, Query
from runtime.catalog.metadata import PublishedForm
from runtime.query.check import check_count
from runtime.query.filter import EVERYTHING, BoundFilter, Filter
from runtime.query.lifted import answer_columns, check_measured, read_answer
from runtime.query.names import RECORD, FormNames, Visible, everything, field_names
from runtime.query.values import Refused
from runtime.records.scene import Scene


class Authority(StrEnum):
    """ACTOR: the records the actor may view · AUTOMATION: all records, on behalf of the actor."""

    ACTOR = "actor"
    AUTOMATION = "automation"


Known = dict[Hashable, Sequence[object]]
"""What was read already, by statement and parameters: rows of an import often ask the same."""
Answers = Mapping[str, Mapping[str, object]]
"""By the text of the expression, then by the name of the query."""
AskedBy = Callable[[Compiled, Mapping[str, object]], Mapping[str, object]]
"""(expression, the names it sees) -> answer by name of the query."""
_PREFIX: Final = "q"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the expression it stands in."""

    expression: Compiled
    query: Query

    @property
    def group(self) -> tuple[str, str]:
        """Queries over the same records are answered by one statement."""
        where = self.query.where
        return self.query.form, "" if where is None else _text(self.expression, where.span)


def answer_queries(
    conn: sa.Connection,
    scene: Scene,
    expressions: Iterable[Compiled],
    names: Mapping[str, object],
    authority: Authority,
    known: Known | None = None,
) -> Answers:
    """What every query of the expressions finds now: `{text: {"query 1": value}}`.

    names      FEEL values of the names the expressions see, without the answers: fields, `record`, `old`,
               `user`, `settings`
    authority  of the expressions
    known      shared by calls between which no record changes: the same question is asked once

    One statement for all queries over the same records (form and condition alike); none if nothing is asked.
    An expression without queries has no entry. For one expression: `answers.get(compiled.text, {})`, to be
    added to its names. Values: count is a whole number, exists a boolean; sum, min and max are null without
    records and where one of the values is null; instants are in the workspace's zone.
    Raises InputError for a query that cannot run in SQL or has a parameter that no column could hold
    (`query.value.…`), NotFound for a form that is not published.
    """
    groups: dict[tuple[str, str], list[_Asked]] = {}
    for expression in dict.fromkeys(expressions):
        refused = check_count(expression)
        if refused:
            raise InputError(refused)
        for query in expression.queries:
            asked = _Asked(expression, query)
            groups.setdefault(asked.group, []).append(asked)
    found: dict[str, dict[str, object]] = {}
    for together in groups.values():
        for asked, value in _answer(conn, scene, together, names, authority, {} if known is None else known):
            found.setdefault(asked.expression.text, {})[asked.query.name] = value
    return found


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
    source = _Source.of(scene, published, authority)
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
    return _Source.of(scene, form, authority).bind(scene, where, names)


def asked_by_automation(conn: sa.Connection, scene: Scene) -> AskedBy:
    """What rules ask while they are looked at; the same question is asked once, until a record changes."""
    known: Known = {}

    def answer(compiled: Compiled, names: Mapping[str, object]) -> Mapping[str, object]:
        return answer_queries(conn, scene, [compiled], names, Authority.AUTOMATION, known)[compiled.text]

    return answer


_PERSONAL: Final = frozenset({Purpose.DEFAULT, Purpose.LAYOUT})


def answering(
    conn: sa.Connection, scene: Scene, known: Known, authority: Authority | None = None
) -> Answering:
    """What expressions of forms ask while a record is settled and checked (`engine.forms.facts`).

    authority   None = as SEMANTICS §4 says: defaults and the layout ask for the person, the rest as
                automation
    """

    def answer(expression: Expression, names: Mapping[str, object]) -> Mapping[str, object]:
        personal = expression.purpose in _PERSONAL
        own = authority or (Authority.ACTOR if personal else Authority.AUTOMATION)
        compiled = expression.compiled
        return answer_queries(conn, scene, [compiled], names, own, known).get(compiled.text, {})

    return answer


@dataclass(frozen=True, slots=True)
class _Source:
    """The records of one form that may be asked.

    seen   which of them · visible: which ones a relation may lead to
    """

    form: PublishedForm
    seen: BoundFilter
    visible: Visible

    @classmethod
    def of(cls, scene: Scene, form: PublishedForm, authority: Authority) -> _Source:
        if authority is Authority.AUTOMATION:
            return cls(form, EVERYTHING, everything)
        access = scene.access(form)
        seen = access.records("view") if access.allows("view") else BoundFilter(sa.false(), {})
        return cls(form, seen, visible_to_actor(scene))

    def names(self, scene: Scene) -> FormNames:
        return FormNames(self.form, scene.metadata.forms, scene.dialect, visible=self.visible)

    def bind(self, scene: Scene, where: Compiled | None, names: Mapping[str, object]) -> BoundFilter:
        """The condition for these names. Raises InputError."""
        if where is None:
            return EVERYTHING
        reached = self.names(scene)
        fields = field_names(self.form) | ({RECORD} - names.keys())
        scope = Scope(dict.fromkeys({*names, *fields}, ANY))
        found = Filter(where, scope, reached, fields, dialect=scene.dialect, prefix=_PREFIX)
        if errors(found.problems):
            raise InputError(errors(found.problems))
        bound = found.bind(names, scene.moment.feel_now, scene.moment.zone)
        if self.visible is everything:
            return bound
        behind = [scene.access(scene.metadata.forms[key]).records("view").params for key in reached.reached]
        return replace(bound, params={k: v for one in (*behind, bound.params) for k, v in one.items()})


def visible_to_actor(scene: Scene) -> Visible:
    """Relations lead to the records that the actor may view; of the others nothing is known but the id."""

    def visible(target: PublishedForm, source: sa.FromClause) -> sa.ColumnElement[bool]:
        there = scene.access(target)
        return there.records("view", source).clause if there.allows("view") else sa.false()

    return visible


def _answer(
    conn: sa.Connection,
    scene: Scene,
    together: list[_Asked],
    names: Mapping[str, object],
    authority: Authority,
    known: Known,
) -> Iterator[tuple[_Asked, object]]:
    """One statement for queries over the same records."""
    first = together[0]
    form = scene.metadata.form(first.query.form)
    source = _Source.of(scene, form, authority)
    own = source.names(scene)
    for asked in together:
        _refuse_unmeasured(asked.query, own)
    condition = first.query.condition
    asking = None if condition is None else replace(first.expression, node=condition, problems=(), queries=())
    bound = source.bind(scene, asking, names)
    columns = [form.columns.get(asked.query.field) for asked in together]
    chosen = sa.and_(form.table.c.deleted_at.is_(None), source.seen.clause, bound.clause)
    params = {**source.seen.params, **bound.params}
    selected = [
        answer_columns(asked.query, column, scene.dialect)
        for asked, column in zip(together, columns, strict=True)
    ]
    statement = sa.select(*_labelled(selected)).select_from(form.table).where(chosen)
    if all(asked.query.aggregate is Aggregate.EXISTS for asked in together):
        found = sa.exists().select_from(form.table).where(chosen)
        statement = sa.select(*(sa.cast(found, sa.Integer) for _ in together))
    kinds = tuple((asked.query.aggregate, asked.query.field) for asked in together)
    mark = (first.group, kinds, authority, bound.pattern, repr(sorted(bound.params.items())))
    if mark not in known:
        known[mark] = list(conn.execute(statement, params).one())
    row = known[mark]
    for asked, column, some_columns in zip(together, columns, selected, strict=True):
        values, row = row[: len(some_columns)], row[len(some_columns) :]
        yield asked, read_answer(asked.query, values, column, scene.dialect, scene.moment.zone)


def _labelled(selected: list[list[sa.ColumnElement[Any]]]) -> list[sa.Label[Any]]:
    columns = [column for one in selected for column in one]
    return [column.label(f"a{place}") for place, column in enumerate(columns)]


def _refuse_unmeasured(query: Query, names: FormNames) -> None:
    try:
        check_measured(query, names)
    except Refused as refused:
        raise InputError(refused.problems) from None


def _text(expression: Compiled, span: Any) -> str:
    return expression.text[span.start : span.end]
