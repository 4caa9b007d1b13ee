"""Laws of the token game, for random block-structured flows and random orders of work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.flows import Graph, ProcessState, dump_state, load_state, new_state, read_bpmn, step
from engine.flows.commands import CloseJob, CloseTask, Job, Need, OpenTask
from engine.flows.events import Answer, Complete, Event, Facts, JobDone, Person, Resolved, Start
from engine.flows.graph import NodeKind
from engine.flows.state import Phase, ProcessStatus
from tests.engine.flows.play import NOW, approval, document, flow, flow_graph

RECORD: dict[str, object] = {"amount": 7, "discount": 0, "state": "draft", "owner": None}
PEOPLE = (2, 3)
PATCH = '<dg:service type="record_patch"><dg:set field="state">"x"</dg:set></dg:service>'
JOB = '<dg:service type="job" name="j"/>'


@dataclass(frozen=True)
class Block:
    """A piece of a flow with one way in and one way out; `xml` has its nodes and inner flows."""

    xml: str
    first: str
    last: str


Build = Callable[["Names"], Block]


class Names:
    """Ids for one document."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"


def task(mode: str, policies: str) -> Build:
    def build(names: Names) -> Block:
        key = names.new("user")
        return Block(approval(key, f'mode="{mode}" {policies}'), key, key)

    return build


def leaf(element: str, extension: str = "") -> Build:
    def build(names: Names) -> Block:
        key = names.new(element)
        inner = f"<extensionElements>{extension}</extensionElements>" if extension else ""
        return Block(f'<{element} id="{key}">{inner}</{element}>', key, key)

    return build


def sequence(parts: list[Build]) -> Build:
    def build(names: Names) -> Block:
        blocks = [part(names) for part in parts]
        joins = [flow(names.new("f"), one.last, two.first) for one, two in pairwise(blocks)]
        return Block("".join([block.xml for block in blocks] + joins), blocks[0].first, blocks[-1].last)

    return build


def parallel(parts: list[Build]) -> Build:
    def build(names: Names) -> Block:
        split, join = names.new("split"), names.new("join")
        xml = f'<parallelGateway id="{split}"/><parallelGateway id="{join}"/>'
        for part in parts:
            block = part(names)
            xml += (
                block.xml + flow(names.new("f"), split, block.first) + flow(names.new("f"), block.last, join)
            )
        return Block(xml, split, join)

    return build


def exclusive(choice: tuple[list[Build], int]) -> Build:
    """Conditions compare the amount, so that any branch can be the one."""
    parts, limit = choice

    def build(names: Names) -> Block:
        split, merge, default = names.new("choose"), names.new("merge"), names.new("f")
        xml = f'<exclusiveGateway id="{split}" default="{default}"/><exclusiveGateway id="{merge}"/>'
        for place, part in enumerate(parts):
            block = part(names)
            condition = f"amount &gt; {limit + place}" if place else ""
            xml += block.xml + flow(names.new("f") if place else default, split, block.first, condition)
            xml += flow(names.new("f"), block.last, merge)
        return Block(xml, split, merge)

    return build


policies = st.sampled_from(["", 'dedupe="any_earlier"', 'dedupe="consecutive" onSelf="skip"'])
leaves = st.one_of(
    st.builds(task, st.sampled_from(["any", "all", "order"]), policies),
    st.just(leaf("task")),
    st.just(leaf("serviceTask", PATCH)),
    st.just(leaf("serviceTask", JOB)),
)
builds = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(sequence),
        st.lists(inner, min_size=2, max_size=3).map(parallel),
        st.tuples(st.lists(inner, min_size=2, max_size=3), st.integers(4, 8)).map(exclusive),
    ),
    max_leaves=8,
)


def to_xml(build: Build) -> bytes:
    names = Names()
    block = build(names)
    body = '<startEvent id="s"/><endEvent id="e"/>' + block.xml
    return document(body + flow("in", "s", block.first) + flow("out", block.last, "e"))


