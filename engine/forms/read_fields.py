"""Reads the fields of a form document, those of sub-tables included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from jsonschema import Draft202012Validator

from engine.forms.documents import schema_problems, validator
from engine.forms.fields import FIELD_TYPES, ROW_TYPES, SUBTABLE, FieldType
from engine.forms.fields.protocol import about
from engine.forms.layout import label_of
from engine.forms.model import Condition, Field, Option
from engine.forms.unknown import unknown
from engine.forms.validate import read_value
from engine.keys import RESERVED_KEYS, is_key
from engine.problems import Problem, pointer

MAX_OPTIONS: Final = 1000
_FORM: Final = "urn:dougong:form:1#/$defs"
_COMMON: Final = ("type", "label", "hint", "required", "visible", "readonly", "default", "keep")
_PARTS: Final[Mapping[str, Mapping[str, object]]] = MappingProxyType(
    {
        "options": {
            "type": "array",
            "minItems": 1,
            "maxItems": MAX_OPTIONS,
            "items": {"$ref": f"{_FORM}/option"},
        },
        "to": {"$ref": f"{_FORM}/name"},
        "fields": {"type": "object", "minProperties": 1, "maxProperties": 200},
    }
)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that could be read; places of problems are relative to the document."""

    fields: Mapping[str, Field]
    problems: tuple[Problem, ...]


def read_fields(raw: object, at: str = "/fields", types: Mapping[str, FieldType] = FIELD_TYPES) -> Fields:
    """The fields of an object `{key: field}`; a field of a type outside `types` is left out."""
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    for key, one in (raw if isinstance(raw, Mapping) else {}).items():
        read = _read_field(key, one, at + pointer(key), types)
        fields |= read.fields
        problems += read.problems
    for key, field in fields.items():
        problems += (problem.within(at + pointer(key)) for problem in _check_field(field, fields))
    return Fields(MappingProxyType(fields), tuple(problems))


def _read_field(key: str, raw: object, at: str, types: Mapping[str, FieldType]) -> Fields:
    problems = [problem.within(at) for problem in _check_key(key)]
    if not isinstance(raw, Mapping):
        return Fields({}, tuple(problems))
    refusal = _refuse_type(raw, types)
    if refusal is not None:
        return Fields({}, (*problems, refusal.within(at)))
    inner = Fields({}, ())
    if raw["type"] == SUBTABLE.name:
        inner = read_fields(raw.get("fields"), at + "/fields", ROW_TYPES)
    field = _field(key, raw, inner.fields)
    shape = schema_problems(_validator(field.type), raw)
    problems += [problem.within(at) for problem in (*shape, *_check_options(key, raw.get("options")))]
    return Fields({key: field}, (*problems, *inner.problems))


def _check_key(key: str) -> Iterator[Problem]:
    if not is_key(key):
        yield Problem("form.field.key-invalid", params={"key": key[:60]})
    elif key in RESERVED_KEYS:
        yield Problem("form.field.key-reserved", params={"key": key})


def _refuse_type(raw: Mapping[str, object], types: Mapping[str, FieldType]) -> Problem | None:
    kind = raw.get("type")
    if not isinstance(kind, str):
        return Problem("form.document.property-missing", params={"property": "type"})
    if kind in types:
        return None
    code = "form.subtable.type" if kind in FIELD_TYPES else "form.field.type-unknown"
    return unknown(code, "/type", kind, sorted(types))


@cache
def _validator(kind: str) -> Draft202012Validator:
    """The meta-schema of a field of one type."""
    field_type = FIELD_TYPES[kind]
    names = [name for name in _COMMON if name != "default" or field_type.has_default]
    properties: dict[str, object] = {name: {"$ref": f"{_FORM}/common/properties/{name}"} for name in names}
    properties |= {name: _PARTS[name] for name in field_type.needs if name in _PARTS}
    properties |= field_type.props_schema
    if field_type.has_formula:
        properties |= {name: {"$ref": f"{_FORM}/formula/{name}"} for name in ("formula", "override")}
    for name, allowed in (("unique", field_type.has_unique), ("search", field_type.has_search)):
        properties |= {name: {"type": "boolean"}} if allowed else {}
    return validator(
        {
            "type": "object",
            "required": ["type", "label", *field_type.needs],
            "properties": properties,
            "additionalProperties": False,
        }
    )


