"""What a form says about one record: visibility, formulas, what is required, checks (SEMANTICS §3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.forms.compile import CompiledForm, Path
from engine.forms.expressions import Expression, Purpose
from engine.forms.facts import Facts
from engine.forms.fields import FIELD_TYPES, SUBTABLE
from engine.forms.model import Check
from engine.forms.situation import LiveRow, Situation, place_of
from engine.problems import Problem, Severity, pointer

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Settled:
    """A record at rest: settling it once more changes nothing.

    values     stored values, sub-tables as tuples of `Row`; time-dependent formulas have none
    cleared    fields that lost a value because they are hidden, `lines.note` for those of rows
    problems   formulas that failed (warnings, the value is null) or gave what the field cannot hold (errors)
    """

    values: Values
    cleared: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def settle(compiled: CompiledForm, values: Values, old: Values | None, facts: Facts) -> Settled:
    """Visibility, clearing and formulas as one graph, once, in topological order.

    values   the whole record as it is to be stored
    old      the stored record, None for a new one
    Only an expression `visible` that is false clears, and none that reads `user`; `keep` protects a field.
    """
    here = Situation(compiled, values, old, facts)
    cleared: dict[str, None] = {}
    problems: list[Problem] = []
    for path in compiled.order:
        for row in here.places(path):
            if _is_cleared(here, path, row):
                if not FIELD_TYPES[here.field(path).type].is_empty(here.get(path, row)):
                    cleared[".".join(path)] = None
                here.set(path, row, FIELD_TYPES[here.field(path).type].empty())
            else:
                problems += _apply_formula(here, path, row)
    return Settled(here.result(), tuple(cleared), tuple(problems))


def _is_cleared(here: Situation, path: Path, row: LiveRow | None) -> bool:
    visible = here.compiled.expression(path, Purpose.VISIBLE)
    field = here.field(path)
    if field.keep or visible is None or visible.reads_user:
        return False
    return here.evaluate(visible, row).value is False


def _apply_formula(here: Situation, path: Path, row: LiveRow | None) -> tuple[Problem, ...]:
    formula = here.compiled.expression(path, Purpose.FORMULA)
    if formula is None or (here.field(path).override and not _follows(here, formula, path, row)):
        return ()
    parsed = here.computed(formula, row)
    here.set(path, row, FIELD_TYPES[here.field(path).type].empty() if parsed.value is None else parsed.value)
    return parsed.problems


def _follows(here: Situation, formula: Expression, path: Path, row: LiveRow | None) -> bool:
    """Whether a field that may be overridden still follows its formula: it is empty, or unchanged and the
    stored value is what the formula gave for the stored record."""
    value = here.get(path, row)
    if value is None:
        return True
    before = here.before()
    then = None if before is None or row is None else _same_row(before, path, row)
    if before is None or (row is not None and then is None):
        return False
    return before.get(path, then) == value == before.computed(formula, then).value


def _same_row(before: Situation, path: Path, row: LiveRow) -> LiveRow | None:
    return next((one for one in before.rows[path[0]] if one.id is not None and one.id == row.id), None)


def read_timed(compiled: CompiledForm, values: Values, facts: Facts) -> Values:
    """The stored record with its time-dependent formulas, as of `facts.now`."""
    if not compiled.time_dependent:
        return values
    here = Situation(compiled, values, values, facts)
    _compute_timed(here)
    own = {key: here.values[key] for key in compiled.time_dependent if "." not in key}
    rows = {key: tuple(here.live(key)) for key in here.rows}
    return {**values, **own, **rows}


def _compute_timed(here: Situation) -> None:
    timed = [path for path in here.compiled.order if ".".join(path) in here.compiled.time_dependent]
    for path in timed:
        for row in here.places(path):
            if not _is_cleared(here, path, row):
                _apply_formula(here, path, row)


def check(compiled: CompiledForm, values: Values, old: Values | None, facts: Facts) -> tuple[Problem, ...]:
    """What is required and missing, then what the checks reject; `unique` checks need the database.

    values   the settled record
    """
    here = Situation(compiled, values, old, facts)
    _compute_timed(here)
    return (*_check_required(here), *_check_rows(here), *_check_rejects(here))


def _check_required(here: Situation) -> Iterator[Problem]:
    for path, field in here.compiled.form.places():
        if field.required is False:
            continue
        for row in here.places(path):
            if (
                FIELD_TYPES[field.type].is_empty(here.get(path, row))
                and _is_visible(here, path, row)
                and here.condition(path, row, Purpose.REQUIRED)
            ):
                params = {"field": field.key, "label": field.label}
                yield Problem("form.value.required", place_of(path, row), params)


def _is_visible(here: Situation, path: Path, row: LiveRow | None) -> bool:
    """Whether people see the field; a row is seen only with its sub-table."""
    if len(path) == 2 and not _is_visible(here, path[:1], None):
        return False
    return here.condition(path, row, Purpose.VISIBLE) is True


def _check_rows(here: Situation) -> Iterator[Problem]:
    """How many rows there may be, after all changes."""
    for key, rows in here.rows.items():
        field = here.field((key,))
        low, high = SUBTABLE.bounds(field)
        params = {"field": key, "label": field.label, "min": low, "max": high, "count": len(rows)}
        if len(rows) > high:
            yield Problem("form.value.rows-too-many", pointer(key), params)
        elif len(rows) < low and _is_visible(here, (key,), None):
            yield Problem("form.value.rows-too-few", pointer(key), params)


def _check_rejects(here: Situation) -> Iterator[Problem]:
    for index, one in enumerate(here.compiled.form.checks):
        expression = here.compiled.places.get(f"checks.{index}.reject")
        if expression is None or _is_out_of_sight(here, one):
            continue
        result = here.evaluate(expression, None)
        at = pointer(one.at) if one.at else ""
        if result.value is True:
            params = {"message": one.message, "check": index, "field": one.at}
            yield Problem("form.check.rejected", at, params, one.severity)
        elif result.failed:
            yield from (replace(p, severity=Severity.WARNING).within(at) for p in result.problems)


def _is_out_of_sight(here: Situation, one: Check) -> bool:
    """A hidden field is not validated: a check that points to it says nothing."""
    return one.at in here.compiled.form.fields and not _is_visible(here, (one.at,), None)


@dataclass(frozen=True, slots=True)
class FieldState:
    """How a field presents itself for this record."""

    visible: bool
    required: bool
    readonly: bool


@dataclass(frozen=True, slots=True)
class States:
    """fields   by key · rows: by sub-table, for each row by key"""

    fields: Mapping[str, FieldState]
    rows: Mapping[str, tuple[Mapping[str, FieldState], ...]]


def states(compiled: CompiledForm, values: Values, facts: Facts, old: Values | None = None) -> States:
    """Visible, required and read-only of every field, for the record as it is."""
    here = Situation(compiled, values, old, facts)
    _compute_timed(here)
    fields = {key: _state(here, (key,), None) for key in compiled.form.fields}
    rows = {key: tuple(_row_states(here, key, row) for row in live) for key, live in here.rows.items()}
    return States(fields, rows)


def _row_states(here: Situation, key: str, row: LiveRow) -> Mapping[str, FieldState]:
    return {inner: _state(here, (key, inner), row) for inner in here.field((key,)).fields}


def _state(here: Situation, path: Path, row: LiveRow | None) -> FieldState:
    field, visible = here.field(path), _is_visible(here, path, row)
    computed = field.is_computed or field.type == "auto_number"
    required = visible and here.condition(path, row, Purpose.REQUIRED) is True
    return FieldState(visible, required, computed or here.condition(path, row, Purpose.READONLY) is True)
