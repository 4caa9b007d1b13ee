"""Policies: who is asked in the end, and the log that says why."""

from __future__ import annotations

from engine.flows.commands import Fate, LogKind, Need
from engine.flows.events import Person, Retry
from engine.flows.execute.people import all_resolvers, select_people
from engine.flows.rule import ApprovalRule, Dedupe, OnEmpty, OnSelf, Resolver, ResolverKind, TaskKind
from tests.engine.flows.play import Player, approval, chain, flow, play

BOSS, OTHER = Resolver(ResolverKind.ROLE, "boss"), Resolver(ResolverKind.ROLE, "other")
MANAGER, ADMIN = Resolver(ResolverKind.MANAGER), Resolver(ResolverKind.ADMIN)


def rule(**changes: object) -> ApprovalRule:
    settings = {"kind": TaskKind.APPROVE, "mode": "all", "who": (BOSS, OTHER), **changes}
    return ApprovalRule(**settings)  # type: ignore[arg-type]


def people(*ids: int, disabled: tuple[int, ...] = ()) -> tuple[Person, ...]:
    return tuple(Person(one, one not in disabled) for one in ids)


def fates(rule: ApprovalRule, answers, initiator=1, earlier=()) -> list[tuple[int, Fate]]:
    selection = select_people(rule, initiator, frozenset(earlier), answers)
    return [(choice.person, choice.fate) for choice in selection.choices]


def test_people_are_asked_in_the_order_found_each_once_and_never_when_disabled():
    answers = {BOSS: people(5, 2, disabled=(2,)), OTHER: people(5, 3)}

    assert fates(rule(), answers) == [
        (5, Fate.ASKED),
        (2, Fate.DISABLED),
        (5, Fate.REPEATED),
        (3, Fate.ASKED),
    ]


def test_the_initiator_is_asked_skipped_or_replaced_as_the_rule_says():
    answers = {BOSS: people(1), OTHER: people(3), MANAGER: people(7)}

    assert fates(rule(), answers) == [(1, Fate.ASKED), (3, Fate.ASKED)]
    assert fates(rule(on_self=OnSelf.SKIP), answers) == [(1, Fate.SELF), (3, Fate.ASKED)]
    replaced = [(1, Fate.SELF), (7, Fate.ADDED), (3, Fate.ASKED)]
    assert fates(rule(on_self=OnSelf.MANAGER), answers) == replaced


def test_a_replacement_that_has_not_been_looked_up_is_asked_for():
    replacing = rule(on_self=OnSelf.MANAGER)

    selection = select_people(replacing, 1, frozenset(), {BOSS: people(1), OTHER: people(3)})

    assert selection.missing
    assert MANAGER in all_resolvers(replacing)


def test_an_earlier_approval_counts_as_a_yes_and_does_not_empty_the_node():
    answers = {BOSS: people(2), OTHER: ()}

    assert fates(rule(dedupe=Dedupe.ANY_EARLIER), answers, earlier=(2,)) == [(2, Fate.EARLIER)]


def test_the_empty_policy_comes_last():
    answers = {BOSS: people(1), OTHER: (), ADMIN: people(8, 9, disabled=(8,))}
    emptied = rule(on_self=OnSelf.SKIP, on_empty=OnEmpty.ADMIN)

    assert fates(emptied, answers) == [(1, Fate.SELF), (8, Fate.DISABLED), (9, Fate.ADDED)]


def one(attributes: str, who: str = '<dg:who kind="role" ref="boss"/>', **keywords: object) -> Player:
    body = '<startEvent id="s"/><endEvent id="e"/>' + approval("a", attributes, who) + chain("s", "a", "e")
    return play(body, **keywords)


def test_an_empty_node_passes_rejects_or_waits_for_an_administrator():
    passed, rejected = one('onEmpty="pass"').start(), one('onEmpty="reject"').start()
    stuck = one('onEmpty="incident"').start()

    assert (passed.state.outcome, rejected.state.outcome) == ("approved", "rejected")
    assert passed.state.results["a"].actor is None
    assert stuck.incidents() == ["flow.task.nobody"]

    stuck.people = {"boss": (2,)}
    stuck.send(Retry(next(iter(stuck.state.tokens)), actor=9, facts=stuck.facts))
    assert stuck.inbox() == [("a", 2)]


