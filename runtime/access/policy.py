"""The one policy: (actor, action, form) → which records, which fields (DESIGN §7). Default: nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from engine.forms.roles import FieldAccess, Level
from engine.rules.feel import ContextType, FeelType, Scope
from runtime.access.filters import actor_params, granted_records, with_shared
from runtime.access.moment import Moment
from runtime.access.rights import ADMINISTRATOR, Rights, all_rights, rights_of
from runtime.access.tables import record_share
from runtime.catalog.metadata import Metadata, PublishedForm
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM, Actor
from runtime.http.errors import Forbidden
from runtime.query.filter import EVERYTHING, BoundFilter
from runtime.query.names import field_names, plan_of

_ON_SHARED: Final[Mapping[str, tuple[str, ...]]] = {
    "view": ("read", "edit"),
    "print": ("read", "edit"),
    "edit": ("edit",),
}
"""What a share opens, by action: the levels that are enough."""


@dataclass(frozen=True, eq=False)
class Access:
    """What one actor may do with the records of one form, at one moment."""

    form: PublishedForm
    metadata: Metadata
    rights: Rights
    moment: Moment
    unlimited: bool

    @property
    def actor(self) -> Actor:
        return self.moment.actor

    @property
    def readable(self) -> frozenset[str]:
        """Keys of fields and system fields; masked ones are among them."""
        return self.rights.readable

    @property
    def writable(self) -> frozenset[str]:
        return self.rights.writable

    @property
    def masked(self) -> frozenset[str]:
        return self.rights.masked

    def sees(self, key: str, inner: str) -> bool:
        """Whether a field of a sub-table may be seen, masked or not."""
        return self.rights.fields.level(key, inner) is not Level.HIDDEN or key in self.rights.opened

    def writes(self, key: str, inner: str) -> bool:
        return self.rights.fields.level(key, inner) is Level.WRITE or key in self.rights.opened

    def masks(self, key: str, inner: str) -> bool:
        return self.rights.fields.level(key, inner) is Level.MASK and key not in self.rights.opened

    @property
    def fields(self) -> FieldAccess:
        return self.rights.fields

    @property
    def actions(self) -> frozenset[str]:
        """What she may do with some record of the form; empty = the form does not exist for her."""
        return self.rights.actions

    def allows(self, action: str) -> bool:
        return action in self.rights.actions

    def require(self, action: str) -> None:
        """Raises Forbidden `access.action` with the form and the action."""
        if not self.allows(action):
            raise Forbidden.because("access.action", form=self.form.form.label, action=action)

    def records(self, action: str, source: sa.FromClause | None = None) -> BoundFilter:
        """Which records the action may touch: record filter or share. `source` is an alias of the table.

        With the same rights and pattern the clause is the same, for caches of statements.
        """
        if self.unlimited:
            return EVERYTHING
        known = self.rights.clauses.get(action) if source is None else None
        if known is not None:
            return (
                BoundFilter(known, self._plain_params(), ()) if known is not EVERYTHING.clause else EVERYTHING
            )
        bound = self._bound(action, self.form.table if source is None else source)
        if source is None and not bound.pattern:
            self.rights.clauses[action] = bound.clause
        return bound

    def _bound(self, action: str, source: sa.FromClause) -> BoundFilter:
        grants = self.rights.giving(action)
        of_roles = granted_records(grants, self.form, self.metadata, source, self.moment)
        levels = on_shared(action)
        if not levels or of_roles is EVERYTHING:
            return of_roles
        clause = with_shared(grants, of_roles.clause, _shared(self.form.key, source, levels), source)
        return BoundFilter(clause, {**of_roles.params, **self._share_params()}, of_roles.pattern)

    def _plain_params(self) -> Mapping[str, object]:
        """Values of all parameters that clauses without FEEL use."""
        return {**actor_params(self.actor), **self._share_params()}

    def my_shares(self, share: sa.FromClause) -> tuple[sa.ColumnElement[bool], Mapping[str, object]]:
        """The rows of `share` that give the actor records of this form, for `explain`."""
        return _mine(self.form.key, share), self._share_params()

    def _share_params(self) -> dict[str, object]:
        return {
            "share_user": str(self.actor.id),
            "share_departments": [str(one) for one in self.actor.departments],
            "share_roles": sorted(self.actor.roles),
            "share_now": self.moment.now,
        }

    @cached_property
    def scope(self) -> Scope:
        """What free text of the actor may name: her readable fields, relations with those of their targets,
        and `user`. Any other name is unknown to it (SEMANTICS §4)."""
        known = self.form.compiled.scope.names
        open_fields = self.readable - self.masked
        names = {key: self._seen(key, known[key]) for key in field_names(self.form) & open_fields}
        return Scope({**names, "user": known["user"]})

    def _seen(self, key: str, kind: FeelType) -> FeelType:
        plan = plan_of(self.form, key)
        target = self.metadata.forms.get(plan.target or "") if plan is not None else None
        if target is None or not isinstance(kind, ContextType):
            return kind
        there = policy(self.metadata, self.moment, target)
        shown = (there.readable - there.masked) if there.allows("view") else frozenset[str]()
        return ContextType(
            fields={name: t for name, t in kind.fields.items() if name in shown | {"id", "title"}}
        )


def policy(metadata: Metadata, moment: Moment, form: PublishedForm) -> Access:
    """What the actor may do with the form's records."""
    actor = moment.actor
    unlimited = actor.id == SYSTEM.id or actor.rights >= ADMINISTRATOR
    rights = _rights(metadata, form, actor.roles, unlimited=unlimited)
    return Access(form, metadata, rights, moment, unlimited)


