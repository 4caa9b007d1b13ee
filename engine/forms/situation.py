"""One record while it is being evaluated: its stored values and their FEEL contexts, kept in step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.forms.compile import CompiledForm, Path
from engine.forms.expressions import Expression, Purpose
from engine.forms.facts import Facts, RecordWorld
from engine.forms.fields import FIELD_TYPES, SUBTABLE, Parsed
from engine.forms.model import Field, Row
from engine.forms.system import SYSTEM
from engine.problems import Problem, Severity, pointer
from engine.rules.feel import Result
from engine.values import Reference


@dataclass(slots=True)
class LiveRow:
    """A row of a sub-table: stored values, and the context that expressions see.

    index   its place in the list
    """

    id: int | None
    index: int
    values: dict[str, object]
    context: dict[str, object]


class Situation:
    """A record in evaluation; belongs to one call and one thread.

    values   stored values, complete or not; missing ones are empty. System fields may be among them.
    old      stored values before the change, None for a new record
    sees     the fields that are looked at, None = those that the form's own expressions read
    """

    def __init__(
        self,
        compiled: CompiledForm,
        values: Mapping[str, object],
        old: Mapping[str, object] | None,
        facts: Facts,
        sees: frozenset[Path] | None = None,
    ) -> None:
        self.compiled = compiled
        self.facts = facts
        self.world = RecordWorld(compiled.forms, facts)
        self.rows: dict[str, list[LiveRow]] = {}
        self.values: dict[str, object] = {}
        self.record: dict[str, object] = dict.fromkeys(SYSTEM)
        self._old = old
        self._before: Situation | None = None
        self._seen = compiled.visible_to_feel if sees is None else sees
        for key, value in values.items():
            if key in SYSTEM:
                self.values[key] = value
                self.record[key] = self._feel((key,), SYSTEM[key], value)
        for key, field in compiled.form.fields.items():
            self._start(key, field, values.get(key))
        self._names: dict[str, object] = {
            **self.record,
            "record": self.record,
            "old": self._stored_context() if compiled.reads_old else None,
            "user": Reference(facts.user),
            "settings": dict(facts.settings),
        }

    def _feel(self, path: Path, field: Field, value: object) -> object:
        """The value as expressions see it; null where none of them looks."""
        return FIELD_TYPES[field.type].to_feel(field, value, self.world) if path in self._seen else None

    def _start(self, key: str, field: Field, value: object) -> None:
        if field.type == SUBTABLE.name:
            rows = value if isinstance(value, list | tuple) else ()
            self.rows[key] = [self._row(field, index, row) for index, row in enumerate(rows)]
            self.record[key] = [row.context for row in self.rows[key]]
        else:
            self.values[key] = FIELD_TYPES[field.type].empty() if value is None else value
            self.record[key] = self._feel((key,), field, self.values[key])

    def _row(self, field: Field, index: int, row: Row) -> LiveRow:
        values: dict[str, object] = {}
        context: dict[str, object] = {}
        for key, inner in field.fields.items():
            given = row.values.get(key)
            values[key] = FIELD_TYPES[inner.type].empty() if given is None else given
            context[key] = self._feel((field.key, key), inner, values[key])
        return LiveRow(row.id, index, values, context)

    def _stored_context(self) -> dict[str, object]:
        """`old`: the record before the change; everything in it is null when there was none."""
        known = {**SYSTEM, **self.compiled.form.fields}
        if self._old is None:
            return dict.fromkeys(known)
        old = self._old
        return {
            key: FIELD_TYPES[one.type].to_feel(one, old.get(key), self.world) for key, one in known.items()
        }

    def before(self) -> Situation | None:
        """The stored record in evaluation; None for a new one."""
        if self._before is None and self._old is not None:
            self._before = Situation(self.compiled, self._old, self._old, self.facts)
        return self._before

    def field(self, path: Path) -> Field:
        field = self.compiled.form.at(path)
        assert field is not None
        return field

    def places(self, path: Path) -> Iterator[LiveRow | None]:
        """Where the field at `path` has values: once in the record, or once in each row."""
        if len(path) == 1:
            yield None
        else:
            yield from tuple(self.rows[path[0]])

    def get(self, path: Path, row: LiveRow | None) -> object:
        if row is not None:
            return row.values[path[-1]]
        return tuple(self.rows[path[0]]) if path[0] in self.rows else self.values[path[0]]

    def set(self, path: Path, row: LiveRow | None, value: object) -> None:
        """Store a value, and let expressions see it."""
        field = self.field(path)
        if row is not None:
            row.values[path[1]], row.context[path[1]] = value, self._feel(path, field, value)
            return
        self._start(path[0], field, value)
        self._names[path[0]] = self.record[path[0]]

    def evaluate(self, expression: Expression, row: LiveRow | None) -> Result:
        names = self._names if row is None else {**self._names, "parent": self.record, **row.context}
        if expression.compiled.queries:
            names = {**names, **self.facts.answers(expression, names)}
        return expression.compiled.evaluate(names, now=self.facts.now)

    def condition(self, path: Path, row: LiveRow | None, purpose: Purpose) -> bool | None:
        """The value of a condition of a field: its constant, or what its expression gives now."""
        expression = self.compiled.expression(path, purpose)
        if expression is None:
            constant = getattr(self.field(path), purpose.value)
            return constant is True
        value = self.evaluate(expression, row).value
        return value if isinstance(value, bool) else None

    def computed(self, expression: Expression, row: LiveRow | None) -> Parsed:
        """The stored value that an expression gives to its field, with everything to be told about it."""
        result = self.evaluate(expression, row)
        at = place_of(expression.path, row)
        if result.failed:
            warnings = (replace(one, severity=Severity.WARNING) for one in result.problems)
            return Parsed(None, tuple(problem.within(at) for problem in warnings))
        field = self.field(expression.path)
        parsed = FIELD_TYPES[field.type].from_feel(field, result.value, self.world)
        return Parsed(parsed.value, tuple(_named(problem, field, at) for problem in parsed.problems))

    def result(self) -> dict[str, object]:
        """The stored values, without those that have no column."""
        timed = self.compiled.time_dependent
        values = {key: value for key, value in self.values.items() if key not in timed}
        for key, rows in self.rows.items():
            values[key] = tuple(Row(row.id, self._stored_row(key, row)) for row in rows)
        return values

    def live(self, key: str) -> Iterator[Row]:
        """The rows of a sub-table with all their values, time-dependent ones included."""
        return (Row(row.id, dict(row.values)) for row in self.rows[key])

    def _stored_row(self, key: str, row: LiveRow) -> dict[str, object]:
        timed = self.compiled.time_dependent
        return {name: value for name, value in row.values.items() if f"{key}.{name}" not in timed}


def _named(problem: Problem, field: Field, at: str) -> Problem:
    params = {"field": field.key, "label": field.label, **problem.params}
    return replace(problem, params=params).within(at)


def place_of(path: Path, row: LiveRow | None) -> str:
    """Where a value stands in the JSON of the record."""
    return pointer(*path) if row is None else pointer(path[0], row.index, "values", path[1])
