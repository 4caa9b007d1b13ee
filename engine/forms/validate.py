"""What people and programs hand in, made into stored values; every fault is named, with its place.

`jsonschema-rs` checks the shape (67 000 records/s, `design/forms.md` §4.3), the field types the rest. A
`jsonschema` validator of the same schema gives the same problems; a property test holds them to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import jsonschema_rs

from engine.forms.fields import FIELD_TYPES, SUBTABLE, Parsed
from engine.forms.fields.protocol import Schema, about, named
from engine.forms.json_schema import create_schema, is_input, patch_schema, value_schema
from engine.forms.model import Field, Form, RowChanges
from engine.forms.system import SYSTEM
from engine.forms.unknown import unknown
from engine.forms.violations import Path, Violation, by_jsonschema_rs, missing, unexpected
from engine.problems import Problem, pointer

Finder = Callable[[object], tuple[Violation, ...]]
_BOUNDS: Final = {
    "maxLength": ("form.value.too-long", "max"),
    "maximum": ("form.value.too-large", "max"),
    "minimum": ("form.value.too-small", "min"),
    "maxItems": ("form.value.rows-too-many", "max"),
}
_FORMATS: Final = {"date": "form.value.date", "date-time": "form.value.datetime"}


@dataclass(frozen=True, slots=True)
class Input:
    """Stored values by field key (of sub-tables: a tuple of `Row`, or `RowChanges`), and what is wrong."""

    values: Mapping[str, object]
    problems: tuple[Problem, ...]


def finder(schema: Schema) -> Finder:
    """A function that finds what breaks the schema; compiled once, safe to share between threads."""
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)

    def find(document: object) -> tuple[Violation, ...]:
        return by_jsonschema_rs(validator.iter_errors(document), schema, document)

    return find


class Validators:
    """The validators of one form.

    find_created, find_patched   other finders of violations, for the test that compares two libraries
    """

    def __init__(
        self, form: Form, find_created: Finder | None = None, find_patched: Finder | None = None
    ) -> None:
        self._form = form
        self._find_created = find_created or finder(create_schema(form))
        self._find_patched = find_patched or finder(patch_schema(form))

    def create(self, data: object, *, exempt: frozenset[str] = frozenset()) -> Input:
        """The stored values of a new record, of those fields that are given.

        data     the JSON object `values`
        exempt   read-only and computed fields that this caller may give all the same
        """
        return self._read(data, exempt, self._find_created, SUBTABLE.parse)

    def patch(self, data: object, *, exempt: frozenset[str] = frozenset()) -> Input:
        """The stored values of the changed fields, sub-tables as `RowChanges`."""
        return self._read(data, exempt, self._find_patched, _row_changes)

    def _read(
        self, data: object, exempt: frozenset[str], find: Finder, rows: Callable[[Field, object], Parsed]
    ) -> Input:
        if not isinstance(data, Mapping):
            return Input({}, (Problem("form.value.not-object"),))
        freed = {key: data[key] for key in exempt if key in data and not self._is_open(key)}
        violations = find({key: value for key, value in data.items() if key not in freed})
        problems = [problem for one in violations for problem in _problems(self._form, one)]
        broken = {str(violation.path[0]) for violation in violations if violation.path}
        values: dict[str, object] = {}
        for key, json in data.items():
            field = self._form.fields.get(key)
            if field is None or key in broken or (key not in freed and not is_input(field)):
                continue
            parsed = self._parse(field, json, rows, free=key in freed)
            values[key] = parsed.value
            problems += [named(problem, field).within(pointer(key)) for problem in parsed.problems]
        return Input(values, tuple(problems))

    def _is_open(self, key: str) -> bool:
        field = self._form.fields.get(key)
        return field is None or is_input(field)

    @staticmethod
    def _parse(field: Field, json: object, rows: Callable[[Field, object], Parsed], *, free: bool) -> Parsed:
        if field.type == SUBTABLE.name:
            return rows(field, json)
        return read_value(field, json) if free else FIELD_TYPES[field.type].parse(field, json)


def read_value(field: Field, json: object) -> Parsed:
    """The stored value of one JSON value, or null; places are relative to the value."""
    violations = finder(value_schema(field))(json)
    if violations:
        problems = [problem for one in violations for problem in _value_problems(field, one)]
        return Parsed(None, tuple(problems))
    return FIELD_TYPES[field.type].parse(field, json)


def _row_changes(field: Field, json: object) -> Parsed:
    """`{create, update, delete, order}` of one sub-table; null changes nothing."""
    given = json if isinstance(json, Mapping) else {}
    created, created_problems = _rows(field, given.get("create", ()), "create")
    updated, updated_problems = _rows(field, given.get("update", ()), "update")
    ids = [int(row["id"]) for row in given.get("update", ())]
    deleted = frozenset(int(identity) for identity in given.get("delete", ()))
    order = tuple(int(identity) for identity in given.get("order", ()))
    changes = RowChanges(tuple(created), dict(zip(ids, updated, strict=True)), deleted, order)
    problems = (*created_problems, *updated_problems, *_contradictions(ids, changes))
    return Parsed(changes, problems)


def _rows(
    field: Field, rows: Iterable[object], part: str
) -> tuple[list[Mapping[str, object]], list[Problem]]:
    values: list[Mapping[str, object]] = []
    problems: list[Problem] = []
    for index, row in enumerate(rows):
        parsed = SUBTABLE.parse_row(field, row["values"] if isinstance(row, Mapping) else {})
        values.append(parsed.value if isinstance(parsed.value, Mapping) else {})
        problems += [problem.within(pointer(part, index, "values")) for problem in parsed.problems]
    return values, problems


def _contradictions(updated: list[int], changes: RowChanges) -> Iterator[Problem]:
    for identity in sorted({one for one in updated if updated.count(one) > 1 or one in changes.delete}):
        yield Problem("form.value.row-twice", pointer("update"), {"id": identity})
    for identity in dict.fromkeys(changes.order):
        unknown = identity < -len(changes.create) or identity == 0 or identity in changes.delete
        if unknown or changes.order.count(identity) > 1:
            yield Problem("form.value.row-order", pointer("order"), {"id": identity})


def _problems(form: Form, violation: Violation) -> Iterator[Problem]:
    """A violation inside `values`, in the words of the form."""
    field, scope = _place(form, violation.path)
    at = pointer(*violation.path)
    if violation.keyword == "additionalProperties":
        yield from (_unexpected(name, scope, form).within(at) for name in unexpected(violation)[0])
    elif violation.keyword == "required":
        yield from (_missing(name, scope).within(at) for name in missing(violation))
    elif field is None:
        yield Problem("form.value.invalid", at)
    else:
        yield from (problem.within(at) for problem in _value_problems(field, violation))


def _place(form: Form, path: Path) -> tuple[Field | None, Mapping[str, Field]]:
    """The field whose value is at `path`, or the fields whose values are in the object at `path`."""
    if not path:
        return None, form.fields
    outer = form.fields.get(str(path[0]))
    if outer is None:
        return None, {}
    for index in range(2, len(path)):
        if path[index] == "values" and isinstance(path[index - 1], int):
            inner = path[index + 1 : index + 2]
            return (outer.fields.get(str(inner[0])), {}) if inner else (None, outer.fields)
    return outer, {}


def _missing(name: str, scope: Mapping[str, Field]) -> Problem:
    field = scope.get(name)
    if field is None:
        return Problem("form.value.part-missing", params={"name": name})
    return Problem("form.value.required", pointer(name), about(field))


def _unexpected(name: str, scope: Mapping[str, Field], form: Form) -> Problem:
    field = scope.get(name)
    if name in SYSTEM and scope is form.fields:
        return Problem("form.value.system", pointer(name), about(SYSTEM[name]))
    if field is None:
        return unknown("form.value.unknown", pointer(name), name, scope)
    computed = field.is_computed or field.type == "auto_number"
    return Problem("form.value.computed" if computed else "form.value.readonly", pointer(name), about(field))


def _value_problems(field: Field, violation: Violation) -> Iterator[Problem]:
    """A violation of the schema of one field's value; the place is added by the caller."""
    params = about(field)
    keyword, bound = violation.keyword, violation.bound
    if keyword == "type" and violation.value is None and field.required is True:
        yield Problem("form.value.required", params=params)
    elif keyword in _BOUNDS:
        code, name = _BOUNDS[keyword]
        yield Problem(code, params={**params, name: bound})
    elif keyword == "format":
        yield Problem(_FORMATS.get(str(bound), "form.value.invalid"), params=params)
    elif keyword == "enum":
        keys = [option.key for option in field.options]
        given = str(violation.value)[:60]
        yield Problem("form.value.option", params={**params, "value": given, "known": keys[:30]})
    elif keyword == "anyOf" and violation.value is None:
        yield Problem("form.value.required", params=params)
    else:
        yield Problem("form.value.type", params={**params, "expected": field.type})
