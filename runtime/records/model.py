"""What records are to the rooms above: who changes them and why, what changed, what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from engine.problems import Problem

NO_VALUES: Final[Mapping[str, object]] = MappingProxyType({})
Target = tuple[str, int]
"""What a reference points to: a form's key, `user` or `department`; and the id."""


class OriginKind(StrEnum):
    """Who carries a change into `records`: a person, an import, a flow, a rule."""

    PERSON = "person"
    IMPORT = "import"
    FLOW = "flow"
    RULE = "rule"


class Mode(StrEnum):
    """HISTORY brings in what happened elsewhere: no reactions, stamps may be given (SEMANTICS §7)."""

    LIVE = "live"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a record changes.

    batch_id    all that one import or bulk action wrote
    process_id  the process that asks for it (kind FLOW)
    allow       fields that a flow node opened to the actor, whatever her roles say; they open the record too
    cause       shown in the history; derived from the ids if empty
    chain       every rule, with form and record, whose effects led to this change
    """

    kind: OriginKind = OriginKind.PERSON
    batch_id: str | None = None
    process_id: int | None = None
    allow: frozenset[str] = frozenset()
    mode: Mode = Mode.LIVE
    cause: str = ""
    chain: frozenset[tuple[str, str, int]] = frozenset()

    @property
    def is_automatic(self) -> bool:
        """What a rule or a flow itself sets is exempt from the actor's rights, never from checks."""
        return self.kind is OriginKind.RULE or (self.kind is OriginKind.FLOW and not self.allow)

    @property
    def shown_cause(self) -> str:
        if self.cause:
            return self.cause
        if self.process_id is not None:
            return f"process:{self.process_id}"
        return f"{self.kind}:{self.batch_id}" if self.batch_id else ""


PERSON: Final = Origin()


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One change that reactions see, inside its transaction.

    old, new  stored values by key with the system fields; old is empty for a creation
    changed   keys of the fields whose value differs, computed ones too
    depth     how many changes led to this one, from 0 for the person's own
    """

    form: str
    record: int
    action: Action
    old: Mapping[str, object]
    new: Mapping[str, object]
    changed: frozenset[str]
    origin: Origin
    at: datetime
    depth: int = 0


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A running process that keeps people from changing a record.

    flow    key of its flow, and what it is called
    fields  keys of the held fields; None = every field of the form
    """

    process: int
    flow: str
    label: object
    fields: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record as one reader may see it.

    values   stored values by key, system fields included; only what was asked for and may be read
    titles   of the records, people and departments that the values point to
    masked   keys whose value may be shown in part only
    actions  what the reader may do with this record; None when it was not asked for
    deleted_at  when it was put into the recycle bin
    warnings  of checks that warn, after a save
    held_by   what processes hold of it; only where one record is read
    """

    form: str
    id: int
    rev: int
    title: str
    values: Mapping[str, object]
    titles: Mapping[Target, str]
    masked: frozenset[str] = frozenset()
    actions: frozenset[str] | None = None
    deleted_at: datetime | None = None
    warnings: tuple[Problem, ...] = ()
    held_by: tuple[HeldBy, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many records there are; `exact` is false when counting stopped at the bound."""

    value: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Page:
    """`next` are the sort values behind the last item, for the cursor; None on the last page."""

    items: tuple[RecordView, ...]
    next: tuple[object, ...] | None
    count: Count


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row of a bulk creation.

    values                 JSON values by field key, as in `POST …/records`; `owner`, `department` too
    created_at … owner     only in mode HISTORY; None = now and the importing person
    """

    values: Mapping[str, object]
    created_at: datetime | None = None
    updated_at: datetime | None = None
    created_by: int | None = None
    updated_by: int | None = None
    owner: int | None = None


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row: a record, or the problems that kept it out (places start at the values)."""

    record: int | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One changed field of a history entry; `old` and `new` are JSON values.

    row   id of the sub-table row, None for the record's own fields
    """

    field: str
    old: object
    new: object
    row: int | None = None
    subtable: str | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    id: int
    rev: int
    at: datetime
    actor: int
    actor_name: str
    action: Action
    cause: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list asks for; texts as they came.

    where    FEEL over the fields the reader may read · search: text in the title and search fields
    sort     field keys, `-` in front of those that fall
    fields   keys to show; empty = those of `view`, else all
    after    sort values behind the last record of the page before
    exact    count all matches, not only up to the bound
    """

    where: str = ""
    search: str = ""
    sort: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    view: str | None = None
    limit: int = 50
    after: tuple[object, ...] | None = None
    exact: bool = False
    deleted: bool = False

    def at(self, after: tuple[object, ...] | None) -> ListQuery:
        """The same list from behind a position."""
        return replace(self, after=after)


class Function(StrEnum):
    COUNT = "count"
    SUM = "sum"
    MIN = "min"
    MAX = "max"
    AVG = "avg"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number per group.

    field                     what is summed, averaged, compared; not for count and ratio
    where                     FEEL; only these records count for the measure
    numerator, denominator    keys of other measures, for a ratio
    """

    key: str
    function: Function
    field: str | None = None
    where: str = ""
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, slots=True)
class AggregateQuery:
    measures: tuple[Measure, ...]
    group: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """key   stored values of the group's fields · values: numbers, days or instants by measure, or None"""

    key: Mapping[str, object]
    values: Mapping[str, object]
    titles: Mapping[Target, str] = field(default_factory=lambda: MappingProxyType({}))
