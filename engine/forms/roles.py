"""Roles: which actions, which records and which fields of each form their holders may have (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from engine.forms.documents import exact, meta_validator, schema_problems
from engine.forms.filters import RecordFilter, read_filter
from engine.forms.layout import label_of
from engine.forms.model import Form, Label
from engine.forms.system import SYSTEM
from engine.forms.unknown import unknown
from engine.keys import is_key
from engine.problems import Problem, errors, pointer

ACTIONS: Final = (
    "view",
    "create",
    "edit",
    "delete",
    "copy",
    "import",
    "export",
    "print",
    "bulk",
    "transfer",
    "import_history",
)
RIGHTS: Final = ("builder", "users", "settings")
EVERY: Final = "*"


class Level(StrEnum):
    """What a person may do with one field; `mask` shows that there is a value, not which."""

    HIDDEN = "hidden"
    MASK = "mask"
    READ = "read"
    WRITE = "write"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS: Final = {Level.HIDDEN: 0, Level.MASK: 1, Level.READ: 2, Level.WRITE: 3}


@dataclass(frozen=True, slots=True)
class FieldAccess:
    """Levels by field key, `lines.cost` for a field of a sub-table; others have `otherwise`.

    A field of a sub-table has the level of the sub-table unless it is named itself, and never more.
    """

    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    otherwise: Level = Level.WRITE

    def level(self, key: str, inner: str | None = None) -> Level:
        outer = self.levels.get(key, self.otherwise)
        if inner is None:
            return outer
        return min(outer, self.levels.get(f"{key}.{inner}", outer), key=lambda level: level.rank)

    def readable(self, key: str, inner: str | None = None) -> bool:
        """Whether the value itself may be seen."""
        return self.level(key, inner).rank >= Level.READ.rank

    def union(self, other: FieldAccess) -> FieldAccess:
        """What a person with both may do: of each field the higher level."""
        names = {*self.levels, *other.levels}
        levels = {name: max(self._of(name), other._of(name), key=lambda level: level.rank) for name in names}
        otherwise = max(self.otherwise, other.otherwise, key=lambda level: level.rank)
        return FieldAccess(MappingProxyType(levels), otherwise)

    def _of(self, name: str) -> Level:
        key, _, inner = name.partition(".")
        return self.level(key, inner or None)


EVERYTHING: Final = FieldAccess()


@dataclass(frozen=True, slots=True)
class Grant:
    """What a role allows on one form.

    actions        names of `ACTIONS`; `*` in the document stands for all of them
    record_filter  which records: their union over a user's roles counts; `own` unless given
    fields         `*` gives the level of the fields that are not named; `write` unless given
    """

    form: str
    actions: frozenset[str]
    record_filter: RecordFilter
    fields: FieldAccess


@dataclass(frozen=True, slots=True)
class Role:
    """rights   beyond forms: see `RIGHTS`"""

    key: str
    label: Label
    grants: tuple[Grant, ...] = ()
    rights: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoleReading:
    role: Role | None
    problems: tuple[Problem, ...]


def read_role(document: object) -> RoleReading:
    """The role that a JSON document describes; None if it has errors. What it refers to: `check_role`."""
    given = exact(document)
    if given.problems:
        return RoleReading(None, given.problems)
    raw = given.document
    shape = schema_problems(meta_validator("role"), raw)
    if shape:
        return RoleReading(None, shape)
    role = _role(raw)
    problems = tuple(_check_words(role, raw))
    return RoleReading(None if errors(problems) else role, problems)


def _role(raw: Mapping[str, object]) -> Role:
    grants, rights = raw.get("grants", []), raw.get("rights", [])
    return Role(
        key=str(raw["key"]),
        label=label_of(raw["label"]) or "",
        grants=tuple(_grant(one) for one in grants) if isinstance(grants, list) else (),
        rights=frozenset(map(str, rights)) if isinstance(rights, list) else frozenset(),
    )


def _grant(raw: Mapping[str, object]) -> Grant:
    given, fields = raw["actions"], raw.get("fields", {})
    actions = frozenset(map(str, given)) if isinstance(given, list) else frozenset()
    levels = {str(k): Level(str(v)) for k, v in fields.items()} if isinstance(fields, Mapping) else {}
    otherwise = levels.pop(EVERY, Level.WRITE)
    return Grant(
        form=str(raw["form"]),
        actions=frozenset(ACTIONS) if EVERY in actions else actions,
        record_filter=read_filter(str(raw.get("record_filter", "own"))),
        fields=FieldAccess(MappingProxyType(levels), otherwise),
    )


def _check_words(role: Role, raw: Mapping[str, object]) -> Iterator[Problem]:
    if not is_key(role.key):
        yield Problem("role.key.invalid", "/key", {"key": role.key[:60]})
    for right in sorted(role.rights - set(RIGHTS)):
        yield unknown("role.right-unknown", "/rights", right, RIGHTS)
    seen: set[str] = set()
    for index, grant in enumerate(role.grants):
        at = pointer("grants", index)
        for action in sorted(grant.actions - set(ACTIONS)):
            yield unknown("role.action-unknown", at + "/actions", action, ACTIONS)
        if grant.form in seen:
            yield Problem("role.grant-twice", at + "/form", {"form": grant.form})
        seen.add(grant.form)
        yield from (problem.within(at + "/record_filter") for problem in grant.record_filter.problems)


def check_role(role: Role, forms: Mapping[str, Form]) -> tuple[Problem, ...]:
    """What the role refers to and does not exist: forms, and their fields.

    Record filters are compiled by `check_filter`, which knows the forms that a form refers to.
    """
    return tuple(
        problem.within(pointer("grants", index))
        for index, grant in enumerate(role.grants)
        for problem in _check_grant(grant, forms)
    )


def _check_grant(grant: Grant, forms: Mapping[str, Form]) -> Iterable[Problem]:
    form = forms.get(grant.form)
    if form is None:
        yield unknown("role.form-unknown", "/form", grant.form, forms)
        return
    known = [*(".".join(path) for path, _ in form.places()), *SYSTEM]
    for name in grant.fields.levels:
        if name not in known:
            yield unknown("role.field-unknown", pointer("fields", name), name, known, form=form.key)
