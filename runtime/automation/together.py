"""What the rules of many records need, read at once: bulk work evaluates set-wise, with the same result
(SEMANTICS §3).

Everything is kept in the memory of the transaction, which forgets it as soon as a rule writes a record that
it was read from; then each record asks for itself again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from engine.rules.language.compile import CompiledRule
from engine.rules.language.situation import Facts, names_of
from runtime.catalog.metadata import PublishedForm
from runtime.records.asking import Asking, ask_together
from runtime.records.memory import memory_of
from runtime.records.questions import Authority
from runtime.records.scene import Scene
from runtime.records.sight import Reads, load_behind, record_context, targets_read
from runtime.records.targets import Targets

Values = Mapping[str, object]


def foresee_contexts(
    conn: sa.Connection, scene: Scene, form: PublishedForm, records: Sequence[Values], reads: Reads
) -> None:
    """Work out the contexts of stored records, with what their references lead to."""
    targets, memory = Targets(), memory_of(conn)
    load_behind(conn, scene, form, records, targets, reads)
    forms = targets_read(scene, form, reads).keys()
    for values in records:
        context = record_context(conn, scene, form, values, targets, reads)
        memory.keep(_mark(form, values), forms, context)


def foreseen_context(conn: sa.Connection, form: PublishedForm, values: Values) -> Values | None:
    found = memory_of(conn).find(_mark(form, values))
    return found if isinstance(found, dict) else None


def _mark(form: PublishedForm, values: Values) -> tuple[object, ...]:
    """One state of one record."""
    return "context", form.key, values.get("id"), values.get("rev")


def foresee_answers(
    conn: sa.Connection, scene: Scene, situations: Iterable[tuple[CompiledRule, Facts]]
) -> None:
    """Ask what the conditions of the rules will ask."""
    ask_together(conn, scene, _asked(situations), Authority.AUTOMATION)


def _asked(situations: Iterable[tuple[CompiledRule, Facts]]) -> Iterator[Asking]:
    for rule, facts in situations:
        yield from ((one, names_of(facts)) for one in rule.conditions if one.queries)


def asks(rule: CompiledRule) -> bool:
    return any(one.queries for one in rule.conditions)