def _field(key: str, raw: Mapping[str, object], inner: Mapping[str, Field]) -> Field:
    kind = str(raw["type"])
    formula, to = raw.get("formula"), raw.get("to")
    return Field(
        key=key,
        type=kind,
        label=label_of(raw.get("label")) or key,
        hint=label_of(raw.get("hint")),
        required=_condition(raw, "required", otherwise=False),
        visible=_condition(raw, "visible", otherwise=True),
        readonly=_condition(raw, "readonly", otherwise=False),
        default=raw.get("default"),
        formula=formula if isinstance(formula, str) else None,
        override=raw.get("override") is True,
        keep=raw.get("keep") is True,
        unique=raw.get("unique") is True,
        search=raw.get("search") is True,
        options=_options(raw.get("options")),
        to=to if isinstance(to, str) else None,
        fields=inner,
        props=MappingProxyType(dict(_props(kind, raw))),
    )


def _props(kind: str, raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The properties that fit their schema; the others have been named and count as not given."""
    for name in FIELD_TYPES[kind].props_schema:
        if name in raw and _prop_validator(kind, name).is_valid(raw[name]):
            yield name, raw[name]


@cache
def _prop_validator(kind: str, name: str) -> Draft202012Validator:
    schema = FIELD_TYPES[kind].props_schema[name]
    return validator(schema if isinstance(schema, Mapping) else {})


def _condition(raw: Mapping[str, object], name: str, *, otherwise: bool) -> Condition:
    value = raw.get(name, otherwise)
    return value if isinstance(value, bool | str) else otherwise


def _options(raw: object) -> tuple[Option, ...]:
    given = [one for one in (raw if isinstance(raw, list) else ()) if isinstance(one, Mapping)]
    return tuple(_option(one) for one in given if isinstance(one.get("key"), str))


def _option(raw: Mapping[str, object]) -> Option:
    key, color = str(raw["key"]), raw.get("color")
    return Option(key, label_of(raw.get("label")) or key, color if isinstance(color, str) else None)


def _check_field(field: Field, siblings: Mapping[str, Field]) -> Iterator[Problem]:
    yield from FIELD_TYPES[field.type].check(field, siblings)
    yield from _check_computed(field)
    if field.default is not None and field.default_expression is None and field.type != SUBTABLE.name:
        yield from _check_default(field)


def _check_default(field: Field) -> Iterator[Problem]:
    for problem in read_value(field, field.default).problems:
        yield Problem(problem.code, "/default", {**about(field), **problem.params})


def _check_computed(field: Field) -> Iterator[Problem]:
    """What a value that nobody enters cannot have."""
    if field.override and field.formula is None:
        yield Problem("form.field.override", "/override", {"field": field.key})
    computed = field.is_computed or field.type == "auto_number"
    if computed and field.required is not False:
        yield Problem("form.field.computed", "/required", {"field": field.key, "property": "required"})
    if field.formula is not None and field.default is not None:
        yield Problem("form.field.computed", "/default", {"field": field.key, "property": "default"})


def _check_options(field: str, raw: object) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, option in enumerate(raw if isinstance(raw, list) else ()):
        key = option.get("key") if isinstance(option, Mapping) else None
        if not isinstance(key, str):
            continue
        at = pointer("options", index, "key")
        if not is_key(key):
            yield Problem("form.option.key-invalid", at, {"key": key[:60], "field": field})
        elif key in seen:
            yield Problem("form.option.key-duplicate", at, {"key": key, "field": field})
        seen.add(key)
