"""A process state as canonical JSON and back: the same state gives the same text, and reading loses nothing.

What is empty is left out, so that a state stays small. A number of `vars` that is no integer is written as
`{"$decimal": "…"}`, because readers of JSON would make a float of it; keys that begin with `$` get one more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.flows.state import (
    STATE_FORMAT,
    Activation,
    Item,
    ItemStatus,
    NodeResult,
    Phase,
    ProcessState,
    ProcessStatus,
    Token,
)
from engine.problems import DefinitionError, Problem

_DECIMAL: Final = "$decimal"

Json = Mapping[str, Any]


def dump_state(state: ProcessState) -> str:
    """Canonical JSON: sorted keys, no spaces, non-ASCII as it is."""
    document = {
        "format": state.format,
        "initiator": state.initiator,
        "seq": state.seq,
        "status": state.status,
        "outcome": state.outcome,
        "by_rule": state.by_rule,
        "tokens": [_dump_token(state.tokens[key]) for key in sorted(state.tokens)],
        "activations": [_dump_activation(state.activations[key]) for key in sorted(state.activations)],
        "results": {node: _dump_result(result) for node, result in state.results.items()},
        "vars": {name: _dump_value(value) for name, value in state.vars.items()},
    }
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load_state(text: str) -> ProcessState:
    """The state that `dump_state` wrote.

    Raises DefinitionError `flow.state.format` for a format this program does not know: a newer one wrote it.
    """
    document = json.loads(text)
    if document["format"] != STATE_FORMAT:
        params = {"found": document["format"], "known": STATE_FORMAT}
        raise DefinitionError([Problem("flow.state.format", params=params)])
    return ProcessState(
        initiator=document["initiator"],
        seq=document["seq"],
        status=ProcessStatus(document["status"]),
        outcome=document["outcome"],
        by_rule=document["by_rule"],
        tokens={entry["id"]: _load_token(entry) for entry in document["tokens"]},
        activations={entry["number"]: _load_activation(entry) for entry in document["activations"]},
        results={node: _load_result(entry) for node, entry in document["results"].items()},
        vars={name: _load_value(value) for name, value in document["vars"].items()},
    )


def _without_empty(entry: Json) -> Json:
    return {name: value for name, value in entry.items() if value}


def _dump_token(token: Token) -> Json:
    return _without_empty(
        {
            "id": token.id,
            "node": token.node,
            "flow": token.flow,
            "past": dict(token.past),
            "activation": token.activation,
            "incident": token.incident,
            "done": token.done,
        }
    )


def _load_token(entry: Json) -> Token:
    return Token(
        id=entry["id"],
        node=entry["node"],
        flow=entry.get("flow", ""),
        past=entry.get("past", {}),
        activation=entry.get("activation", 0),
        incident=entry.get("incident", ""),
        done=entry.get("done", False),
    )


def _dump_activation(activation: Activation) -> Json:
    return _without_empty(
        {
            "number": activation.number,
            "node": activation.node,
            "token": activation.token,
            "phase": activation.phase,
            "items": [_dump_item(item) for item in activation.items],
            "votes": activation.votes,
        }
    )


def _load_activation(entry: Json) -> Activation:
    return Activation(
        number=entry["number"],
        node=entry["node"],
        token=entry["token"],
        phase=Phase(entry["phase"]),
        items=tuple(_load_item(item) for item in entry.get("items", ())),
        votes=tuple(entry.get("votes", ())),
    )


def _dump_item(item: Item) -> Json:
    return _without_empty(
        {
            "task": item.task,
            "person": item.person,
            "status": item.status,
            "outcome": item.outcome,
            "by_rule": item.by_rule,
        }
    )


def _load_item(entry: Json) -> Item:
    return Item(
        task=entry["task"],
        person=entry.get("person", 0),
        status=ItemStatus(entry["status"]),
        outcome=entry.get("outcome", ""),
        by_rule=entry.get("by_rule", False),
    )


def _dump_result(result: NodeResult) -> Json:
    entry = {
        "activation": result.activation,
        "outcome": result.outcome,
        "at": result.at,
        "approvers": result.approvers,
        "decision": result.decision,
    }
    return {**_without_empty(entry), "actor": result.actor}


def _load_result(entry: Json) -> NodeResult:
    return NodeResult(
        activation=entry["activation"],
        outcome=entry["outcome"],
        actor=entry["actor"],
        at=entry["at"],
        approvers=tuple(entry.get("approvers", ())),
        decision=entry.get("decision", False),
    )


def _dump_value(value: object) -> object:
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, list | tuple):
        return [_dump_value(item) for item in value]
    if isinstance(value, Mapping):
        return {_quoted(key): _dump_value(item) for key, item in value.items()}
    return value


def _quoted(key: str) -> str:
    return "$" + key if key.startswith("$") else key


def _load_value(value: object) -> object:
    if isinstance(value, list):
        return [_load_value(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {_DECIMAL}:
            return Decimal(value[_DECIMAL])
        return {key.removeprefix("$"): _load_value(item) for key, item in value.items()}
    return value
