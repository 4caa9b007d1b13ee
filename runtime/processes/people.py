"""Finding the people of a node: each resolver's answer from identity and the record's member fields."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import sqlalchemy as sa

from engine.flows.events import Answer, Facts, Person
from engine.flows.rule import Resolver, ResolverKind
from runtime.catalog.metadata import Metadata
from runtime.identity import asking, directory
from runtime.identity.roles import ADMIN

Found = Sequence[int]
_MAY_HAVE_LEFT: Final = frozenset({ResolverKind.USER, ResolverKind.FIELD, ResolverKind.INITIATOR})
"""The others find only people who work here."""


class People:
    """Answers the `Need`s of one process within one unit of work.

    initiator    user id of who started the process
    admin_roles  whose holders are asked where nobody else can be
    """

    def __init__(self, conn: sa.Connection, initiator: int, admin_roles: Collection[str]) -> None:
        self._conn = conn
        self._initiator = initiator
        self._admin_roles = admin_roles

    def resolve(self, resolvers: Sequence[Resolver], facts: Facts) -> tuple[Answer, ...]:
        """The people of each resolver, in the order they are asked; deactivated people are marked."""
        found = [(resolver, self._find(resolver, facts)) for resolver in resolvers]
        unsure = {user for resolver, users in found if resolver.kind in _MAY_HAVE_LEFT for user in users}
        gone = unsure - asking.working(self._conn, unsure)
        return tuple(
            Answer(resolver, tuple(Person(user, user not in gone) for user in users))
            for resolver, users in found
        )

    def _find(self, resolver: Resolver, facts: Facts) -> Found:
        found: Found
        match resolver.kind:
            case ResolverKind.USER:
                found = _one(asking.user_by_login(self._conn, resolver.ref))
            case ResolverKind.ROLE:
                found = directory.users_with_role(self._conn, resolver.ref)
            case ResolverKind.MANAGER:
                above = [
                    directory.manager_of(self._conn, user, resolver.level)
                    for user in self._of(resolver, facts)
                ]
                found = [user for one in above for user in _one(one)]
            case ResolverKind.DEPT_HEAD:
                found = [
                    head
                    for user in self._of(resolver, facts)
                    for head in asking.heads_above(self._conn, user)
                ]
            case ResolverKind.FIELD:
                found = people_in(facts.record, resolver.ref)
            case ResolverKind.INITIATOR:
                found = (self._initiator,)
            case ResolverKind.ADMIN:
                found = asking.holders_of(self._conn, self._admin_roles)
        return tuple(dict.fromkeys(found))

    def _of(self, resolver: Resolver, facts: Facts) -> Found:
        return people_in(facts.record, resolver.of) if resolver.of else (self._initiator,)


def _one(user: int | None) -> Found:
    return () if user is None else (user,)


def admin_roles(metadata: Metadata) -> frozenset[str]:
    """The roles whose holders look after flows: those with the right `settings`; `admin` always has it."""
    return frozenset({ADMIN, *(key for key, role in metadata.roles.items() if "settings" in role.rights)})


def people_in(record: Mapping[str, object], path: str) -> Found:
    """User ids in a member field, or in a member column of a sub-table's rows (`lines.buyer`)."""
    values: list[object] = [record]
    for part in path.split("."):
        values = [inner for value in values for inner in _entries(value, part)]
    return tuple(dict.fromkeys(user for value in values if (user := _user_id(value)) is not None))


def _entries(value: object, part: str) -> list[object]:
    inner = value.get(part) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, list) else [inner]


def _user_id(value: object) -> int | None:
    user = value.get("id") if isinstance(value, Mapping) else None
    return int(user) if isinstance(user, int) else None
