"""Who decides at a user task, by which vote, and what happens in the awkward cases.

Source of the semantics: the approval rules Chinese products share (会签, 或签, 依次, 空审批人, 自审, 去重).
A rule is part of a flow's definition; people are found by the runtime, which answers `Need` with `Resolved`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class ResolverKind(StrEnum):
    """How people are found.

    USER one person by login · ROLE everybody with a role · MANAGER the n-th superior of the initiator (or
    of `of`) · DEPT_HEAD the heads of the main department of the same · FIELD the members in a field of the
    record · INITIATOR who started the process · ADMIN the administrators of flows, for `OnEmpty.ADMIN` only.
    """

    USER = "user"
    ROLE = "role"
    MANAGER = "manager"
    DEPT_HEAD = "dept_head"
    FIELD = "field"
    INITIATOR = "initiator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Resolver:
    """One way to find people.

    ref    login, role key or path of a member field, by kind
    level  for MANAGER: 1 = direct superior
    of     for MANAGER and DEPT_HEAD: path of a member field; empty means the initiator
    """

    kind: ResolverKind
    ref: str = ""
    level: int = 1
    of: str = ""


class OnEmpty(StrEnum):
    """What a node does that has nobody to ask. USERS asks `ApprovalRule.empty_users`."""

    PASS = "pass"  # noqa: S105 - a word of the definition, no secret
    REJECT = "reject"
    USERS = "users"
    ADMIN = "admin"
    INCIDENT = "incident"


class OnSelf(StrEnum):
    """What happens to the initiator among the people: stays, is left out, or is replaced by a superior."""

    ALLOW = "allow"
    SKIP = "skip"
    MANAGER = "manager"
    DEPT_HEAD = "dept_head"


class Dedupe(StrEnum):
    """Whose earlier yes counts again: nobody's, that of the approval just before in the branch, or any's."""

    NONE = "none"
    CONSECUTIVE = "consecutive"
    ANY_EARLIER = "any_earlier"


class RejectWhen(StrEnum):
    """Under mode `all`: whether the first rejection decides, or everybody is heard first."""

    FIRST = "first"
    AFTER_ALL = "after_all"


class TaskKind(StrEnum):
    """APPROVE decides yes or no · WORK does something and reports it done (办理)."""

    APPROVE = "approve"
    WORK = "work"


class Opinion(StrEnum):
    """Whether the person may, must or cannot add words to an action."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


Label = str | Mapping[str, str]
"""Shown text: one string, or one per language."""

APPROVED: Final = "approved"
REJECTED: Final = "rejected"
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a task.

    id       `approve` and `reject` at approvals; the author's word at work tasks
    outcome  what the node's outcome becomes when this action decides
    """

    id: str
    outcome: str
    label: Label = ""
    opinion: Opinion = Opinion.OPTIONAL


APPROVE_ACTIONS: Final = (Action("approve", APPROVED), Action("reject", REJECTED))
WORK_ACTIONS: Final = (Action("complete", DONE),)


class FieldAccess(StrEnum):
    """What a task allows with a field of the record."""

    HIDDEN = "hidden"
    READ = "read"
    WRITE = "write"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class FieldRights:
    """Field access at one node; a column of a sub-table is named `lines.amount`.

    Without `default` the fields that are not named keep the access the person has anyway.
    """

    default: FieldAccess | None = None
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Everything a user task says about its people; `mode` is a key of `approvals.APPROVAL_MODES`."""

    kind: TaskKind
    mode: str
    who: tuple[Resolver, ...]
    reject: RejectWhen = RejectWhen.FIRST
    on_empty: OnEmpty = OnEmpty.ADMIN
    on_self: OnSelf = OnSelf.ALLOW
    dedupe: Dedupe = Dedupe.NONE
    empty_users: tuple[Resolver, ...] = ()
    actions: tuple[Action, ...] = APPROVE_ACTIONS
    fields: FieldRights = field(default_factory=FieldRights)

    def action(self, action_id: str) -> Action | None:
        return next((action for action in self.actions if action.id == action_id), None)
