"""User tasks: people are found, asked, and their votes lead to the node's outcome."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import Final

from engine.flows.approvals import APPROVAL_MODES
from engine.flows.commands import CloseTask, Fate, LogEntry, LogKind, Need, OpenTask, TaskEnd
from engine.flows.events import Complete, Resolved
from engine.flows.execute.people import (
    Selection,
    all_resolvers,
    first_resolvers,
    select_people,
)
from engine.flows.execute.routing import activity_edges
from engine.flows.execute.run import Run
from engine.flows.graph import GraphNode
from engine.flows.rule import (
    APPROVED,
    REJECTED,
    Action,
    ApprovalRule,
    Dedupe,
    OnEmpty,
    Opinion,
    TaskKind,
)
from engine.flows.state import Activation, Item, ItemStatus, NodeResult, Phase, Token
from engine.problems import Problem

MAX_BY_RULE: Final = 200
"""User tasks that rules may decide one after the other before somebody has to look."""

_RESOLVING: Final = frozenset({Phase.RESOLVING, Phase.RESOLVING_ALL})


def enter_task(run: Run, node: GraphNode, token: Token) -> None:
    """A token arrives: ask who the people are.

    A loop in which a rule decides every time goes through many steps, all in one transaction; it is
    stopped here.
    """
    if run.by_rule >= MAX_BY_RULE:
        run.hold(token, Problem("flow.step.too-long", node.id, {"limit": MAX_BY_RULE}))
        return
    activation = Activation(run.number(), node.id, token.id, Phase.RESOLVING)
    run.activations[activation.number] = activation
    run.tokens[token.id] = replace(token, activation=activation.number)
    run.command(Need(activation.number, node.id, first_resolvers(rule_of(node))))


def rule_of(node: GraphNode) -> ApprovalRule:
    if node.rule is None:
        raise TypeError(f"{node.id} is no user task")
    return node.rule


def open_tasks(run: Run, event: Resolved) -> Problem | None:
    """The people are known: open their tasks, or decide by rule."""
    activation = run.activations.get(event.activation)
    if activation is None or activation.phase not in _RESOLVING:
        return Problem("flow.activation.closed", params={"activation": event.activation})
    rule = rule_of(run.graph.node(activation.node))
    answers = {answer.resolver: answer.people for answer in event.answers}
    if activation.phase is Phase.RESOLVING_ALL:
        answers = {resolver: answers.get(resolver, ()) for resolver in all_resolvers(rule)}
    earlier = _earlier(run, rule, run.tokens[activation.token])
    selection = select_people(rule, run.initiator, earlier, answers)
    if selection.missing:
        run.activations[activation.number] = replace(activation, phase=Phase.RESOLVING_ALL)
        run.command(Need(activation.number, activation.node, all_resolvers(rule)))
        return None
    run.log(LogEntry(LogKind.ASKED, activation.node, activation.number, choices=selection.choices))
    if selection.people:
        _ask(run, activation, selection)
    else:
        _nobody(run, activation, rule)
    return None


def complete_task(run: Run, event: Complete) -> Problem | None:
    """A person finished a task: count the vote."""
    activation, item = _find(run, event.task)
    if activation is None or item is None:
        return Problem("flow.task.closed", params={"task": event.task})
    rule = rule_of(run.graph.node(activation.node))
    action = rule.action(event.action)
    refused = _refusal(event, item, rule, action)
    if refused is not None or action is None:
        return refused
    run.command(CloseTask(item.task, TaskEnd.DONE, action.outcome, event.opinion))
    run.log(
        LogEntry(
            LogKind.DECIDED,
            activation.node,
            activation.number,
            task=item.task,
            actor=event.actor,
            outcome=action.outcome,
            text=event.opinion,
        )
    )
    _proceed(run, _voted(activation, item, action.outcome), event.actor)
    return None


def leave_task(run: Run, node: GraphNode, token: Token, outcome: str) -> None:
    """The node has its outcome: go on, or end the process where a rejection is not drawn."""
    if outcome == REJECTED and not node.reject_drawn:
        run.end(REJECTED)
        return
    edges = activity_edges(run, node, outcome)
    if isinstance(edges, Problem):
        run.hold(token, edges, done=True)
    elif edges:
        run.leave(token, edges)
    else:
        run.finish_branch(token, "")


def _find(run: Run, task: int) -> tuple[Activation | None, Item | None]:
    for activation in run.activations.values():
        for item in activation.items:
            if item.task == task and item.status is ItemStatus.OPEN:
                return activation, item
    return None, None


def _refusal(event: Complete, item: Item, rule: ApprovalRule, action: Action | None) -> Problem | None:
    if item.person != event.actor:
        return Problem("flow.task.not-yours", params={"task": event.task})
    if action is None:
        known = tuple(known.id for known in rule.actions)
        return Problem("flow.task.action-unknown", params={"action": event.action, "known": known})
    said = bool(event.opinion.strip())
    if action.opinion is Opinion.REQUIRED and not said:
        return Problem("flow.opinion.required", "/opinion", {"action": action.id})
    if action.opinion is Opinion.NONE and said:
        return Problem("flow.opinion.not-asked", "/opinion", {"action": action.id})
    return None


def _ask(run: Run, activation: Activation, selection: Selection) -> None:
    items = tuple(
        Item(run.number(), choice.person, ItemStatus.WAITING, by_rule=choice.fate is Fate.EARLIER)
        for choice in selection.people
    )
    _proceed(run, replace(activation, phase=Phase.OPEN, items=items), None)


def _nobody(run: Run, activation: Activation, rule: ApprovalRule) -> None:
    """Nobody can be asked and no policy found anybody else."""
    if rule.on_empty is OnEmpty.PASS:
        _decide(run, activation, rule.actions[0].outcome, None, "empty")
    elif rule.on_empty is OnEmpty.REJECT:
        _decide(run, activation, REJECTED, None, "empty")
    else:
        del run.activations[activation.number]
        run.hold(
            run.tokens[activation.token],
            Problem("flow.task.nobody", activation.node, {"node": activation.node}),
        )


def _proceed(run: Run, activation: Activation, actor: int | None) -> None:
    """Decide if the votes allow it, otherwise open the tasks whose turn it is.

    An approval given earlier votes when its turn comes, before anybody else is troubled.
    """
    rule = rule_of(run.graph.node(activation.node))
    mode = APPROVAL_MODES[rule.mode]
    while True:
        votes = [outcome != REJECTED for outcome in activation.votes]
        verdict = mode.verdict(votes, len(activation.items), rule.reject)
        if verdict is not None:
            run.activations[activation.number] = activation
            outcome = activation.votes[-1] if verdict else REJECTED
            _decide(run, activation, outcome, actor, "" if actor else "earlier")
            return
        due = _due(activation, sequential=mode.sequential)
        automatic = next((item for item in due if item.by_rule), None)
        if automatic is None:
            break
        activation = _voted(activation, automatic, APPROVED)
    run.activations[activation.number] = _opened(run, activation, due, rule.kind)


def _due(activation: Activation, *, sequential: bool) -> tuple[Item, ...]:
    """The waiting items whose turn it is."""
    waiting = tuple(item for item in activation.items if item.status is ItemStatus.WAITING)
    if not sequential:
        return waiting
    busy = any(item.status is ItemStatus.OPEN for item in activation.items)
    return () if busy else waiting[:1]


def _opened(run: Run, activation: Activation, due: tuple[Item, ...], kind: TaskKind) -> Activation:
    for item in due:
        run.command(OpenTask(item.task, activation.number, activation.node, item.person, kind))
    items = tuple(replace(one, status=ItemStatus.OPEN) if one in due else one for one in activation.items)
    return replace(activation, items=items)


def _voted(activation: Activation, item: Item, outcome: str) -> Activation:
    done = replace(item, status=ItemStatus.DONE, outcome=outcome)
    items = tuple(done if one.task == item.task else one for one in activation.items)
    return replace(activation, items=items, votes=(*activation.votes, outcome))


def _decide(run: Run, activation: Activation, outcome: str, actor: int | None, text: str) -> None:
    node = run.graph.node(activation.node)
    run.by_rule += actor is None
    run.close(activation, TaskEnd.NOT_NEEDED)
    run.results[node.id] = NodeResult(
        activation=activation.number,
        outcome=outcome,
        actor=actor,
        at=run.instant,
        approvers=tuple(item.person for item in activation.items if item.outcome not in {"", REJECTED}),
        decision=rule_of(node).kind is TaskKind.APPROVE,
    )
    run.log(LogEntry(LogKind.NODE_DONE, node.id, activation.number, actor=actor, outcome=outcome, text=text))
    token = run.tokens[activation.token]
    past = {**token.past, node.id: activation.number}
    run.tokens[token.id] = replace(token, activation=0, past=past)
    leave_task(run, node, run.tokens[token.id], outcome)


def _earlier(run: Run, rule: ApprovalRule, token: Token) -> frozenset[int]:
    """Whose approval on the token's way counts again; never one of the same node, which is asked anew."""
    passed = [
        run.results[node]
        for node, number in sorted(token.past.items(), key=itemgetter(1))
        if node != token.node and run.results[node].decision and run.results[node].activation == number
    ]
    if rule.dedupe is Dedupe.CONSECUTIVE:
        passed = passed[-1:]
    approved = [result for result in passed if result.outcome == APPROVED]
    people = frozenset(person for result in approved for person in result.approvers)
    return people if rule.dedupe is not Dedupe.NONE else frozenset()
