"""Processes and tasks as JSON: what the inbox, the record page and the flow picture show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from engine.flows.commands import TaskEnd
from engine.flows.graph import GraphNode, NodeKind
from engine.flows.rule import ApprovalRule, Opinion, TaskKind
from engine.problems import Problem, Register
from runtime.identity.directory import names_of
from runtime.processes.flows import Flow
from runtime.processes.inbox import Item
from runtime.processes.log import LogRow, read_log
from runtime.processes.service import Decided
from runtime.processes.startable import Startable
from runtime.processes.store import OPEN, RUNNING, StoredProcess, StoredTask, tasks_of

Json = dict[str, object]
_RETRY: Json = {"id": "retry", "opinion": "none"}
_SHOWN = frozenset(
    {NodeKind.USER, NodeKind.JOB, NodeKind.PATCH, NodeKind.STATUS, NodeKind.END, NodeKind.TERMINATE}
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: texts are in her language; `manages` flows: has the right `settings`."""

    register: Register
    language: str
    user: int
    manages: bool


def process_json(conn: Connection, flow: Flow, stored: StoredProcess, viewer: Viewer) -> Json:
    """The whole of a process: where it stands, who was asked, and its log; three statements."""
    tasks, rows = tasks_of(conn, stored.id), read_log(conn, stored.id)
    names = names_of(conn, _people(stored, tasks, rows))
    active = _active(stored)
    done = list(dict.fromkeys(row.node for row in rows if row.node and row.node not in active))
    nodes = [
        _node(flow, node, tasks, names, active, done) for node in flow.graph.nodes if node.kind in _SHOWN
    ]
    return {
        **summary_json(flow, stored, names),
        "actions": _process_actions(flow, stored, tasks, viewer),
        "active": active,
        "done": done,
        "nodes": nodes,
        "log": [_line(flow, row, names, viewer) for row in rows],
        "xml_url": f"/api/v1/flows/{flow.key}/xml?version={flow.version}",
    }


def decided_json(decided: Decided, names: Mapping[int, str]) -> Json:
    """What a decision led to, from what its step knows: the task and where its process stands now.

    Without the log, the people and the record's summary, which `GET /tasks` and `GET /processes` show.
    """
    flow, stored = decided.flow, decided.process
    item = Item.of(stored, decided.task)
    process = {**summary_json(flow, stored, names), "active": _active(stored)}
    return {"task": item_json(flow, item, names, ()), "process": process}


def summary_json(flow: Flow, stored: StoredProcess, names: Mapping[int, str]) -> Json:
    return {
        "id": stored.id,
        "flow": flow_json(flow),
        "form": stored.form,
        "record": {"id": stored.record, "title": stored.title},
        "status": stored.status,
        "incident": stored.incident,
        "initiator": person(stored.initiator, names),
        "started_at": stored.started_at,
        "ended_at": stored.ended_at,
    }


def flow_json(flow: Flow) -> Json:
    return {"key": flow.key, "label": flow.graph.label or flow.key, "version": flow.version}


def startable_json(one: Startable, viewer: Viewer) -> Json:
    refused = None if one.refused is None else said(one.refused, viewer)
    return {"flow": flow_json(one.flow), "refused": refused}


def _process_actions(
    flow: Flow, stored: StoredProcess, tasks: Iterable[StoredTask], viewer: Viewer
) -> list[Json]:
    """What the viewer may do with the process as a whole."""
    if stored.status != RUNNING:
        return []
    decided = any(
        task.status == TaskEnd.DONE and (task.kind != TaskKind.WORK or task.assignee != stored.initiator)
        for task in tasks
    )
    may_withdraw = viewer.manages or (viewer.user == stored.initiator and not decided)
    actions = [withdraw_json(flow)] if may_withdraw else []
    return [*actions, _RETRY] if stored.incident and viewer.manages else actions


def withdraw_json(flow: Flow) -> Json:
    settings = flow.graph.settings
    opinion = settings.withdraw.reason if settings is not None else Opinion.OPTIONAL
    return {"id": "withdraw", "opinion": opinion}


