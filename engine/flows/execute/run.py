"""The working copy of one step: taken from a state, changed by moves, frozen into the next state."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from engine.flows.commands import (
    CloseJob,
    CloseTask,
    Command,
    EndProcess,
    Incident,
    LogEntry,
    LogKind,
    SetStatus,
    Step,
    TaskEnd,
)
from engine.flows.events import Facts
from engine.flows.graph import Edge, Graph, GraphNode
from engine.flows.rule import REJECTED
from engine.flows.state import (
    Activation,
    ItemStatus,
    NodeResult,
    Phase,
    ProcessState,
    ProcessStatus,
    Token,
)
from engine.problems import Problem

COMPLETED: Final = "completed"


class Run:
    """Lives within one call of `step`; nothing of it is shared with the state it came from."""

    def __init__(self, graph: Graph, state: ProcessState, facts: Facts, now: datetime) -> None:
        self.graph = graph
        self.facts = facts
        self.now = now
        self.initiator = state.initiator
        self.seq = state.seq
        self.outcome = state.outcome
        self.by_rule = state.by_rule
        self.status = state.status
        self.tokens: dict[int, Token] = dict(state.tokens)
        self.activations: dict[int, Activation] = dict(state.activations)
        self.results: dict[str, NodeResult] = dict(state.results)
        self.vars: dict[str, object] = dict(state.vars)
        self.ready: deque[int] = deque()
        self._commands: list[Command] = []
        self._log: list[LogEntry] = []

    def step(self) -> Step:
        """The next state, and what has to be done for it."""
        state = ProcessState(
            initiator=self.initiator,
            seq=self.seq,
            status=self.status,
            outcome=self.outcome,
            by_rule=self.by_rule,
            tokens=dict(sorted(self.tokens.items())),
            activations=dict(sorted(self.activations.items())),
            results=self.results,
            vars=self.vars,
        )
        return Step(state, tuple(self._commands), tuple(self._log))

    def number(self) -> int:
        self.seq += 1
        return self.seq

    def command(self, command: Command) -> None:
        self._commands.append(command)

    def log(self, entry: LogEntry) -> None:
        self._log.append(entry)

    @property
    def instant(self) -> str:
        return self.now.astimezone(UTC).isoformat()

    def place(self, node: GraphNode, flow: str, past: Mapping[str, int]) -> None:
        """Put a new token on a node and let it move."""
        token = Token(self.number(), node.id, flow, past)
        self.tokens[token.id] = token
        self.ready.append(token.id)

    def leave(self, token: Token, edges: Iterable[Edge]) -> None:
        """Take the token off its node and put one on the target of each edge; without edges its way ends."""
        del self.tokens[token.id]
        for edge in edges:
            self.place(self.graph.nodes[edge.target], edge.id, token.past)

    def hold(self, token: Token, problem: Problem, *, done: bool = False) -> None:
        """The token stays where it is until somebody mends what is wrong."""
        self.tokens[token.id] = replace(token, activation=0, incident=problem.code, done=done)
        self.command(Incident(token.id, token.node, problem))
        self.log(LogEntry(LogKind.INCIDENT, token.node, problem=problem))

    def finish_branch(self, token: Token, outcome: str) -> None:
        """A token reached an end; a rejection outweighs what other branches say."""
        del self.tokens[token.id]
        said = outcome or self._decided(token)
        if self.outcome != REJECTED and (said or not self.outcome):
            self.outcome = said

    def _decided(self, token: Token) -> str:
        """The newest decision on the token's way."""
        passed = [
            (number, self.results[node].outcome)
            for node, number in token.past.items()
            if self.results[node].decision and self.results[node].activation == number
        ]
        return max(passed)[1] if passed else ""

    def end(self, outcome: str, kind: LogKind = LogKind.ENDED, entry: LogEntry | None = None) -> None:
        """End the process: whatever is still open is closed."""
        for number in sorted(self.activations):
            self.close(self.activations[number], TaskEnd.CANCELLED)
        self.tokens.clear()
        self.ready.clear()
        self.status = ProcessStatus.ENDED
        self.outcome = outcome or COMPLETED
        self.command(SetStatus(self.outcome))
        self.command(EndProcess(self.outcome))
        self.log(replace(entry or LogEntry(kind), outcome=self.outcome))

    def close(self, activation: Activation, end: TaskEnd) -> None:
        """Forget an activity; its open tasks leave the inboxes, its job is not awaited any more."""
        del self.activations[activation.number]
        if activation.phase is Phase.JOB:
            self.command(CloseJob(activation.number))
        for item in activation.items:
            if item.status is ItemStatus.OPEN:
                self.command(CloseTask(item.task, end))
