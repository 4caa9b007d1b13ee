"""What a set of roles gives on one form, whoever holds them: the union of their grants (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Final

import sqlalchemy as sa

from engine.forms.roles import ACTIONS, EVERYTHING, FieldAccess, Grant, Level, Role
from engine.keys import SYSTEM_FIELDS, WRITABLE_SYSTEM_FIELDS
from runtime.catalog.metadata import PublishedForm

ADMINISTRATOR: Final = frozenset({"builder", "users", "settings"})
"""Who holds all three rights may give herself every role; she sees and does everything."""
NOTHING: Final = FieldAccess(otherwise=Level.HIDDEN)


@dataclass(frozen=True, slots=True)
class Given:
    """One grant with the role it stands in, for `explain`."""

    role: Role
    grant: Grant


@dataclass(frozen=True, eq=False)
class Rights:
    """Actions and fields; which records is decided by the filters of the grants.

    fields    the union, for the render tree
    readable  keys of fields and system fields that may be seen, masked ones too
    opened    fields that a flow's node opened, with everything inside them
    clauses   the SQL of record filters without FEEL over the form's own table, by action; built on first use
    """

    actions: frozenset[str]
    fields: FieldAccess
    readable: frozenset[str]
    writable: frozenset[str]
    masked: frozenset[str]
    given: tuple[Given, ...]
    opened: frozenset[str] = frozenset()
    clauses: dict[str, sa.ColumnElement[bool]] = field(default_factory=dict)

    def giving(self, action: str) -> tuple[Given, ...]:
        return tuple(one for one in self.given if action in one.grant.actions)


def rights_of(form: PublishedForm, roles: Iterable[Role]) -> Rights:
    """The union of what the roles grant on the form."""
    given = tuple(Given(role, grant) for role in roles for grant in role.grants if grant.form == form.key)
    actions = frozenset[str]().union(*(one.grant.actions for one in given))
    if "view" not in actions:
        actions &= {"create"}
    fields = reduce(FieldAccess.union, (one.grant.fields for one in given)) if given else NOTHING
    return _rights(form, actions, fields, given)


def all_rights(form: PublishedForm) -> Rights:
    """Of an administrator and of the system itself."""
    return _rights(form, frozenset(ACTIONS), EVERYTHING, ())


def _rights(
    form: PublishedForm, actions: frozenset[str], fields: FieldAccess, given: tuple[Given, ...]
) -> Rights:
    levels = {key: fields.level(key) for key in form.form.fields}
    levels |= {key: _of_system(fields, key) for key in SYSTEM_FIELDS}
    shown = frozenset(key for key, level in levels.items() if level is not Level.HIDDEN)
    written = frozenset(key for key, level in levels.items() if level is Level.WRITE)
    moved = WRITABLE_SYSTEM_FIELDS if "transfer" in actions else frozenset[str]()
    return Rights(
        actions,
        fields,
        shown if actions else frozenset(),
        (written - frozenset(SYSTEM_FIELDS)) | moved if actions & {"create", "edit"} else frozenset(),
        frozenset(key for key, level in levels.items() if level is Level.MASK),
        given,
    )


def _of_system(fields: FieldAccess, key: str) -> Level:
    """System fields are readable unless a grant names them; nobody writes them by a field right."""
    level = fields.levels.get(key, Level.READ)
    return Level.READ if level is Level.WRITE else level
