"""What a new record, or a new row, has before anybody enters it.

In order: what a given relation fills, constants, expressions (each after the defaults it reads).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.forms.compile import CompiledForm, Path
from engine.forms.expressions import Purpose
from engine.forms.facts import Facts, RecordWorld
from engine.forms.fields import FIELD_TYPES, World
from engine.forms.fields.relation import fill_of
from engine.forms.model import Field, Row
from engine.forms.situation import LiveRow, Situation

Values = Mapping[str, object]


def apply_defaults(compiled: CompiledForm, values: Values, facts: Facts) -> Values:
    """The values of a new record with everything that was not given and has a default.

    A field that was given as null stays empty. Only at creation (SEMANTICS §3).
    """
    filled = _filled_record(compiled, values, facts)
    here = Situation(compiled, filled, None, facts)
    _apply_expressions(here, values)
    return here.result()


def apply_row_defaults(compiled: CompiledForm, values: Values, old: Values, facts: Facts) -> Values:
    """The same for the new rows of a stored record; a row is new while it has no id."""
    filled = {**values, **_filled_rows(compiled, values, facts)}
    here = Situation(compiled, filled, old, facts)
    _apply_expressions(here, {**dict.fromkeys(compiled.form.fields), **values})
    return here.result()


def _filled_record(compiled: CompiledForm, values: Values, facts: Facts) -> Values:
    own = _filled(compiled, (), compiled.form.fields, values, facts)
    return {**own, **_filled_rows(compiled, own, facts)}


def _filled_rows(compiled: CompiledForm, values: Values, facts: Facts) -> dict[str, object]:
    filled: dict[str, object] = {}
    for key, field in compiled.form.fields.items():
        rows = values.get(key)
        if field.fields and isinstance(rows, tuple | list):
            filled[key] = tuple(_filled_row(compiled, field, row, facts) for row in rows)
    return filled


def _filled_row(compiled: CompiledForm, field: Field, row: Row, facts: Facts) -> Row:
    if row.id is not None:
        return row
    return replace(row, values=_filled(compiled, (field.key,), field.fields, row.values, facts))


def _filled(
    compiled: CompiledForm, path: Path, fields: Mapping[str, Field], values: Values, facts: Facts
) -> Values:
    """Given values, what relations fill, constants."""
    constants = {
        key: compiled.constants[(*path, key)] for key in fields if (*path, key) in compiled.constants
    }
    return {**constants, **dict(_fills(compiled, fields, values, facts)), **values}


def _fills(
    compiled: CompiledForm, fields: Mapping[str, Field], values: Values, facts: Facts
) -> Iterator[tuple[str, object]]:
    """Own field and the value it takes from the record that a given relation points to."""
    for key, relation in fields.items():
        identity = values.get(key)
        if relation.to is None or not isinstance(identity, int) or not fill_of(relation):
            continue
        found, target = facts.related.get(relation.to, {}).get(identity), compiled.forms.get(relation.to)
        if found is not None and target is not None:
            theirs = RecordWorld(compiled.forms, facts).fields_of(target, found.values)
            yield from _taken(fields, relation, theirs, RecordWorld(compiled.forms, facts))


def _taken(
    fields: Mapping[str, Field], relation: Field, theirs: Values, world: World
) -> Iterator[tuple[str, object]]:
    for own, name in fill_of(relation).items():
        if own in fields and theirs.get(name) is not None:
            taken = FIELD_TYPES[fields[own].type].from_feel(fields[own], theirs[name], world)
            if not taken.problems and taken.value is not None:
                yield own, taken.value


def _apply_expressions(here: Situation, given: Values) -> None:
    for path in here.compiled.default_order:
        expression = here.compiled.expression(path, Purpose.DEFAULT)
        for row in here.places(path):
            if expression is not None and not _is_given(path, row, given, here):
                here.set(path, row, here.computed(expression, row).value)


def _is_given(path: Path, row: LiveRow | None, given: Values, here: Situation) -> bool:
    """Whether the caller said something about the field, or a relation has filled it."""
    if here.get(path, row) is not None:
        return True
    if row is None:
        return path[0] in given
    rows = given.get(path[0])
    return row.id is not None or (isinstance(rows, tuple | list) and path[1] in rows[row.index].values)
