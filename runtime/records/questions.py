"""One question that an expression asks of stored records: its shape, what is bound in it, and its answer.

Shapes of automation are the same for everybody and are built once for what is in force. Questions that differ
in their parameters only are asked by one statement.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.sql.visitors import ExternallyTraversible, iterate, replacement_traverse

from engine.problems import InputError, errors
from engine.rules.feel import ANY, Compiled, Scope
from engine.rules.feel.queries import Aggregate, Query
from runtime.catalog.metadata import PublishedForm
from runtime.query.filter import EVERYTHING, BoundFilter, Filter
from runtime.query.lifted import answer_columns, check_measured, read_answer
from runtime.query.names import RECORD, FormNames, Visible, everything, field_names
from runtime.query.values import Refused
from runtime.records.memory import memory_of
from runtime.records.scene import Scene

_PREFIX: Final = "q"


class Authority(StrEnum):
    """ACTOR: the records the actor may view · AUTOMATION: all records, on behalf of the actor."""

    ACTOR = "actor"
    AUTOMATION = "automation"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the expression it stands in."""

    expression: Compiled
    query: Query

    @property
    def group(self) -> tuple[str, str]:
        """Queries over the same records are answered by one statement."""
        where = self.query.where
        return self.query.form, "" if where is None else _text(self.expression, where.span)


@dataclass(frozen=True, slots=True)
class Source:
    """The records of one form that may be asked.

    seen   which of them · visible: which ones a relation may lead to
    """

    form: PublishedForm
    seen: BoundFilter
    visible: Visible

    @classmethod
    def of(cls, scene: Scene, form: PublishedForm, authority: Authority) -> Source:
        if authority is Authority.AUTOMATION:
            return cls(form, EVERYTHING, everything)
        access = scene.access(form)
        seen = access.records("view") if access.allows("view") else BoundFilter(sa.false(), {})
        return cls(form, seen, visible_to_actor(scene))

    def names(self, scene: Scene) -> FormNames:
        return FormNames(self.form, scene.metadata.forms, scene.dialect, visible=self.visible)

    def filter(self, scene: Scene, where: Compiled, names: Iterable[str], reached: FormNames) -> Filter:
        """names   what the condition sees beside the fields. Raises InputError."""
        around = dict.fromkeys(names, ANY)
        fields = field_names(self.form) | ({RECORD} - around.keys())
        scope = Scope({**around, **dict.fromkeys(fields, ANY)})
        found = Filter(where, scope, reached, fields, dialect=scene.dialect, prefix=_PREFIX)
        if errors(found.problems):
            raise InputError(errors(found.problems))
        return found

    def bind(self, scene: Scene, where: Compiled | None, names: Mapping[str, object]) -> BoundFilter:
        """The condition for these names. Raises InputError."""
        if where is None:
            return EVERYTHING
        reached = self.names(scene)
        return self.bound(scene, self.filter(scene, where, names, reached), names, reached)

    def bound(
        self, scene: Scene, condition: Filter, names: Mapping[str, object], reached: FormNames
    ) -> BoundFilter:
        found = condition.bind(names, scene.moment.feel_now, scene.moment.zone)
        if self.visible is everything:
            return found
        behind = [scene.access(scene.metadata.forms[key]).records("view").params for key in reached.reached]
        return replace(found, params={k: v for one in (*behind, found.params) for k, v in one.items()})


def visible_to_actor(scene: Scene) -> Visible:
    """Relations lead to the records that the actor may view; of the others nothing is known but the id."""

    def visible(target: PublishedForm, source: sa.FromClause) -> sa.ColumnElement[bool]:
        there = scene.access(target)
        return there.records("view", source).clause if there.allows("view") else sa.false()

    return visible


