"""The example of docs/reference/bpmn-extension.md, played: manager and director approve by limit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.flows import start_refusal
from engine.flows.commands import EndProcess, RecordPatch, SetStatus
from engine.flows.events import Facts
from tests.engine.flows.play import NOW, Player, case, flow_graph

REP, MANAGER, DIRECTOR = 1, 2, 3
PEOPLE = {"manager": (MANAGER,), "director": (DIRECTOR,)}


def quote(amount: int, discount: str, people: dict[str, tuple[int, ...]] = PEOPLE) -> Player:
    record: dict[str, object] = {"amount": amount, "discount": Decimal(discount), "state": "draft"}
    return Player(flow_graph(case("quote_approval")), people, record).start(REP)


def states(player: Player) -> list[object]:
    return [patch.values["state"] for patch in player.made(RecordPatch) if isinstance(patch, RecordPatch)]


@pytest.mark.parametrize(("state", "refused"), [("draft", None), ("sent", "flow.start.condition")])
def test_only_a_draft_can_be_submitted(state, refused):
    facts = Facts(record={"amount": 1, "discount": 0, "state": state})

    problem = start_refusal(flow_graph(case("quote_approval")), facts, now=NOW)

    assert (problem and problem.code) == refused


def test_a_quote_within_the_limit_is_approved_at_once():
    player = quote(900, "0.05")

    assert states(player) == ["in_approval", "approved"]
    assert player.state.outcome == "approved"
    assert player.made(SetStatus) == [SetStatus("running"), SetStatus("approved")]


@pytest.mark.parametrize(("amount", "discount"), [(900, "0.2"), (200_000, "0")])
def test_the_manager_decides_above_the_lower_limit(amount, discount):
    player = quote(amount, discount)
    assert player.inbox() == [("manager", MANAGER)]

    player.do(MANAGER, "approve", "fine")

    assert states(player) == ["in_approval", "approved"]
    assert player.made(EndProcess) == [EndProcess("approved")]


def test_the_director_decides_after_the_manager_above_the_higher_limit():
    player = quote(900_000, "0")

    player.do(MANAGER, "approve")
    assert player.inbox() == [("director", DIRECTOR)]
    player.do(DIRECTOR, "approve")

    assert states(player) == ["in_approval", "approved"]
    decided = [(entry.actor, entry.outcome) for entry in player.log if entry.kind == "decided"]
    assert decided == [(MANAGER, "approved"), (DIRECTOR, "approved")]


@pytest.mark.parametrize("who", [MANAGER, DIRECTOR])
def test_a_rejection_at_either_stage_gives_the_quote_back(who):
    player = quote(900_000, "0")
    if who == DIRECTOR:
        player.do(MANAGER, "approve")

    player.do(who, "reject", "too much")

    assert states(player) == ["in_approval", "rejected"]
    assert player.state.outcome == "rejected"


def test_a_rejection_without_a_reason_is_refused_and_nothing_moves():
    player = quote(900_000, "0")
    before = player.state

    refused = player.do(MANAGER, "reject").problem

    assert refused is not None
    assert (refused.code, refused.at) == ("flow.opinion.required", "/opinion")
    assert player.state is before


def test_a_director_who_approved_as_manager_is_not_asked_again():
    player = quote(900_000, "0", {"manager": (DIRECTOR,), "director": (DIRECTOR,)})

    player.do(DIRECTOR, "approve")

    assert player.state.outcome == "approved"
    assert [entry.text for entry in player.log if entry.node == "director" and entry.kind == "node_done"] == [
        "earlier"
    ]


def test_a_manager_who_submits_a_quote_asks_the_manager_above():
    people = {"manager": (REP,), "director": (DIRECTOR,), "admin": (9,)}
    player = quote(900, "0.2", people)

    assert player.inbox() == [("manager", 9)]
