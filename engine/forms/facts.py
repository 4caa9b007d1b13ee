"""What an evaluation knows beyond the record: who acts, when, and the records that were loaded for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from engine.forms.expressions import Expression
from engine.forms.fields import FIELD_TYPES
from engine.forms.model import NOTHING, Form
from engine.forms.scope import HOPS
from engine.forms.system import SYSTEM
from engine.values import DateTime, Reference, from_python


@dataclass(frozen=True, slots=True)
class Related:
    """A record that a reference points to.

    title    as people see it
    values   stored values of the fields that `CompiledForm.relation_reads` asks for
    """

    title: str | None
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)


NOBODY: Mapping[str, Mapping[int, Related]] = MappingProxyType({})


Answering = Callable[[Expression, Mapping[str, object]], Mapping[str, object]]
"""(expression, the names it sees) -> answer by name of the query."""


def nothing_found(_expression: Expression, _names: Mapping[str, object]) -> Mapping[str, object]:
    """Where there are no other records: every answer is null."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class Facts:
    """One evaluation's surroundings; the same `now` for all of it.

    user       FEEL context, see `engine.forms.scope.USER`
    zone       the workspace's
    related    by form key (`user` and `department` included) and id
    settings   FEEL context by solution
    answers    what the queries of an expression find (`Compiled.queries`), for the names it sees
    """

    user: Mapping[str, object]
    now: DateTime
    zone: ZoneInfo
    related: Mapping[str, Mapping[int, Related]] = field(default_factory=lambda: NOBODY)
    settings: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    answers: Answering = nothing_found

    @classmethod
    def at(
        cls,
        moment: datetime,
        zone: ZoneInfo,
        user: Mapping[str, object],
        related: Mapping[str, Mapping[int, Related]] = NOBODY,
        settings: Mapping[str, object] = NOTHING,
    ) -> Facts:
        """Facts at an aware `moment`, seen in the workspace's zone."""
        now = from_python(moment, zone)
        assert isinstance(now, DateTime)
        return cls(user, now, zone, related, settings)


class RecordWorld:
    """References as FEEL contexts that equal each other by id, as far as `hops` relations lead."""

    def __init__(self, forms: Mapping[str, Form], facts: Facts, hops: int = HOPS) -> None:
        self._forms = forms
        self._facts = facts
        self._user = Reference(facts.user)
        self._hops = hops

    @property
    def zone(self) -> ZoneInfo:
        return self._facts.zone

    def reference(self, form: str, identity: int) -> Reference:
        """`{id, title}` and the loaded fields; the acting user is the same context as `user`."""
        if form == "user" and identity == self._facts.user.get("id"):
            return self._user
        found = self._facts.related.get(form, {}).get(identity)
        context = Reference(id=identity, title=found.title if found else None)
        if found is not None and found.values and self._hops > 0 and form in self._forms:
            nearer = RecordWorld(self._forms, self._facts, self._hops - 1)
            context |= nearer.fields_of(self._forms[form], found.values)
        return context

    def fields_of(self, form: Form, values: Mapping[str, object]) -> dict[str, object]:
        """Stored values of a record as expressions see them."""
        known = {**form.fields, **SYSTEM}
        return {
            name: FIELD_TYPES[known[name].type].to_feel(known[name], value, self)
            for name, value in values.items()
            if name in known
        }
