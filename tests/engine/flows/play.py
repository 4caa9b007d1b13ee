"""How tests of flows write, compile and play processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from engine.flows import Graph, ProcessState, compile_flow, new_state, read_bpmn, step
from engine.flows.commands import CloseTask, Command, Incident, Job, LogEntry, Need, OpenTask, Step
from engine.flows.events import Answer, Complete, Event, Facts, JobDone, Person, Resolved, Start
from engine.rules.feel import Scope
from engine.rules.feel.types import NUMBER, STRING, ContextType, FeelType

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
CASES = Path(__file__).parent / "cases"
FIELDS: Mapping[str, FeelType] = {
    "amount": NUMBER,
    "discount": NUMBER,
    "state": STRING,
    "owner": ContextType(),
}
HEADER = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:dg="urn:dougong:bpmn:1"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 id="defs" targetNamespace="urn:test">"""


def document(body: str, executable: str = "true") -> bytes:
    """A BPMN file with one process; the body begins on line 6."""
    process = f'\n<process id="process" isExecutable="{executable}">\n{body}\n</process>\n</definitions>'
    return (HEADER + process).encode()


def flow(name: str, source: str, target: str, condition: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def chain(*ids: str) -> str:
    """Sequence flows from each node to the next."""
    return "".join(flow(f"{a}_{b}", a, b) for a, b in pairwise(ids))


def approval(key: str, attributes: str = "", who: str = '<dg:who kind="role" ref="boss"/>') -> str:
    return (
        f'<userTask id="{key}"><extensionElements><dg:approval {attributes}>{who}</dg:approval>'
        f"</extensionElements></userTask>"
    )


def case(name: str) -> bytes:
    """An example file of `cases/`."""
    return (CASES / f"{name}.bpmn").read_bytes()


def flow_graph(xml: bytes, fields: Mapping[str, FeelType] = FIELDS) -> Graph:
    names = {**fields, "record": ContextType(fields=fields)}
    compiled = compile_flow(read_bpmn(xml, "flow/test"), Scope(names=names))
    assert compiled.graph is not None, compiled.problems
    return compiled.graph


@dataclass
class Player:
    """Plays one process as the runtime would, with a phone book instead of a database."""

    graph: Graph
    people: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    record: dict[str, object] = field(default_factory=dict)
    disabled: frozenset[int] = frozenset()
    jobs_answer: bool = False
    state: ProcessState = field(default_factory=new_state)
    tasks: dict[int, OpenTask] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    log: list[LogEntry] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        return Facts(record=self.record, initiator={"id": self.state.initiator})

    def send(self, event: Event) -> Step:
        """One step and everything that follows from it inside the same transaction."""
        moved = step(self.graph, self.state, event, now=NOW)
        self.state = moved.state
        self.log += moved.log
        for command in moved.commands:
            self._carry_out(command)
        return moved

    def _carry_out(self, command: Command) -> None:
        self.commands.append(command)
        match command:
            case OpenTask():
                self.tasks[command.task] = command
            case CloseTask():
                del self.tasks[command.task]
            case Need():
                self.send(Resolved(command.activation, self._answers(command), self.facts))
            case Job() if self.jobs_answer:
                self.send(JobDone(command.job, facts=self.facts))

    def _answers(self, need: Need) -> tuple[Answer, ...]:
        def find(name: str) -> tuple[Person, ...]:
            return tuple(Person(key, key not in self.disabled) for key in self.people.get(name, ()))

        return tuple(
            Answer(resolver, find(resolver.ref or str(resolver.kind))) for resolver in need.resolvers
        )

    def start(self, initiator: int = 1) -> Player:
        self.send(Start(initiator, Facts(record=self.record, initiator={"id": initiator})))
        return self

    def do(self, person: int, action: str, opinion: str = "") -> Step:
        """The person does the one task in her inbox, or the first of several."""
        task = next(task for task in self.tasks.values() if task.person == person)
        return self.send(Complete(task.task, action, person, opinion, self.facts))

    def inbox(self) -> list[tuple[str, int]]:
        return [(task.node, task.person) for task in self.tasks.values()]

    def made(self, kind: type[Command]) -> list[Command]:
        return [command for command in self.commands if isinstance(command, kind)]

    def incidents(self) -> list[str]:
        return [command.problem.code for command in self.commands if isinstance(command, Incident)]


def play(body: str, **keywords: object) -> Player:
    """A player for the body of a process, not started."""
    return Player(flow_graph(document(body)), **keywords)  # type: ignore[arg-type]
