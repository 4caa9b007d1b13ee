"""Modes of approval: votes lead to one decision, and it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.flows import APPROVAL_MODES, approvals
from engine.flows.commands import CloseTask, TaskEnd
from engine.flows.rule import RejectWhen
from tests.engine.flows.play import Player, approval, chain, play

MODES = sorted(APPROVAL_MODES)
votes = st.lists(st.booleans(), max_size=6)
rejects = st.sampled_from(RejectWhen)


def node(attributes: str) -> str:
    return '<startEvent id="s"/><endEvent id="e"/>' + approval("a", attributes) + chain("s", "a", "e")


def asked(attributes: str, *people: int) -> Player:
    return play(node(attributes), people={"boss": people}).start()


def test_every_mode_has_one_small_file_and_every_file_is_a_mode():
    folder = Path(approvals.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "protocol"}

    assert files == set(APPROVAL_MODES)
    assert all(APPROVAL_MODES[name].name == name for name in APPROVAL_MODES)


@pytest.mark.parametrize("mode", MODES)
@given(votes=votes, further=votes, reject=rejects, extra=st.integers(0, 3))
def test_a_decision_is_never_undone_by_further_votes(mode, votes, further, reject, extra):
    total = len(votes) + len(further) + extra

    decided = APPROVAL_MODES[mode].verdict(votes, total, reject)

    assert decided is None or APPROVAL_MODES[mode].verdict(votes + further, total, reject) is decided


@pytest.mark.parametrize("mode", MODES)
@given(votes=votes, reject=rejects)
def test_when_everybody_has_voted_there_is_a_decision_and_without_people_there_is_none(mode, votes, reject):
    verdict = APPROVAL_MODES[mode].verdict(votes, len(votes), reject)

    assert (verdict is None) == (not votes)


@given(votes=st.lists(st.booleans(), min_size=1, max_size=6), reject=rejects, data=st.data())
def test_under_all_the_order_of_votes_does_not_matter(votes, reject, data):
    shuffled = data.draw(st.permutations(votes))
    mode = APPROVAL_MODES["all"]

    assert mode.verdict(votes, len(votes), reject) == mode.verdict(shuffled, len(votes), reject)


@pytest.mark.parametrize(("action", "outcome"), [("approve", "approved"), ("reject", "rejected")])
def test_under_any_the_first_vote_decides_and_the_others_are_not_needed(action, outcome):
    player = asked('mode="any"', 2, 3, 4)
    assert player.inbox() == [("a", 2), ("a", 3), ("a", 4)]

    player.do(3, action)

    ends = [command.end for command in player.made(CloseTask) if isinstance(command, CloseTask)]
    assert ends == [TaskEnd.DONE, TaskEnd.NOT_NEEDED, TaskEnd.NOT_NEEDED]
    assert player.state.outcome == outcome


def test_under_any_the_second_of_two_simultaneous_votes_is_told_and_changes_nothing():
    player = asked('mode="any"', 2, 3)
    late = next(task for task in player.tasks.values() if task.person == 3)
    player.do(2, "approve")
    after, log = player.state, list(player.log)

    player.tasks[late.task] = late
    refused = player.do(3, "reject").problem

    assert refused is not None
    assert refused.code == "flow.process.ended"
    assert (player.state, player.log) == (after, log)


def test_under_all_everybody_has_to_say_yes():
    player = asked('mode="all"', 2, 3)

    player.do(3, "approve")
    assert player.inbox() == [("a", 2)]
    player.do(2, "approve")

    assert player.state.outcome == "approved"
    assert player.state.results["a"].approvers == (2, 3)


def test_under_all_the_first_no_decides_unless_everybody_shall_be_heard():
    first, heard = asked('mode="all"', 2, 3), asked('mode="all" reject="after_all"', 2, 3)

    first.do(2, "reject")
    heard.do(2, "reject")

    assert first.state.outcome == "rejected"
    assert heard.inbox() == [("a", 3)]
    heard.do(3, "approve")
    assert heard.state.outcome == "rejected"


def test_in_order_the_next_is_asked_after_a_yes_and_nobody_after_a_no():
    player = asked('mode="order"', 4, 2, 3)
    assert player.inbox() == [("a", 4)]

    player.do(4, "approve")
    assert player.inbox() == [("a", 2)]
    player.do(2, "reject")

    assert player.state.outcome == "rejected"
    assert player.tasks == {}