def access_to(workspace: Workspace, metadata: Metadata, actor: Actor, form_key: str) -> Access:
    """The same by the form's key. Raises NotFound where the actor may not even know the form."""
    form = metadata.form(form_key)
    access = policy(metadata, Moment.of(workspace, actor), form)
    if not access.actions:
        raise metadata.unknown_form(form_key)
    return access


def opened(access: Access, fields: frozenset[str]) -> Access:
    """The same inside a task: exactly the fields that the flow's node opens may be written, and are seen."""
    if not fields:
        return access
    rights = replace(
        access.rights, writable=fields, readable=access.readable | fields, masked=access.masked - fields
    )
    return replace(access, rights=rights)


_known: WeakKeyDictionary[Metadata, dict[tuple[str, frozenset[str] | None], Rights]] = WeakKeyDictionary()


def _rights(metadata: Metadata, form: PublishedForm, roles: frozenset[str], *, unlimited: bool) -> Rights:
    """Worked out once per metadata, form and set of roles; racing threads work out the same."""
    known = _known.setdefault(metadata, {})
    place = (form.key, None if unlimited else roles)
    if place not in known:
        held = (metadata.roles[key] for key in sorted(roles) if key in metadata.roles)
        known[place] = all_rights(form) if unlimited else rights_of(form, held)
    return known[place]


def on_shared(action: str) -> tuple[str, ...]:
    """The levels of a share that open a record for the action; none: no share does."""
    return _ON_SHARED.get(action, ())


def _mine(form: str, share: sa.FromClause) -> sa.ColumnElement[bool]:
    """The shares of a form's records that the actor has now."""
    c = share.c
    subject = sa.or_(
        sa.and_(c.subject_kind == "user", c.subject == _SHARE["share_user"]),
        sa.and_(c.subject_kind == "department", c.subject.in_(_SHARE["share_departments"])),
        sa.and_(c.subject_kind == "role", c.subject.in_(_SHARE["share_roles"])),
    )
    return sa.and_(c.form == form, subject, sa.or_(c.until.is_(None), c.until > _SHARE["share_now"]))


def _shared(form: str, source: sa.FromClause, levels: tuple[str, ...]) -> sa.ColumnElement[bool]:
    records = sa.select(record_share.c.record).where(
        _mine(form, record_share), record_share.c.level.in_(levels)
    )
    column: sa.ColumnElement[Any] = source.c.id
    return column.in_(records)


_SHARE: Final[Mapping[str, sa.BindParameter[Any]]] = {
    "share_user": sa.bindparam("share_user", type_=sa.String()),
    "share_departments": sa.bindparam("share_departments", type_=sa.String(), expanding=True),
    "share_roles": sa.bindparam("share_roles", type_=sa.String(), expanding=True),
    "share_now": sa.bindparam("share_now", type_=record_share.c.until.type),
}
