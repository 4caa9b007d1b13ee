"""What one person may see of what rules read and did: nothing unless her rights on the fields say so.

A rule runs on behalf of automation and reads everything (SEMANTICS §4); who looks at its runs does not.
Values of fields that she may not read, of records that she may not view, and everything worked out from them
stay closed to her, whether she builds rules or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from engine.forms.fields import FIELD_TYPES, SUBTABLE, ReferenceType
from engine.forms.system import SYSTEM
from engine.rules.language.labels import FUNCTIONS
from runtime.access.policy import Access
from runtime.access.rights import ADMINISTRATOR
from runtime.actions.doing import Word
from runtime.automation.log import ActionWords
from runtime.query.filter import EVERYTHING
from runtime.records.scene import Scene
from runtime.records.selection import PEOPLE, own_title, select_records, target_title

_ROOTS = ("record", "old")
_PLAIN = frozenset({"id", "title", "name"})
_VALUED = frozenset({"actions.did.set", "actions.did.score", "actions.did.assign"})
"""Words that tell the value of a field; where it stands is their parameter `at`."""


class Reader:
    """One person before the runs on the records of one form; `form` "" = of no record."""

    def __init__(self, scene: Scene, form: str) -> None:
        published = scene.metadata.forms.get(form)
        self._scene = scene
        self._access = None if published is None else scene.access(published)

    def sees_all(self, paths: Iterable[str], asks: Collection[str], actor: int) -> bool:
        """Whether she may see everything that was read.

        paths  dotted, as rules read them · asks: forms whose records were asked for · actor: `user`, by id
        """
        if self.is_unlimited:
            return True
        return all(map(self._sees_whole_form, asks)) and all(self.sees(path, actor) for path in paths)

    def sees(self, path: str, actor: int) -> bool:
        """Whether she may see what stands at a path of the rule's record."""
        first, *rest = path.split(".")
        me = self._scene.actor
        if first == "settings" or self._is_function(path):
            return True
        if first == "user":
            return actor == me.id or "builder" in me.rights or set(rest) <= _PLAIN
        if first in _ROOTS:
            return not rest or self._field(self._access, rest)
        return self._field(self._access, [first, *rest])

    def _is_function(self, path: str) -> bool:
        """Whether a name among what was read is no field but a function that looks at people or changes."""
        fields = {} if self._access is None else self._access.form.form.fields
        return path in FUNCTIONS and path not in fields

    def _field(self, access: Access | None, way: list[str]) -> bool:
        key, *rest = way
        if access is None or key not in access.readable - access.masked:
            return False
        return self._behind(access, key, rest) if rest else self._sees_rows(access, key)

    @staticmethod
    def _sees_rows(access: Access, key: str) -> bool:
        """A sub-table as a whole holds what all of its fields hold; in other fields nothing is hidden."""
        field = access.form.form.fields.get(key)
        inner = () if field is None else field.fields
        return all(access.sees(key, one) and not access.masks(key, one) for one in inner)

    def _behind(self, access: Access, key: str, rest: list[str]) -> bool:
        """Behind a reference and in a sub-table."""
        field = access.form.form.fields.get(key) or SYSTEM.get(key)
        if field is None:
            return False
        if field.type == SUBTABLE.name:
            return len(rest) == 1 and access.sees(key, rest[0]) and not access.masks(key, rest[0])
        kind = FIELD_TYPES[field.type]
        target = kind.target(field) if isinstance(kind, ReferenceType) else ""
        if len(rest) == 1 and rest[0] in _PLAIN:
            return True
        there = self._scene.metadata.forms.get(target)
        if target in PEOPLE or there is None:
            return False
        beyond = self._scene.access(there)
        return _views_all(beyond) and self._field(beyond, rest)

    def _sees_whole_form(self, form: str) -> bool:
        published = self._scene.metadata.forms.get(form)
        if published is None:
            return False
        access = self._scene.access(published)
        return _views_all(access) and all(self._field(access, [key]) for key in published.form.fields)

    def open_actions(self, actions: Iterable[ActionWords]) -> tuple[ActionWords, ...]:
        """The words about fields that she may read; all other words tell no values."""
        kept = (ActionWords(one.action, tuple(filter(self._tells, one.words))) for one in actions)
        return tuple(one for one in kept if one.words)

    def _tells(self, word: Word) -> bool:
        if word.code not in _VALUED:
            return True
        form, _, field = str(word.params.get("at", "")).partition(".")
        if self._access is not None and form == self._access.form.key:
            return self._field(self._access, [field])
        there = self._scene.metadata.forms.get(form)
        if there is None:
            return False
        access = self._scene.access(there)
        return _views_all(access) and self._field(access, [field])

    def titles(self, conn: sa.Connection, records: Collection[int]) -> Mapping[int, str]:
        """Those of the records that she may view, with their titles; deleted ones too. One statement."""
        access = self._access
        if access is None or not access.allows("view") or not records:
            return {}
        form, seen = access.form, access.records("view")
        selection = select_records(form, self._scene.metadata.forms, (), {})
        wanted = form.table.c.id.in_(sorted(records))
        statement = sa.select(*selection.columns).select_from(selection.source).where(wanted, seen.clause)
        found: dict[int, str] = {}
        for row in conn.execute(statement, dict(seen.params)):
            loaded = selection.read(row)
            titles = {
                target: target_title(target, values, self._scene.metadata.forms, self._scene.language)
                for target, values in loaded.targets.items()
            }
            found[int(row.id)] = own_title(form, loaded.values, titles, self._scene.language)
        return found

    @property
    def is_unlimited(self) -> bool:
        """Whether she sees and does everything anyway."""
        return self._scene.actor.rights >= ADMINISTRATOR

    @property
    def views_all(self) -> bool:
        """Whether there is no record of the form that she may not view."""
        return self._access is None or _views_all(self._access)


def _views_all(access: Access) -> bool:
    return access.allows("view") and access.records("view") is EVERYTHING
