"""`<dg:approval>` and `<dg:work>` to an `ApprovalRule`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.flows.approvals import APPROVAL_MODES
from engine.flows.bpmn.part import Part
from engine.flows.rule import (
    APPROVE_ACTIONS,
    WORK_ACTIONS,
    Action,
    ApprovalRule,
    Dedupe,
    FieldAccess,
    FieldRights,
    OnEmpty,
    OnSelf,
    Opinion,
    RejectWhen,
    Resolver,
    ResolverKind,
    TaskKind,
)

MAX_LEVEL: Final = 20
_ATTRIBUTES: Final[Mapping[TaskKind, tuple[str, ...]]] = MappingProxyType(
    {
        TaskKind.APPROVE: ("mode", "reject", "onEmpty", "onSelf", "dedupe"),
        TaskKind.WORK: ("mode", "onEmpty", "onSelf"),
    }
)
_NEEDS_REF: Final = frozenset({ResolverKind.USER, ResolverKind.ROLE, ResolverKind.FIELD})
_OUTCOMES: Final[Mapping[str, str]] = MappingProxyType({a.id: a.outcome for a in APPROVE_ACTIONS})


def read_rule(part: Part, kind: TaskKind) -> ApprovalRule:
    """The rule as written; what is wrong is reported and read as the default."""
    part.check(*_ATTRIBUTES[kind], children=("who", "empty", "action", "fields"))
    rule = ApprovalRule(
        kind=kind,
        mode=part.word("mode", tuple(APPROVAL_MODES), "any"),
        who=tuple(_resolver(who) for who in part.parts("who")),
        reject=part.choice("reject", RejectWhen, RejectWhen.FIRST),
        on_empty=_on_empty(part, kind),
        on_self=part.choice("onSelf", OnSelf, OnSelf.ALLOW),
        dedupe=part.choice("dedupe", Dedupe, Dedupe.NONE),
        empty_users=tuple(_resolver(empty) for empty in part.parts("empty")),
        actions=_actions(part, kind),
        fields=_fields(part),
    )
    if not rule.who:
        part.refuse("flow.rule.nobody")
    if (rule.on_empty is OnEmpty.USERS) != bool(rule.empty_users):
        part.refuse("flow.rule.empty-users")
    return rule


def _on_empty(part: Part, kind: TaskKind) -> OnEmpty:
    """Work cannot be rejected, so that nobody there can do it is no rejection either."""
    known = [str(policy) for policy in OnEmpty if kind is TaskKind.APPROVE or policy is not OnEmpty.REJECT]
    return OnEmpty(part.word("onEmpty", known, str(OnEmpty.ADMIN)))


def _resolver(part: Part) -> Resolver:
    part.check("kind", "ref", "level", "of")
    part.required("kind")
    kind = part.choice("kind", ResolverKind, ResolverKind.INITIATOR)
    levels = [str(level) for level in range(1, MAX_LEVEL + 1)]
    return Resolver(
        kind=kind,
        ref=part.required("ref") if kind in _NEEDS_REF else "",
        level=int(part.word("level", levels, "1")),
        of=part.optional("of"),
    )


def _actions(part: Part, kind: TaskKind) -> tuple[Action, ...]:
    actions: dict[str, Action] = {}
    for child in part.parts("action"):
        action = _action(child, kind)
        if action.id in actions:
            child.refuse("flow.rule.action-twice", name=action.id)
        actions[action.id] = action
    return tuple(actions.values()) or (APPROVE_ACTIONS if kind is TaskKind.APPROVE else WORK_ACTIONS)


def _action(part: Part, kind: TaskKind) -> Action:
    part.check("id", "opinion", children=("label",))
    action_id = part.required("id")
    approves = kind is TaskKind.APPROVE
    return Action(
        id=action_id,
        outcome=_OUTCOMES[part.word("id", tuple(_OUTCOMES), "approve")] if approves else action_id,
        label=part.label(),
        opinion=part.choice("opinion", Opinion, Opinion.OPTIONAL),
    )


def _fields(part: Part) -> FieldRights:
    for holder in part.parts("fields"):
        holder.check("default", children=("field",))
        default = holder.choice("default", FieldAccess, FieldAccess.READ)
        return FieldRights(default if holder.has("default") else None, _field_map(holder))
    return FieldRights()


def _field_map(holder: Part) -> dict[str, FieldAccess]:
    fields: dict[str, FieldAccess] = {}
    for child in holder.parts("field"):
        child.check("name", "access")
        child.required("access")
        fields[child.required("name")] = child.choice("access", FieldAccess, FieldAccess.READ)
    return fields
