"""What a field type is: one file per kind, one small protocol (`docs/recipes/add-a-field-type.md`).

A field type knows how a value looks at every border: in a document, in JSON, in an import file, in a column,
in FEEL, on the screen. It holds no state; everything about a field stands in the `Field`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

from engine.forms.model import NOTHING, Field
from engine.forms.table_plan import Column
from engine.problems import Problem
from engine.rules.feel.types import FeelType

Schema = dict[str, object]
"""A JSON Schema 2020-12."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or the reasons why there is none; places are relative to the value."""

    value: object = None
    problems: tuple[Problem, ...] = ()


def refused(code: str, **params: object) -> Parsed:
    """No value, for one reason."""
    return Parsed(None, (Problem(code, params=params),))


def about(field: Field) -> dict[str, object]:
    """What every message about a field's value names."""
    return {"field": field.key, "label": field.label}


def named(problem: Problem, field: Field) -> Problem:
    """The problem with the name of the field it is about."""
    return replace(problem, params={**about(field), **problem.params})


@dataclass(frozen=True, slots=True)
class TextFormats:
    """How the texts of an import file are to be read.

    date, datetime   patterns of `strptime`, tried in order; empty = ISO 8601 only
    zone             of instants without an offset: the workspace's
    decimal_comma    `1.234,50` instead of `1,234.50`
    """

    date: tuple[str, ...] = ()
    datetime: tuple[str, ...] = ()
    zone: tzinfo = UTC
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Widget:
    """Which input the browser shows, with its properties as plain JSON."""

    name: str
    props: Mapping[str, object] = field(default_factory=lambda: NOTHING)


class TargetTypes(Protocol):
    """The FEEL types of what a field may refer to."""

    def target(self, form: str) -> FeelType:
        """The context of one record of `form` (a key, `user` or `department`): id, title, readable fields."""


class World(Protocol):
    """What evaluation knows beyond the value itself."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's zone, in which FEEL sees instants."""

    def reference(self, form: str, identity: int) -> Mapping[str, object]:
        """The FEEL context of a record of `form`: `id`, `title`, and the fields that were loaded."""


class FieldType(Protocol):
    """One kind of field; what is the same for most kinds is written here.

    name           as written in `"type"`
    props_schema   JSON Schemas of the properties that only this type has, by name
    needs          what must be given: some of them, or `options`, `to`, `fields`
    has_formula    whether a formula may give its value
    has_unique     whether `unique` makes sense
    has_search     whether it can be searched as text
    has_default    whether it can have a default
    """

    name: ClassVar[str]
    props_schema: ClassVar[Mapping[str, object]]
    needs: ClassVar[tuple[str, ...]] = ()
    has_formula: ClassVar[bool] = True
    has_unique: ClassVar[bool] = True
    has_search: ClassVar[bool] = False
    has_default: ClassVar[bool] = True

    def check(self, field: Field, siblings: Mapping[str, Field]) -> Iterable[Problem]:
        """What is wrong with the field's own properties beyond their schema; places relative to the field.

        siblings   all fields of the same form or sub-table
        """
        return ()

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        """The type of its value in FEEL (SEMANTICS §1)."""

    def schema(self, field: Field) -> Schema:
        """A value that comes in, null apart."""

    def output_schema(self, field: Field) -> Schema:
        """A value that goes out, null apart."""
        return self.schema(field)

    def column(self, field: Field) -> Column | None:
        """Its column; None when it has none in its own table."""

    def is_empty(self, value: object) -> bool:
        """Whether `required` objects to this stored value."""
        return value is None

    def empty(self) -> object:
        """The stored value of a cleared field."""
        return None

    def parse(self, field: Field, json: object) -> Parsed:
        """The stored value of a JSON value that satisfies `schema`, or of null."""

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        """The JSON value that the text of an import file stands for; `schema` and `parse` check it later.

        Blanks around it do not count, and blank text is null.
        """

    def to_json(self, field: Field, value: object) -> object:
        """The stored value as the API shows it; references are `{"id": …}`, the caller adds titles."""
        return value

    def to_feel(self, field: Field, value: object, world: World) -> object:
        """The stored value in an expression."""
        return value

    def from_feel(self, field: Field, value: object, world: World) -> Parsed:
        """The stored value of an expression's result, rounded half-even to the field's scale."""

    def sought(self, field: Field, text: str) -> str:
        """How a text that people search for stands in stored values, as far as that is known."""
        return text

    def display(self, field: Field, value: object, language: str, zone: tzinfo = UTC) -> str:
        """The stored value as text in lists, titles and messages; "" for nothing."""
        return "" if value is None else str(value)

    def widget(self, field: Field) -> Widget:
        """How the browser lets people enter it; `props` says also what holds where nothing was given."""
        return Widget(self.name, {key: field.props[key] for key in self.props_schema if key in field.props})
