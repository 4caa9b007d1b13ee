"""Identity: the gate, and what it is told by the rooms above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from runtime.db.stamps import Stamps
from runtime.db.workspace import Workspace
from runtime.http.call import Call
from runtime.identity.directory import Person, list_people
from runtime.identity.roles import ADMIN, ALL_RIGHTS
from runtime.public.sign_in import DemoPeople, DemoPerson


def rights_of(_workspace: Workspace, _stamps: Stamps, roles: frozenset[str]) -> frozenset[str]:
    """Rights besides forms that these roles open: all for `admin`."""
    return ALL_RIGHTS if ADMIN in roles else frozenset()


def demo_people(labels_of: Callable[[Call], Mapping[str, str]]) -> DemoPeople:
    """The demo's people, one button each: those who hold a role, in the order they were made.

    labels_of  label of each role in the caller's language
    """

    def show(call: Call) -> tuple[DemoPerson, ...]:
        with call.read() as connection:
            people = [person for person in list_people(connection, limit=200) if person.roles]
        labels = labels_of(call)
        return tuple(_demo_person(person, labels) for person in sorted(people, key=lambda person: person.id))

    return show


def _demo_person(person: Person, labels: Mapping[str, str]) -> DemoPerson:
    title = labels.get(person.roles[0], person.roles[0])
    return DemoPerson(person.login, person.name, title, person.post or person.department or "")