def test_an_empty_node_can_ask_named_people_or_the_administrators():
    users = '<dg:who kind="role" ref="boss"/><dg:empty kind="user" ref="zhao"/>'
    named = one('onEmpty="users"', users, people={"zhao": (6,)}).start()
    admins = one("", people={"admin": (9,)}).start()
    nobody = one("").start()

    assert named.inbox() == [("a", 6)]
    assert admins.inbox() == [("a", 9)]
    assert nobody.incidents() == ["flow.task.nobody"]


def test_usually_people_are_looked_up_once():
    player = one("", people={"boss": (2,)}).start()

    assert player.made(Need) == [Need(2 + 1, "a", (BOSS,))]


def test_the_log_says_who_was_found_and_why_not_asked():
    player = one('onSelf="skip"', people={"boss": (1, 2, 3)}, disabled=frozenset({3})).start(initiator=1)

    (entry,) = [entry for entry in player.log if entry.kind is LogKind.ASKED]
    assert [(choice.person, choice.fate) for choice in entry.choices] == [
        (1, Fate.SELF),
        (2, Fate.ASKED),
        (3, Fate.DISABLED),
    ]


def two(first: str, second: str) -> Player:
    body = (
        '<startEvent id="s"/><endEvent id="e"/>'
        + approval("a", first)
        + approval("m", "", '<dg:who kind="role" ref="other"/>')
        + approval("b", second)
        + chain("s", "a", "m", "b", "e")
    )
    return play(body, people={"boss": (2,), "other": (3,)}).start()


def test_consecutive_looks_at_the_approval_just_before_and_any_earlier_at_all():
    consecutive, earlier, none = two("", 'dedupe="consecutive"'), two("", 'dedupe="any_earlier"'), two("", "")
    for player in (consecutive, earlier, none):
        player.do(2, "approve")
        player.do(3, "approve")

    assert consecutive.inbox() == none.inbox() == [("b", 2)]
    assert earlier.state.outcome == "approved"


def test_in_another_branch_an_approval_is_not_earlier():
    body = (
        '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="p"/>'
        + approval("a")
        + approval("m", "", '<dg:who kind="role" ref="other"/>')
        + approval("b", 'dedupe="any_earlier"')
        + chain("s", "p", "a", "e")
        + chain("p", "m", "b", "e")
    )
    player = play(body, people={"boss": (2,), "other": (3,)}).start()

    player.do(2, "approve")
    player.do(3, "approve")

    assert player.inbox() == [("b", 2)]


def test_behind_a_join_the_approvals_of_all_its_branches_are_earlier():
    body = (
        '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="p"/><parallelGateway id="j"/>'
        + approval("a")
        + approval("m", "", '<dg:who kind="role" ref="other"/>')
        + approval("b", 'mode="all" dedupe="any_earlier"', '<dg:who kind="role" ref="both"/>')
        + chain("s", "p", "a", "j", "b", "e")
        + chain("p", "m", "j")
    )
    player = play(body, people={"boss": (2,), "other": (3,), "both": (2, 3, 4)}).start()

    player.do(2, "approve")
    player.do(3, "approve")

    assert player.inbox() == [("b", 4)]


def test_a_node_entered_again_asks_again():
    body = (
        '<startEvent id="s"/><endEvent id="e"/><exclusiveGateway id="g" default="ok"/>'
        + approval("a", 'mode="all" dedupe="any_earlier"')
        + '<userTask id="rework"/>'
        + chain("s", "a", "g")
        + flow("again", "g", "rework", 'nodes.a.outcome = "rejected"')
        + flow("ok", "g", "e")
        + chain("rework", "a")
    )
    player = play(body, people={"boss": (2, 3), "initiator": (1,)}).start()
    player.do(2, "approve")
    player.do(3, "reject")
    assert player.inbox() == [("rework", 1)]

    player.do(1, "complete")

    assert player.inbox() == [("a", 2), ("a", 3)]


def test_only_the_person_who_has_the_task_can_complete_it():
    player = one("", people={"boss": (2,)}).start()
    task = next(iter(player.tasks.values()))
    player.tasks[task.task] = type(task)(task.task, task.activation, task.node, 5, task.kind)

    refused = player.do(5, "approve").problem

    assert refused is not None
    assert refused.code == "flow.task.not-yours"
