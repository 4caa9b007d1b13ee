"""What a person may do with the fields of the record inside one of her tasks (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from engine.flows.graph import GraphNode
from engine.flows.rule import FieldAccess as NodeAccess
from engine.flows.rule import FieldRights
from engine.forms.model import Field, Form, Row
from engine.forms.roles import FieldAccess, Level
from engine.keys import SYSTEM_FIELDS
from engine.problems import Problem, pointer
from runtime.access.policy import Access

_LEVELS: Final[Mapping[NodeAccess, Level]] = MappingProxyType(
    {
        NodeAccess.HIDDEN: Level.HIDDEN,
        NodeAccess.READ: Level.READ,
        NodeAccess.WRITE: Level.WRITE,
        NodeAccess.REQUIRED: Level.WRITE,
    }
)
NO_RIGHTS: Final = FieldRights()


@dataclass(frozen=True, slots=True)
class Opened:
    """What a task may change.

    fields    whole fields, sub-tables with everything inside them among them
    columns   single columns of sub-tables; rows cannot be added or removed there
    required  paths that must have a value when the task is finished
    """

    form: Form
    fields: frozenset[str]
    columns: Mapping[str, frozenset[str]]
    required: frozenset[str]

    @property
    def touched(self) -> frozenset[str]:
        """Every field of the record that may change, wholly or in part."""
        return self.fields | self.columns.keys()

    def refuse(self, values: Mapping[str, object]) -> Iterator[Problem]:
        """What of a patch the task does not open; places are those of the patch."""
        for key, value in values.items():
            if key in self.columns:
                yield from self._refuse_rows(key, value)
            elif key not in self.fields:
                yield self._closed(pointer(key), self.form.fields.get(key), key)

    def missing(self, values: Mapping[str, object]) -> Iterator[Problem]:
        """The required fields that a record has no value for."""
        for path in sorted(self.required):
            key, _, inner = path.partition(".")
            field, value = self.form.fields[key], values.get(key)
            if not inner:
                found = [] if _filled(value) else [(pointer(key), field)]
            else:
                found = [
                    (pointer(key, place, "values", inner), field.fields[inner])
                    for place, row in enumerate(value if isinstance(value, tuple) else ())
                    if isinstance(row, Row) and not _filled(row.values.get(inner))
                ]
            for at, one in found:
                yield Problem("form.value.required", at, {"field": path, "label": one.label})

    def _refuse_rows(self, key: str, patch: object) -> Iterator[Problem]:
        subtable = self.form.fields[key]
        operations = patch if isinstance(patch, Mapping) else {"": patch}
        for name, rows in operations.items():
            if name != "update":
                yield self._closed(pointer(key, str(name)) if name else pointer(key), subtable, key)
                continue
            for place, row in enumerate(rows if isinstance(rows, list) else ()):
                values = row.get("values") if isinstance(row, Mapping) else None
                for inner in values if isinstance(values, Mapping) else ():
                    if inner not in self.columns[key]:
                        at = pointer(key, "update", place, "values", inner)
                        yield self._closed(at, subtable.fields.get(inner), f"{key}.{inner}")

    @staticmethod
    def _closed(at: str, field: Field | None, key: str) -> Problem:
        return Problem("process.field.closed", at, {"field": field.label if field is not None else key})


def _filled(value: object) -> bool:
    return value not in (None, "", ())


def opened_by(form: Form, node: GraphNode) -> Opened:
    """What the node opens of the form's fields. Computed fields stay computed, whatever it says."""
    rights = _rights_of(node)
    named = {path: one for path, one in rights.fields.items() if _exists(form, path)}
    write = {path for path, one in named.items() if _LEVELS[one] is Level.WRITE}
    if rights.default is not None and _LEVELS[rights.default] is Level.WRITE:
        write |= {key for key in form.fields if key not in named}
    fields = frozenset(key for key in write if "." not in key and not form.fields[key].is_computed)
    columns: dict[str, frozenset[str]] = {}
    for path in write:
        key, _, inner = path.partition(".")
        if inner and key not in fields and not form.fields[key].fields[inner].is_computed:
            columns[key] = columns.get(key, frozenset()) | {inner}
    required = frozenset(path for path, one in named.items() if one is NodeAccess.REQUIRED)
    return Opened(form, fields, MappingProxyType(columns), required)


def task_access(access: Access, node: GraphNode) -> Access:
    """What the node says of a field counts; of the others the person sees what she sees anyway, read-only."""
    rights, opened = _rights_of(node), opened_by(access.form.form, node)
    levels: dict[str, Level] = {key: access.fields.level(key) for key in _named_system(access)}
    for key, field in access.form.form.fields.items():
        levels[key] = Level.WRITE if key in opened.touched else _level(access, rights, key)
        if key not in opened.fields:
            levels |= {f"{key}.{inner}": _inner(access, rights, key, inner) for inner in field.fields}
    shown = frozenset(key for key, level in levels.items() if level is not Level.HIDDEN and "." not in key)
    own = replace(
        access.rights,
        fields=FieldAccess(MappingProxyType(levels), Level.READ),
        readable=(shown - frozenset(SYSTEM_FIELDS)) | (frozenset(SYSTEM_FIELDS) & access.readable),
        writable=opened.touched,
        masked=frozenset(key for key, level in levels.items() if level is Level.MASK and "." not in key),
    )
    return replace(access, rights=own)


def _rights_of(node: GraphNode) -> FieldRights:
    return node.rule.fields if node.rule is not None else NO_RIGHTS


def _named_system(access: Access) -> frozenset[str]:
    return frozenset(SYSTEM_FIELDS) & access.fields.levels.keys()


def _exists(form: Form, path: str) -> bool:
    """A version of a flow may be older than the form in force."""
    key, _, inner = path.partition(".")
    return key in form.fields and (not inner or inner in form.fields[key].fields)


def _level(access: Access, rights: FieldRights, key: str) -> Level:
    """Of a field that the task does not open."""
    if key in rights.fields:
        return _LEVELS[rights.fields[key]]
    usual = access.fields.level(key) if rights.default is None else _LEVELS[rights.default]
    return _at_most(usual, Level.READ)


def _inner(access: Access, rights: FieldRights, key: str, inner: str) -> Level:
    if (path := f"{key}.{inner}") in rights.fields:
        return _LEVELS[rights.fields[path]]
    named = rights.fields.get(key, rights.default)
    return _at_most(access.fields.level(key, inner) if named is None else _LEVELS[named], Level.READ)


def _at_most(level: Level, limit: Level) -> Level:
    return min(level, limit, key=lambda one: one.rank)
