"""What a field type is: one file per kind, one small protocol (`docs/recipes/add-a-field-type.md`).

A field type knows how a value looks at every border: in a document, in JSON, in an import file, in a column,
in FEEL, on the screen. It holds no state; everything about a field stands in the `Field`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from engine.forms.model import NOTHING, Field
from engine.problems import Problem

if TYPE_CHECKING:
    from engine.forms.table_plan import Column
    from engine.rules.feel import FeelType


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or the reasons why there is none; places are relative to the value."""

    value: object = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFormats:
    """How the texts of an import file are to be read.

    date, datetime   patterns of `strptime`, tried in order; empty = ISO 8601 only
    zone             of instants without an offset: the workspace's
    decimal_comma    `1.234,50` instead of `1,234.50`
    """

    date: tuple[str, ...] = ()
    datetime: tuple[str, ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Widget:
    """Which input the browser shows, with its properties as plain JSON."""

    name: str
    props: Mapping[str, object] = NOTHING


class TargetTypes(Protocol):
    """The FEEL types of what a field may refer to."""

    def target(self, form: str) -> FeelType:
        """The context of one record of `form` (a key, `user` or `department`): id, title, readable fields."""

    def row(self, fields: Mapping[str, Field]) -> FeelType:
        """The context of one row of a sub-table."""


class World(Protocol):
    """What evaluation knows beyond the value itself."""

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's zone, in which FEEL sees instants."""

    def reference(self, form: str, identity: int) -> Mapping[str, object]:
        """The FEEL context of a record of `form`: `id`, `title`, and the fields that were loaded."""

    def row(self, fields: Mapping[str, Field], values: Mapping[str, object]) -> Mapping[str, object]:
        """The FEEL context of one row of a sub-table."""


class FieldType(Protocol):
    """One kind of field.

    name           as written in `"type"`
    props_schema   JSON Schemas of the properties that only this type has, by name
    """

    name: str
    props_schema: Mapping[str, object]

    def check(self, field: Field) -> Iterable[Problem]:
        """What is wrong with the field's own properties beyond their schema; places relative to the field."""

    def feel_type(self, field: Field, targets: TargetTypes) -> FeelType:
        """The type of its value in FEEL (SEMANTICS §1)."""

    def schema(self, field: Field) -> dict[str, object]:
        """JSON Schema 2020-12 of a value that comes in, null apart."""

    def output_schema(self, field: Field) -> dict[str, object]:
        """JSON Schema 2020-12 of a value that goes out, null apart."""

    def column(self, field: Field) -> Column | None:
        """Its column; None when it has none in its own table."""

    def is_empty(self, value: object) -> bool:
        """Whether `required` would object to this stored value."""

    def empty(self) -> object:
        """The stored value of a cleared field."""

    def parse(self, field: Field, json: object) -> Parsed:
        """The stored value of a JSON value that already satisfies `schema`, or null."""

    def parse_text(self, field: Field, text: str, formats: TextFormats) -> Parsed:
        """The JSON value that the text of an import file stands for; `schema` and `parse` check it later."""

    def to_json(self, field: Field, value: object) -> object:
        """The stored value as the API shows it; references as `{"id": …}`, titles are added by the caller."""

    def to_feel(self, field: Field, value: object, world: World) -> object:
        """The stored value in an expression."""

    def from_feel(self, field: Field, value: object) -> Parsed:
        """The stored value of an expression's result, rounded half-even to the field's scale."""

    def display(self, field: Field, value: object, language: str) -> str:
        """The stored value as text in lists, titles and messages; "" for nothing."""

    def widget(self, field: Field) -> Widget:
        """How the browser lets people enter it."""
