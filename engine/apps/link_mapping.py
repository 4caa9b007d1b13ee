"""Links an import mapping: its form, the fields its columns fill, and how texts find other records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from engine.apps.finder import Finder
from engine.apps.mapping import ColumnMapping, ImportMapping
from engine.forms.model import Field, Form
from engine.keys import nearest
from engine.problems import pointer

PEOPLE_MATCHES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"member": ("name", "login"), "department": ("name",)}
)
"""By what members and departments are found in a file; the first is used where a column does not say."""
_DATES: Final = frozenset({"date", "datetime"})
_NUMBERS: Final = frozenset({"number", "money", "percent", "rating"})
_NEVER_FILLED: Final = frozenset({"auto_number", "subtable"})


def link_mapping(finder: Finder, mapping: ImportMapping) -> None:
    form = finder.form(mapping.form, "/form")
    if form is None:
        return
    for number, column in enumerate(mapping.columns):
        _column(finder, form, column, pointer("columns", number))
    for name in mapping.constants:
        _filled(finder, form, name, pointer("constants", name))


def _column(finder: Finder, form: Form, column: ColumnMapping, at: str) -> None:
    field = _filled(finder, form, column.target, at + "/to")
    if field is None:
        return
    _match(finder, field, column, at)
    if column.format is not None and field.type not in _DATES:
        finder.problem("apps.link.format-without-date", at + "/format", field=field.key)
    if column.times is not None and field.type not in _NUMBERS:
        finder.problem("apps.link.times-without-number", at + "/times", field=field.key)
    for text, option in _unknown_options(field, column):
        meant = nearest(option, [one.key for one in field.options]) or ", ".join(
            one.key for one in field.options
        )
        place = at + pointer("replace", text)
        finder.problem("apps.link.unknown-option", place, field=field.key, option=option, meant=meant)


def _filled(finder: Finder, form: Form, name: str, at: str) -> Field | None:
    field = finder.field(form, name, at)
    if field is not None and (field.is_computed or field.type in _NEVER_FILLED):
        finder.problem("apps.link.computed-target", at, field=name)
        return None
    return field


def _match(finder: Finder, field: Field, column: ColumnMapping, at: str) -> None:
    if field.type == "relation":
        _match_relation(finder, field, column, at)
    elif field.type in PEOPLE_MATCHES:
        allowed = PEOPLE_MATCHES[field.type]
        if column.match is not None and column.match not in allowed:
            finder.problem(
                "apps.link.no-match-field", at + "/match", field=column.match, meant=", ".join(allowed)
            )
    elif column.match is not None:
        finder.problem("apps.link.match-without-relation", at + "/match", field=field.key)


def _match_relation(finder: Finder, field: Field, column: ColumnMapping, at: str) -> None:
    target = finder.names.forms.get(field.to or "")
    if target is None:
        return
    unique = [one.key for one in target.fields.values() if one.unique or one.type == "auto_number"]
    if column.match is None:
        finder.problem("apps.link.match-missing", at, field=field.key, meant=", ".join(unique) or "-")
    elif finder.field(target, column.match, at + "/match") is not None and column.match not in unique:
        meant = ", ".join(unique) or "-"
        finder.problem("apps.link.no-match-field", at + "/match", field=column.match, meant=meant)


def _unknown_options(field: Field, column: ColumnMapping) -> Iterator[tuple[str, str]]:
    """Replacements that are no option of a select; "" empties the field."""
    if field.type != "select":
        return
    keys = {option.key for option in field.options}
    for text, replacement in column.replace.items():
        if replacement and replacement not in keys:
            yield text, replacement