class World:
    """Answers like the runtime and remembers what is open; checks the laws after every step."""

    def __init__(self, graph: Graph, state: ProcessState | None = None) -> None:
        self.graph = graph
        self.state = state or new_state()
        self.tasks: dict[int, OpenTask] = {}
        self.jobs: set[int] = set()
        self.entered: list[str] = []

    def send(self, event: Event) -> None:
        before, kept = self.state, dump_state(self.state)
        moved = step(self.graph, before, event, now=NOW)
        again = step(self.graph, load_state(dump_state(before)), event, now=NOW)
        assert dump_state(before) == kept
        assert again == moved
        assert moved.problem is None
        self.state = moved.state
        assert load_state(dump_state(self.state)) == self.state
        needs = []
        for command in moved.commands:
            match command:
                case OpenTask():
                    self.tasks[command.task] = command
                    self.entered.append(command.node)
                case CloseTask():
                    del self.tasks[command.task]
                case Job():
                    self.jobs.add(command.job)
                case CloseJob():
                    self.jobs.remove(command.job)
                case Need():
                    needs.append(command)
        for need in needs:
            people = tuple(Person(person) for person in PEOPLE)
            answers = tuple(Answer(resolver, people) for resolver in need.resolvers)
            self.send(Resolved(need.activation, answers, Facts(record=RECORD)))
        self.check()

    def check(self) -> None:
        """Laws 1 and 2: alive means a token; each token stands on a node; what is open belongs to one."""
        state = self.state
        assert (state.status is ProcessStatus.ACTIVE) == bool(state.tokens)
        assert {token.node for token in state.tokens.values()} <= set(self.graph.by_id)
        assert {token.activation for token in state.tokens.values() if token.activation} == set(
            state.activations
        )
        if not state.tokens:
            assert not self.tasks
            assert not self.jobs
        for token in state.tokens.values():
            waits = token.activation or token.incident
            assert waits or self.graph.node(token.node).kind is NodeKind.PARALLEL

    def copy(self) -> World:
        """The same moment once more; states are immutable."""
        other = World(self.graph, self.state)
        other.tasks, other.jobs = dict(self.tasks), set(self.jobs)
        return other

    def open_work(self, *actions: str) -> list[Event]:
        """What people and jobs can do now; to approve is the only action if none is named."""
        work: list[Event] = [
            Complete(task.task, action, task.person, facts=Facts(record=RECORD))
            for task in self.tasks.values()
            for action in actions or ("approve",)
        ]
        return work + [JobDone(job, facts=Facts(record=RECORD)) for job in sorted(self.jobs)]

    def do(self, event: Event) -> None:
        if isinstance(event, JobDone):
            self.jobs.remove(event.job)
        self.send(event)


def started(build: Build) -> World:
    world = World(flow_graph(to_xml(build)))
    world.send(Start(1, Facts(record=RECORD)))
    return world


@settings(deadline=None)
@given(builds, st.data())
def test_a_structured_flow_always_ends_with_nothing_left(build, data):
    """Laws 1, 2, 3 and 5, and step never changes its input."""
    world = started(build)
    while work := world.open_work("approve", "reject"):
        world.do(data.draw(st.sampled_from(work)))

    assert world.state.status is ProcessStatus.ENDED
    assert world.state.tokens == world.state.activations == {}


@settings(deadline=None)
@given(builds)
def test_a_structured_flow_is_sound_and_is_written_unchanged(build):
    reading = read_bpmn(to_xml(build))

    assert [problem.code for problem in reading.problems] == []


@settings(deadline=None)
@given(st.lists(builds, min_size=2, max_size=3), st.data())
def test_a_parallel_join_fires_once_and_only_when_every_branch_is_there(parts, data):
    """Law 4: what stands behind the join is opened exactly once, after the last branch."""
    behind = task("any", "")
    world = started(sequence([parallel(parts), behind]))
    key = next(node.id for node in reversed(world.graph.nodes) if node.kind is NodeKind.USER)
    while work := [event for event in world.open_work() if not _is_at(world, event, key)]:
        assert key not in world.entered
        world.do(data.draw(st.sampled_from(work)))

    assert world.entered.count(key) == len(PEOPLE)
    assert len(world.state.tokens) == 1


def _is_at(world: World, event: Event, node: str) -> bool:
    return isinstance(event, Complete) and world.tasks[event.task].node == node


@settings(deadline=None)
@given(builds, st.data())
def test_repeating_an_event_changes_nothing(build, data):
    """Law 6 as far as the core goes: a task or job that is done is refused the second time."""
    world = started(build)
    while work := world.open_work():
        event = data.draw(st.sampled_from(work))
        world.do(event)
        repeated = step(world.graph, world.state, event, now=NOW)
        assert repeated.problem is not None
        assert (repeated.state, repeated.commands, repeated.log) == (world.state, (), ())


@pytest.mark.thorough
@settings(deadline=None)
@given(st.lists(builds, min_size=2, max_size=2), st.data())
def test_independent_branches_commute(parts, data):
    """Law 7: two pieces of work of different nodes lead to the same state in either order, numbers aside."""
    world = started(parallel(parts))
    work = world.open_work()
    pairs = [(a, b) for a in work for b in work if _node(world, a) != _node(world, b)]
    if not pairs:
        return
    first, second = data.draw(st.sampled_from(pairs))
    forth, back = world.copy(), world.copy()

    for one in (first, second):
        forth.do(one)
    for one in (second, first):
        back.do(one)

    assert _shape(forth.state) == _shape(back.state)


def _node(world: World, event: Event) -> str:
    if isinstance(event, Complete):
        return world.tasks[event.task].node
    assert isinstance(event, JobDone)
    return world.state.activations[event.job].node


def _shape(state: ProcessState) -> object:
    """The state without the numbers that depend on the order of events."""
    tokens = sorted((token.node, token.flow, sorted(token.past)) for token in state.tokens.values())
    open_ = sorted(
        (one.node, one.phase, [(item.person, item.status) for item in one.items], one.votes)
        for one in state.activations.values()
        if one.phase is not Phase.RESOLVING
    )
    results = {key: (one.outcome, one.actor, one.approvers) for key, one in state.results.items()}
    return state.status, state.outcome, tokens, open_, results
