"""What publishing would do, said before it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.apps.kinds import Ref
from engine.forms.model import Label
from engine.problems import Problem


class ItemKind(StrEnum):
    """What one line of a plan is about."""

    ADD_TABLE = "add_table"
    ADD_COLUMN = "add_column"
    UNMAP_COLUMN = "unmap_column"
    RETYPE_COLUMN = "retype_column"
    ADD_INDEX = "add_index"
    BROKEN_REFERENCE = "broken_reference"
    RUNNING_PROCESSES = "running_processes"
    METADATA = "metadata"


class Danger(StrEnum):
    """ATTENTION is for the person to weigh; BLOCKING cannot be published."""

    NONE = "none"
    ATTENTION = "attention"
    BLOCKING = "blocking"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan.

    code, params   the sentence that says it, in the texts of this room
    form, field    what it is about; `lines.amount` is a column of a sub-table
    rows_at_risk   values that would no longer be seen, or that cannot be converted; None = there can be none
    problem        of a broken reference: what would be wrong there
    physical       table and column that hold it now, or the place of a broken reference: for technicians
    """

    kind: ItemKind
    ref: Ref
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    form: str = ""
    field: str = ""
    label: Label = ""
    type: str = ""
    rows_at_risk: int | None = None
    danger: Danger = Danger.NONE
    problem: Problem | None = None
    physical: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that publishing a set of definitions would do.

    problems   of the definitions in the set; errors block, warnings do not
    """

    items: tuple[PlanItem, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def columns_added(self) -> int:
        return sum(item.kind is ItemKind.ADD_COLUMN for item in self.items)

    @property
    def blocked(self) -> bool:
        dangerous = any(item.danger is Danger.BLOCKING for item in self.items)
        return dangerous or any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Published:
    """What was put in force, and the plan that was carried out."""

    versions: Mapping[Ref, int]
    plan: Plan


def stored_plan(plan: Plan) -> list[dict[str, object]]:
    """The plan as it is kept with the version: plain data, no texts."""
    return [
        {
            "kind": str(item.kind),
            "form": item.form,
            "field": item.field,
            "type": item.type,
            "rows_at_risk": item.rows_at_risk,
            "danger": str(item.danger),
        }
        for item in plan.items
    ]