@dataclass(frozen=True, slots=True)
class Shape:
    """Queries over the same records, before anything is bound.

    columns     of each query · widths: how many of `selected` are its answer
    names       over the form's tables · condition: None = all records
    statements  by pattern of what is bound, for automation
    """

    source: Source
    asked: tuple[Asked, ...]
    columns: tuple[sa.ColumnElement[Any] | None, ...]
    selected: tuple[sa.ColumnElement[Any], ...]
    widths: tuple[int, ...]
    names: FormNames
    condition: Filter | None
    statements: dict[Hashable, sa.Select[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene, together: Sequence[Asked], names: Iterable[str], authority: Authority) -> Shape:
        """Raises InputError, NotFound."""
        form = scene.metadata.form(together[0].query.form)
        source = Source.of(scene, form, authority)
        own = source.names(scene)
        for asked in together:
            _refuse_unmeasured(asked.query, own)
        columns = tuple(form.columns.get(asked.query.field) for asked in together)
        selected = [
            answer_columns(asked.query, column, scene.dialect)
            for asked, column in zip(together, columns, strict=True)
        ]
        return cls(
            source,
            tuple(together),
            columns,
            tuple(column for one in selected for column in one),
            tuple(map(len, selected)),
            own,
            _condition(scene, source, together[0], names, own),
        )

    @property
    def kind(self) -> Hashable:
        return self.asked[0].group, tuple((one.query.aggregate, one.query.field) for one in self.asked)

    @property
    def only_exists(self) -> bool:
        return all(one.query.aggregate is Aggregate.EXISTS for one in self.asked)


def _condition(
    scene: Scene, source: Source, asked: Asked, names: Iterable[str], reached: FormNames
) -> Filter | None:
    condition = asked.query.condition
    if condition is None:
        return None
    inside = replace(asked.expression, node=condition, problems=(), queries=())
    return source.filter(scene, inside, names, reached)


def _shape(
    scene: Scene, together: Sequence[Asked], names: Mapping[str, object], authority: Authority
) -> Shape:
    """Those of automation are alike for everybody, so they are built once."""
    if authority is not Authority.AUTOMATION:
        return Shape.of(scene, together, names, authority)
    key = ("asked", tuple((one.expression.text, one.query.name) for one in together), tuple(names))
    return scene.statements.get(key, lambda: Shape.of(scene, together, names, authority))


@dataclass(frozen=True, slots=True)
class Question:
    """A shape with what is bound in its condition.

    kind   alike in questions that differ in their parameters only
    """

    shape: Shape
    bound: BoundFilter
    params: Mapping[str, object]
    kind: Hashable

    @classmethod
    def of(
        cls, scene: Scene, together: Sequence[Asked], names: Mapping[str, object], authority: Authority
    ) -> Question:
        """Raises InputError, NotFound."""
        shape = _shape(scene, together, names, authority)
        source, bound = shape.source, EVERYTHING
        if shape.condition is not None:
            bound = source.bound(scene, shape.condition, names, shape.names)
        who = scene.actor.id if authority is Authority.ACTOR else None
        params = {**source.seen.params, **bound.params}
        return cls(shape, bound, params, (shape.kind, authority, who, bound.pattern))

    @property
    def chosen(self) -> sa.ColumnElement[bool]:
        table, seen = self.shape.source.form.table, self.shape.source.seen
        return sa.and_(table.c.deleted_at.is_(None), seen.clause, self.bound.clause)

    @property
    def forms(self) -> frozenset[str]:
        """Whose records answer it."""
        return frozenset({self.shape.source.form.key, *self.shape.names.reached})

    @property
    def mark(self) -> Hashable:
        return self.kind, repr(sorted(self.params.items()))

    @property
    def is_plain(self) -> bool:
        """Whether its parameters can stand in columns: no list is among them."""
        return bool(self.params) and not any(isinstance(one, list) for one in self.params.values())

    def ask(self, conn: sa.Connection) -> Sequence[Any]:
        """The row of what is selected; out of the memory of the transaction, if it is there."""
        memory, mark = memory_of(conn), self.mark
        known = memory.find(mark)
        if isinstance(known, list):
            return known
        row = list(conn.execute(self._statement(), self.params).one())
        memory.keep(mark, self.forms, row)
        return row

    def answers(self, scene: Scene, row: Sequence[Any]) -> Iterator[tuple[Asked, object]]:
        shape = self.shape
        for asked, column, width in zip(shape.asked, shape.columns, shape.widths, strict=True):
            values, row = row[:width], row[width:]
            yield asked, read_answer(asked.query, values, column, scene.dialect, scene.moment.zone)

    def _statement(self) -> sa.Select[Any]:
        if self.shape.source.seen is not EVERYTHING:
            return self._build()
        known = self.shape.statements.get(self.bound.pattern)
        if known is None:
            known = self.shape.statements[self.bound.pattern] = self._build()
        return known

    def _build(self) -> sa.Select[Any]:
        shape, table = self.shape, self.shape.source.form.table
        if shape.only_exists:
            found = sa.exists().select_from(table).where(self.chosen)
            return sa.select(*_labelled([sa.cast(found, sa.Integer) for _ in shape.asked]))
        return sa.select(*_labelled(shape.selected)).select_from(table).where(self.chosen)


def ask_alike(conn: sa.Connection, questions: Sequence[Question]) -> None:
    """Questions that differ in their parameters only: these are the rows of a table beside the records."""
    first, memory = questions[0], memory_of(conn)
    rows = _parameters(first, questions)

    def in_columns(element: ExternallyTraversible, **_: object) -> sa.ColumnElement[Any] | None:
        if isinstance(element, sa.BindParameter) and element.key in first.params:
            return rows.c[element.key]
        return None

    shape = first.shape
    chosen, table = replacement_traverse(first.chosen, {}, in_columns), shape.source.form.table
    if shape.only_exists:
        # A join, because SQLite makes itself an index for one, and none for a subquery of each row.
        ones = (sa.literal(1) for _ in shape.asked)
        statement = sa.select(rows.c.place, *ones).select_from(rows.join(table, chosen)).distinct()
    else:
        statement = (
            sa.select(rows.c.place, *_labelled(shape.selected))
            .select_from(rows.join(table, chosen))
            .group_by(rows.c.place)
        )
    found = {row[0]: list(row[1:]) for row in conn.execute(statement)}
    nothing = [value for width in shape.widths for value in (0, *[0, *[None] * (width - 2)][: width - 1])]
    for place, question in enumerate(questions):
        memory.keep(question.mark, question.forms, found.get(place, nothing))


def _parameters(first: Question, questions: Sequence[Question]) -> sa.CTE:
    """A row for each question: its place, and its parameters by their names."""
    binds = {
        one.key: one.type
        for one in iterate(first.chosen)
        if isinstance(one, sa.BindParameter) and one.key in first.params
    }
    columns = [sa.column("place", sa.Integer), *(sa.column(name, kind) for name, kind in binds.items())]
    data = [(place, *(one.params[name] for name in binds)) for place, one in enumerate(questions)]
    return sa.values(*columns, name="asked").data(data).cte("asked")


def _labelled(columns: Iterable[sa.ColumnElement[Any]]) -> list[sa.Label[Any]]:
    return [column.label(f"a{place}") for place, column in enumerate(columns)]


def _refuse_unmeasured(query: Query, names: FormNames) -> None:
    try:
        check_measured(query, names)
    except Refused as refused:
        raise InputError(refused.problems) from None


def _text(expression: Compiled, span: Any) -> str:
    return expression.text[span.start : span.end]
