"""What identity is told about roles, whose definitions lie in the catalog above it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.model import label_text
from runtime.catalog.catalog import Catalog
from runtime.catalog.definitions import CATALOG_STAMP
from runtime.db.stamps import Stamps
from runtime.db.workspace import Workspace
from runtime.http.call import Call
from runtime.identity.directory import Person, list_people
from runtime.public.sign_in import DemoPerson


class RoleBook:
    """Labels and rights of roles, as they are in force."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def rights_of(self, workspace: Workspace, stamps: Stamps, roles: frozenset[str]) -> frozenset[str]:
        return self._catalog.current(workspace, stamps.get(CATALOG_STAMP, 0)).rights_of(roles)

    def labels(self, call: Call) -> Mapping[str, object]:
        """Label of each role by key, as it stands in its definition."""
        return {key: role.label for key, role in self._catalog.for_call(call).roles.items()}

    def demo_people(self, workspace: Workspace, language: str) -> tuple[DemoPerson, ...]:
        """The demo's people, one button each: those who hold a role, in the order they were made."""
        with workspace.database.read() as connection:
            people = [person for person in list_people(connection, limit=200) if person.roles]
            roles = self._catalog.load(connection, workspace).roles
        labels = {key: label_text(role.label, language) for key, role in roles.items()}
        return tuple(_button(person, labels) for person in sorted(people, key=lambda person: person.id))


def _button(person: Person, labels: Mapping[str, str]) -> DemoPerson:
    title = labels.get(person.roles[0], person.roles[0])
    return DemoPerson(person.login, person.name, title, person.post or person.department or "")
