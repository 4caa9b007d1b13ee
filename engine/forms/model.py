"""The form as an author wrote it, read and frozen: fields, checks, layout.

Source: `design/forms.md` §3. A model may be incomplete when `read_form` reported errors: parts that could not
be understood are left out, so that an editor can still show the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from engine.problems import LANGUAGES, Problem, Severity, errors

Label = str | Mapping[str, str]
"""A text for people: one string where all languages agree, or a map from language to text."""

Condition = bool | str
"""A constant, or a FEEL expression."""

NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


def label_text(label: Label, language: str) -> str:
    """The label in `language`, else in the first language that has it."""
    if isinstance(label, str):
        return label
    chosen = label.get(language)
    return chosen if chosen is not None else next((label[name] for name in LANGUAGES if name in label), "")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select field; records hold the key."""

    key: str
    label: Label
    color: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form or of a sub-table.

    type      name of a field type in `fields.FIELD_TYPES`
    default   a stored JSON value, or FEEL after a leading "="; None = no default
    formula   FEEL; the field is computed, and may be entered only with `override`
    override  a formula's value may be replaced by hand, until the field is emptied again
    visible   an expression that is false clears the field; a constant `false` only hides it
    keep      a value hidden by `visible` stays stored
    options   of select · to: target form of relation · fields: of sub-table
    props     the remaining properties, as the type's `props_schema` describes them
    """

    key: str
    type: str
    label: Label
    hint: Label | None = None
    required: Condition = False
    visible: Condition = True
    readonly: Condition = False
    default: object = None
    formula: str | None = None
    override: bool = False
    keep: bool = False
    unique: bool = False
    search: bool = False
    options: tuple[Option, ...] = ()
    to: str | None = None
    fields: Mapping[str, Field] = field(default_factory=lambda: MappingProxyType({}))
    props: Mapping[str, object] = field(default_factory=lambda: NOTHING)

    @property
    def default_expression(self) -> str | None:
        """The FEEL text of the default, if the default is not a constant."""
        text = self.default
        return text[1:].strip() if isinstance(text, str) and text.startswith("=") else None

    @property
    def is_computed(self) -> bool:
        """Whether its value comes from a formula alone."""
        return self.formula is not None and not self.override


@dataclass(frozen=True, slots=True)
class Check:
    """A condition on the whole record: `reject` (FEEL that must not be true) or `unique` (fields, together).

    at   the field at which the message is shown; "" = the record
    """

    message: Label
    reject: str | None = None
    unique: tuple[str, ...] = ()
    at: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class FieldNode:
    """A field's place in the layout; `span` counts columns of its group, None = one."""

    field: str
    span: int | None = None


@dataclass(frozen=True, slots=True)
class TextNode:
    """A note to the reader of the form."""

    text: Label


@dataclass(frozen=True, slots=True)
class GroupNode:
    """A titled or bare group; `visible` hides it on the screen only, it never clears a field."""

    items: tuple[LayoutNode, ...]
    label: Label | None = None
    columns: int = 2
    collapsed: bool = False
    visible: Condition = True


@dataclass(frozen=True, slots=True)
class Tab:
    label: Label
    items: tuple[LayoutNode, ...]


@dataclass(frozen=True, slots=True)
class TabsNode:
    tabs: tuple[Tab, ...]


LayoutNode = FieldNode | TextNode | GroupNode | TabsNode


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its document describes it.

    title      pattern of a record's title, `{field}` stands for the field's shown value
    fields     in the author's order, by key
    layout     empty = all fields in one group of two columns
    document   the document as it was read, for editors and export
    """

    key: str
    label: Label
    title: str
    fields: Mapping[str, Field]
    checks: tuple[Check, ...] = ()
    layout: tuple[LayoutNode, ...] = ()
    icon: str | None = None
    document: Mapping[str, object] = field(default_factory=lambda: NOTHING)

    def places(self) -> Iterator[tuple[tuple[str, ...], Field]]:
        """Every field with its path: `("amount",)`, and `("lines", "amount")` for those of a sub-table."""
        for key, one in self.fields.items():
            yield (key,), one
            for inner_key, inner in one.fields.items():
                yield (key, inner_key), inner

    def at(self, path: tuple[str, ...]) -> Field | None:
        """The field at a path as `places` gives it."""
        outer = self.fields.get(path[0]) if path else None
        return outer.fields.get(path[1]) if outer is not None and len(path) == 2 else outer


@dataclass(frozen=True, slots=True)
class Reading:
    """A form with everything that is wrong with its document; `form` is None when nothing could be read."""

    form: Form | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.form is not None and not errors(self.problems)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sub-table; `id` is None until it is written."""

    id: int | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """What a patch does to one sub-table.

    update  by row id, the values that change
    order   the rows in their new order: ids, and -1, -2, … for those of `create`; empty = unchanged, new last
    """

    create: tuple[Mapping[str, object], ...] = ()
    update: Mapping[int, Mapping[str, object]] = field(default_factory=lambda: MappingProxyType({}))
    delete: frozenset[int] = frozenset()
    order: tuple[int, ...] = ()
