"""Records, groups and history as the API shows them; numbers stay exact (`runtime.db.exact_json`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.forms.fields import FIELD_TYPES, SUBTABLE
from engine.forms.model import Field, Row
from engine.forms.system import SYSTEM
from engine.rules.feel import Trace
from engine.values import Date, DateTime, DayTimeDuration, Range, Time, YearMonthDuration, temporal_text
from runtime.access.explain import Explanation
from runtime.access.policy import Access
from runtime.records.history import MASK, reference_target
from runtime.records.model import FieldChange, Group, HeldBy, HistoryEntry, Page, RecordView, Target

Json = dict[str, object]
_TEMPORAL = (Date, Time, DateTime, DayTimeDuration, YearMonthDuration)


def record_json(access: Access, view: RecordView) -> Json:
    """`{id, rev, title, values, …}`; `actions` where they were asked for, `warnings` after a save, `held_by`
    where a process holds something."""
    fields, masked = access.form.form.fields, view.masked
    values = {
        key: (None if value is None else MASK)
        if key in masked
        else _shown(access, fields.get(key) or SYSTEM[key], value, view.titles)
        for key, value in view.values.items()
        if key not in _APART
    }
    found: Json = {"id": view.id, "rev": view.rev, "title": view.title, "values": values}
    if view.actions is not None:
        found["actions"] = sorted(view.actions)
    if view.deleted_at is not None:
        found["deleted_at"] = view.deleted_at
    if view.held_by:
        found["held_by"] = [_held_json(one) for one in view.held_by]
    return found


def _held_json(held: HeldBy) -> Json:
    """`fields` null: all of them."""
    fields = None if held.fields is None else sorted(held.fields)
    return {"process": held.process, "flow": {"key": held.flow, "label": held.label}, "fields": fields}


_APART = frozenset({"id", "rev", "deleted_at"})


def _shown(access: Access, field: Field, value: object, titles: Mapping[Target, str]) -> object:
    if field.type == SUBTABLE.name:
        return [_row_json(access, field, row, titles) for row in (value if isinstance(value, tuple) else ())]
    return value_json(field, value, titles)


def _row_json(access: Access, subtable: Field, row: Row, titles: Mapping[Target, str]) -> Json:
    values = {
        key: (MASK if value is not None else None)
        if access.masks(subtable.key, key)
        else value_json(subtable.fields[key], value, titles)
        for key, value in row.values.items()
        if key in subtable.fields
    }
    return {"id": row.id, "values": values}


def value_json(field: Field, value: object, titles: Mapping[Target, str]) -> object:
    """One stored value; references with the title of their target."""
    if value is None:
        return None
    if isinstance(value, int) and (target := reference_target(field)) is not None:
        return {"id": value, "title": titles.get((target, value))}
    return FIELD_TYPES[field.type].to_json(field, value)


def page_json(access: Access, page: Page, cursor: str | None) -> Json:
    return {
        "items": [record_json(access, one) for one in page.items],
        "next": cursor,
        "count": {"value": page.count.value, "exact": page.count.exact},
    }


def group_json(access: Access, group: Group) -> Json:
    fields = {key: access.form.form.fields.get(key) or SYSTEM[key] for key in group.key}
    key = {name: value_json(fields[name], value, group.titles) for name, value in group.key.items()}
    return {"key": key, "values": dict(group.values)}


def history_json(access: Access, entry: HistoryEntry) -> Json:
    return {
        "id": entry.id,
        "rev": entry.rev,
        "at": entry.at,
        "actor": {"id": entry.actor, "name": entry.actor_name},
        "action": entry.action,
        "cause": entry.cause,
        "changes": [_change_json(access, change) for change in entry.changes],
    }


def _change_json(access: Access, change: FieldChange) -> Json:
    known = {**SYSTEM, **access.form.form.fields}
    outer = known.get(change.subtable or change.field)
    field = outer.fields.get(change.field) if outer is not None and change.subtable else outer
    shown: Json = {
        "field": change.field,
        "label": field.label if field is not None else change.field,
        "old": change.old,
        "new": change.new,
    }
    if change.subtable is not None:
        shown |= {"subtable": change.subtable, "row": change.row}
    return shown


def explanation_json(found: Explanation) -> Json:
    reasons = [
        {
            "kind": one.kind,
            "granted": one.granted,
            "detail": one.detail,
            **({"role": {"key": one.role, "label": one.label}, "filter": one.filter} if one.role else {}),
            **({"source": one.source, "reason": one.reason} if one.kind == "share" else {}),
        }
        for one in found.reasons
    ]
    return {"action": found.action, "allowed": found.allowed, "reasons": reasons}


def feel_json(value: object) -> object:
    """A FEEL value as JSON: dates and durations as their ISO text."""
    if isinstance(value, _TEMPORAL):
        return temporal_text(value)
    if isinstance(value, Mapping):
        return {str(key): feel_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [feel_json(item) for item in value]
    if isinstance(value, Range):
        return {"low": feel_json(value.low), "high": feel_json(value.high)}
    return value if value is None or isinstance(value, str | bool | int) or _is_number(value) else str(value)


def _is_number(value: Any) -> bool:
    return hasattr(value, "as_tuple")


def trace_json(trace: Trace) -> Json:
    return {
        "span": {"start": trace.span.start, "end": trace.span.end},
        "text": trace.text,
        "value": feel_json(trace.value),
        "evaluated": trace.evaluated,
        "omitted": trace.omitted,
        "children": [trace_json(one) for one in trace.children],
    }
