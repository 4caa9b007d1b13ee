"""Evaluating an expression for a form that is being filled in, where the browser cannot (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from engine.forms.expressions import Expression, Purpose
from engine.forms.facts import Facts
from engine.forms.fields import SUBTABLE
from engine.forms.model import Field, Row
from engine.forms.situation import LiveRow, Situation
from engine.forms.validate import read_value
from engine.problems import InputError, Problem
from engine.rules.feel import Result, Scope, Trace, compile_expression
from engine.rules.feel.queries import asks_records
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.http.errors import NotFound
from runtime.records.asking import answering
from runtime.records.conditions import readable_records
from runtime.records.questions import Authority
from runtime.records.read import Stored, load_record
from runtime.records.scene import Scene
from runtime.records.targets import Targets, load_targets


@dataclass(frozen=True, slots=True)
class Question:
    """What to evaluate over which values.

    values         JSON values as they stand in the form, complete or not
    expression_id  of the form in force; or `text`, free FEEL over the record
    record         the stored record that is being edited; its other fields and `old` come from it
    row            place of the row, for an expression of a sub-table
    """

    form: str
    values: Mapping[str, object]
    expression_id: str = ""
    text: str = ""
    record: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    result: Result
    trace: Trace | None = None


def evaluate(conn: sa.Connection, scene: Scene, question: Question) -> Answer:
    """See `Records.evaluate`."""
    access = scene.access_for(question.form)
    form = access.form
    expression = _expression(scene, form, question)
    stored = _stored(conn, scene, access, question.record)
    old = None if stored is None else stored.values
    values = {**(old or _ownership(scene)), **_read(form, question.values)}
    targets = Targets() if stored is None else stored.targets
    load_targets(conn, scene, form, targets, values)
    sees = form.compiled.every_field if question.text else None
    situation = Situation(form.compiled, values, old, _facts(conn, scene, targets), sees)
    row = _row(situation, expression, question.row)
    if not question.text:
        return Answer(situation.evaluate(expression, row))
    names = {**situation.record, "record": situation.record, "old": None, "user": scene.moment.user}
    names |= {"settings": scene.settings}
    names |= situation.facts.answers(expression, names) if expression.compiled.queries else {}
    trace = expression.compiled.explain(names, now=scene.moment.feel_now)
    return Answer(situation.evaluate(expression, None), trace)


def _scope(scene: Scene, form: PublishedForm, text: str) -> Scope:
    own = form.compiled.scope
    return Scope(own.names, records=readable_records(scene)) if asks_records(text) else own


def _expression(scene: Scene, form: PublishedForm, question: Question) -> Expression:
    """Raises InputError for free text that cannot be evaluated, NotFound for an unknown id."""
    if question.text:
        compiled = compile_expression(question.text, _scope(scene, form, question.text))
        if compiled.node is None:
            raise InputError(problem.within("/expression") for problem in compiled.problems)
        return Expression("", Purpose.FORMULA, (), "/expression", compiled)
    found = form.compiled.places.get(question.expression_id)
    if found is None:
        raise NotFound.because("records.evaluate.expression-unknown", id=question.expression_id[:100])
    return found


def _stored(conn: sa.Connection, scene: Scene, access: Access, record: int | None) -> Stored | None:
    if record is None:
        return None
    access.require("view")
    return load_record(conn, scene, access, record, seen=access.records("view"))


def _ownership(scene: Scene) -> dict[str, object]:
    """A new record would belong to the actor."""
    return {"owner": scene.actor.id, "department": scene.actor.main_department}


def _read(form: PublishedForm, given: Mapping[str, object]) -> dict[str, object]:
    """Stored values of what is in the form now; what cannot be read yet counts as empty."""
    fields = form.form.fields
    return {key: _value(fields[key], json) for key, json in given.items() if key in fields}


def _value(field: Field, json: object) -> object:
    if field.type != SUBTABLE.name:
        return read_value(field, json).value
    rows = json if isinstance(json, list) else ()
    return tuple(_read_row(field, row) for row in rows if isinstance(row, Mapping))


def _read_row(field: Field, row: Mapping[str, object]) -> Row:
    values, identity = row.get("values"), row.get("id")
    given = values if isinstance(values, Mapping) else {}
    stored = {key: read_value(one, given[key]).value for key, one in field.fields.items() if key in given}
    return Row(identity if isinstance(identity, int) else None, stored)


def _facts(conn: sa.Connection, scene: Scene, targets: Targets) -> Facts:
    """The actor reads under her own record filter: of what she may not see only the reference is known."""
    related = {
        kind: {identity: one for identity, one in found.items() if (kind, identity) not in targets.hidden}
        for kind, found in targets.related.items()
    }
    return scene.facts(related, answering(conn, scene, Authority.ACTOR))


def _row(situation: Situation, expression: Expression, place: int | None) -> LiveRow | None:
    if len(expression.path) < 2:
        return None
    rows = situation.rows[expression.path[0]]
    if place is None or not 0 <= place < len(rows):
        raise InputError((Problem("records.evaluate.row", "/row", {"rows": len(rows)}),))
    return rows[place]
