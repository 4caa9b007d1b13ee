"""What wakes rules, as data that outlives the transaction: a failed run is repeated with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from engine.forms.fields import FIELD_TYPES
from engine.forms.system import SYSTEM
from engine.forms.validate import read_value
from engine.problems import errors
from engine.rules.language.run import EventKind
from runtime.catalog.metadata import PublishedForm
from runtime.records.model import Action, Origin, OriginKind, RecordChange

Chain = frozenset[tuple[str, str, int]]
_KINDS: Final[Mapping[Action, EventKind]] = MappingProxyType(
    {
        Action.CREATE: EventKind.CREATED,
        Action.UPDATE: EventKind.UPDATED,
        Action.DELETE: EventKind.DELETED,
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """old      stored values before a change, None if there were none
    occurrence  tells this event from every other of its rule
    actor       id of who caused it · depth, chain: how it came about
    writer      key of the rule that made the change
    """

    kind: EventKind
    form: str
    record: int | None
    occurrence: str
    actor: int
    changed: frozenset[str] = frozenset()
    old: Mapping[str, object] | None = None
    depth: int = 0
    chain: Chain = frozenset()
    batch_id: str | None = None
    writer: str = field(default="")

    def origin(self, rule: str) -> Origin:
        """Of what the rule writes because of this event."""
        chain = self.chain if self.record is None else self.chain | {(rule, self.form, self.record)}
        return Origin(OriginKind.RULE, batch_id=self.batch_id, cause=f"rule:{rule}", chain=chain)


def event_of(change: RecordChange, actor: int) -> Event | None:
    """What rules make of a change; None for a restoration, which wakes none."""
    kind = _KINDS.get(change.action)
    if kind is None:
        return None
    own = change.origin.cause.removeprefix("rule:") if change.origin.kind is OriginKind.RULE else ""
    return Event(
        kind=kind,
        form=change.form,
        record=change.record,
        occurrence=f"{change.form}/{change.record}/{kind}/{change.new.get('rev', change.old.get('rev'))}",
        actor=actor,
        changed=change.changed,
        old=change.old or None,
        depth=change.depth,
        chain=change.origin.chain,
        batch_id=change.origin.batch_id,
        writer=own,
    )


def event_data(event: Event, form: PublishedForm | None) -> dict[str, object]:
    """Plain data; stored values as JSON values of their fields."""
    old = None if event.old is None or form is None else _values_data(form, event.old)
    return {
        "kind": event.kind.value,
        "form": event.form,
        "record": event.record,
        "occurrence": event.occurrence,
        "actor": event.actor,
        "changed": sorted(event.changed),
        "old": old,
        "depth": event.depth,
        "chain": sorted(map(list, event.chain)),
        "batch_id": event.batch_id,
    }


def read_event(data: Mapping[str, Any], form: PublishedForm | None) -> Event:
    """Values of fields that were retyped or removed meanwhile are null."""
    old = None if data["old"] is None or form is None else _read_values(form, data["old"])
    return Event(
        kind=EventKind(data["kind"]),
        form=data["form"],
        record=data["record"],
        occurrence=data["occurrence"],
        actor=data["actor"],
        changed=frozenset(data["changed"]),
        old=old,
        depth=data["depth"],
        chain=frozenset((rule, at, record) for rule, at, record in data["chain"]),
        batch_id=data["batch_id"],
    )


def moment_text(moment: datetime) -> str:
    return moment.isoformat()


def _values_data(form: PublishedForm, values: Mapping[str, object]) -> dict[str, object]:
    known = {**SYSTEM, **form.form.fields}
    return {
        key: FIELD_TYPES[known[key].type].to_json(known[key], value)
        for key, value in values.items()
        if key in known and value is not None
    }


def _read_values(form: PublishedForm, data: Mapping[str, object]) -> dict[str, object]:
    known = {**SYSTEM, **form.form.fields}
    read = {key: read_value(known[key], json) for key, json in data.items() if key in known}
    return {key: None if errors(one.problems) else one.value for key, one in read.items()}
