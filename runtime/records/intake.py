"""What comes in: which of it the actor may give, and the stored values it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.forms.model import Field
from engine.forms.system import SYSTEM
from engine.forms.validate import Input
from engine.keys import WRITABLE_SYSTEM_FIELDS, nearest
from engine.problems import Problem, pointer
from runtime.access.policy import Access
from runtime.catalog.metadata import PublishedForm
from runtime.records.model import Origin, Target

_TARGETS: Final[Mapping[str, str]] = {"owner": "user", "department": "department"}


@dataclass(frozen=True, slots=True)
class Intake:
    """values   stored values of the given fields; `owner` and `department` are in `moved`
    given    keys of the fields that were given
    """

    values: Mapping[str, object]
    moved: Mapping[str, int | None]
    problems: tuple[Problem, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """What `owner` and `department` point to."""
        return tuple((_TARGETS[key], value) for key, value in self.moved.items() if value is not None)


def take_in(access: Access, data: Mapping[str, object], origin: Origin, *, created: bool) -> Intake:
    """Check JSON values against the actor's field rights, then against the form.

    Fields the actor may not see are unknown to her: the same answer as for fields that do not exist.
    """
    own = {key: json for key, json in data.items() if key not in WRITABLE_SYSTEM_FIELDS}
    refused = () if origin.is_automatic else tuple(_refused(access, own))
    open_values = {
        key: json for key, json in own.items() if key not in {p.params.get("name") for p in refused}
    }
    validators = access.form.compiled.validators
    exempt = _exempt(access.form, own, origin)
    read = validators.create if created else validators.patch
    found = read(open_values, exempt=exempt)
    moved = {key: json for key, json in data.items() if key in WRITABLE_SYSTEM_FIELDS}
    ownership = _moved(access, moved, origin)
    values = {
        key: value for key, value in ownership.values.items() if value is None or isinstance(value, int)
    }
    return Intake(found.values, values, (*refused, *found.problems, *ownership.problems))


def _refused(access: Access, data: Mapping[str, object]) -> list[Problem]:
    """Fields outside the actor's rights."""
    form = access.form.form
    problems = []
    for key in data:
        if key in form.fields and key not in access.readable:
            params = {"name": key, "nearest": nearest(key, access.readable & form.fields.keys()) or ""}
            problems.append(Problem("form.value.unknown", pointer(key), params))
        elif key in form.fields and form.fields[key].fields and key in access.writable:
            problems += _refused_rows(access, form.fields[key], data[key])
        elif key in form.fields and key not in access.writable:
            problems.append(
                Problem("records.field.closed", pointer(key), {"name": key, "label": form.fields[key].label})
            )
    return problems


def _refused_rows(access: Access, subtable: Field, json: object) -> Iterator[Problem]:
    """Fields inside rows that the actor may not see or not write."""
    for at, row in _given_rows(json):
        for inner in row:
            if inner not in subtable.fields or access.writes(subtable.key, inner):
                continue
            place = pointer(subtable.key) + at + pointer(inner)
            if access.sees(subtable.key, inner):
                params = {"name": subtable.key, "label": subtable.fields[inner].label}
                yield Problem("records.field.closed", place, params)
            else:
                yield Problem("form.value.unknown", place, {"name": subtable.key, "nearest": ""})


def _given_rows(json: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The values of the rows of a creation or of row operations, each with its place."""
    parts = {"": json} if isinstance(json, list) else json
    for part, rows in parts.items() if isinstance(parts, Mapping) else ():
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            values = row.get("values") if isinstance(row, Mapping) else None
            if isinstance(values, Mapping):
                yield (pointer(part) if part else "") + pointer(index, "values"), values


def _exempt(form: PublishedForm, data: Mapping[str, object], origin: Origin) -> frozenset[str]:
    """Read-only fields that a rule, a flow or a flow's node may set all the same."""
    opened = data.keys() if origin.is_automatic else origin.allow
    return frozenset(key for key in opened if key in form.form.fields and _may_be_set(form.form.fields[key]))


def _may_be_set(field: Field) -> bool:
    return not field.is_computed and field.type != "auto_number"


def _moved(access: Access, data: Mapping[str, object], origin: Origin) -> Input:
    """Owner and department, which change by the right `transfer`."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for key, json in data.items():
        identity = json.get("id") if isinstance(json, Mapping) else json
        label = SYSTEM[key].label
        if isinstance(identity, bool) or not (identity is None or isinstance(identity, int)):
            problems.append(
                Problem("form.value.type", pointer(key), {"label": label, "expected": SYSTEM[key].type})
            )
        elif identity is None and key == "owner":
            problems.append(Problem("form.value.required", pointer(key), {"field": key, "label": label}))
        elif not origin.is_automatic and not _may_move(access, key, identity):
            problems.append(Problem("records.field.transfer", pointer(key), {"name": key, "label": label}))
        else:
            values[key] = identity
    return Input(values, tuple(problems))


def _may_move(access: Access, key: str, identity: int | None) -> bool:
    """Saying what would be so anyway needs no right."""
    actor = access.actor
    usual = actor.id if key == "owner" else actor.main_department
    return access.allows("transfer") or identity == usual