def item_json(
    flow: Flow, item: Item, names: Mapping[int, str], summary: Sequence[Json], *, manages: bool = False
) -> Json:
    """One line of a box; the single task adds `version`, which its decision sends back.

    manages   whether its reader has the right `settings`
    """
    node = flow.graph.node(item.node) if item.node in flow.graph.by_id else None
    return {
        "id": item.id,
        "kind": "task" if item.node else "process",
        "title": item.title,
        "flow": flow_json(flow),
        "node": {"id": item.node, "label": (node.label if node else "") or item.node},
        "form": item.form,
        "record": {"id": item.record, "title": item.title},
        "process": item.process,
        "process_status": item.process_status,
        "initiator": person(item.initiator, names),
        "arrived_at": item.opened_at,
        "closed_at": item.closed_at,
        "due_at": None,
        "status": item.status,
        "outcome": item.outcome or None,
        "opinion": item.opinion,
        "actions": _item_actions(flow, item, manages=manages),
        "summary": list(summary),
    }


def _item_actions(flow: Flow, item: Item, *, manages: bool) -> list[Json]:
    if not item.node:
        open_to_her = item.status == RUNNING and (manages or not item.decided)
        return [withdraw_json(flow)] if open_to_her else []
    node = flow.graph.node(item.node) if item.node in flow.graph.by_id else None
    return actions_json(node.rule) if node and node.rule and item.status == OPEN else []


def actions_json(rule: ApprovalRule) -> list[Json]:
    return [
        {"id": action.id, "outcome": action.outcome, "label": action.label, "opinion": action.opinion}
        for action in rule.actions
    ]


def person(user: int | None, names: Mapping[int, str]) -> Json | None:
    return None if user is None else {"id": user, "name": names.get(user, f"#{user}")}


def _people(stored: StoredProcess, tasks: Iterable[StoredTask], rows: Iterable[LogRow]) -> set[int]:
    people = {stored.initiator, *(task.assignee for task in tasks)}
    people |= {row.actor for row in rows if row.actor is not None}
    people |= {choice["person"] for row in rows for choice in _choices(row)}
    items = (item for one in stored.state.activations.values() for item in one.items)
    return people | {item.person for item in items}


def _choices(row: LogRow) -> list[dict[str, Any]]:
    detail = row.detail if isinstance(row.detail, dict) else {}
    return list(detail.get("choices", ()))


def _active(stored: StoredProcess) -> list[str]:
    return list(dict.fromkeys(token.node for token in stored.state.tokens.values()))


def _node(
    flow: Flow,
    node: GraphNode,
    tasks: Iterable[StoredTask],
    names: Mapping[int, str],
    active: Sequence[str],
    done: Sequence[str],
) -> Json:
    state = "active" if node.id in active else "done" if node.id in done else "ahead"
    people = [_asked(task, names) for task in tasks if task.node == node.id]
    mode = node.rule.mode if node.rule else None
    label = node.label or node.id
    return {"id": node.id, "label": label, "kind": node.kind, "mode": mode, "state": state, "people": people}


def _asked(task: StoredTask, names: Mapping[int, str]) -> Json:
    return {
        "id": task.assignee,
        "name": names.get(task.assignee, f"#{task.assignee}"),
        "status": task.status,
        "outcome": task.outcome or None,
        "opinion": task.opinion,
        "at": task.closed_at,
    }


def _line(flow: Flow, row: LogRow, names: Mapping[int, str], viewer: Viewer) -> Json:
    node = flow.graph.node(row.node) if row.node in flow.graph.by_id else None
    detail = row.detail if isinstance(row.detail, dict) else {}
    return {
        "seq": row.seq,
        "at": row.at,
        "actor": person(row.actor, names),
        "kind": row.kind,
        "node": row.node,
        "label": (node.label if node else "") or row.node,
        "outcome": row.outcome or None,
        "opinion": row.text,
        "record_rev": row.record_rev,
        "people": [{**choice, **(person(choice["person"], names) or {})} for choice in _choices(row)],
        "problem": _problem(detail.get("problem"), viewer),
    }


def _problem(stored: object, viewer: Viewer) -> Json | None:
    if not isinstance(stored, dict):
        return None
    return said(Problem(stored["code"], stored["at"], stored["params"]), viewer)


def said(problem: Problem, viewer: Viewer) -> Json:
    """A problem in the viewer's language."""
    message = viewer.register.message(problem, viewer.language)
    return {"code": problem.code, "message": message, "hint": viewer.register.hint(problem, viewer.language)}
