"""Whose turn it is: rotation, weights, open records, absence, and two records at the same moment."""

from __future__ import annotations

from collections import Counter
from threading import Barrier, Thread

from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.identity.groups import Member
from runtime.identity.people import update_user
from tests.runtime.automation.conftest import Shop


def _rule(text: str) -> str:
    return f'rule "Assign" on lead\nwhen created\ndo assign salesperson {text} among group("east"){{}}\n'


def _people(shop: Shop, count: int) -> list[str]:
    """To whom so many new leads go."""
    names = {shop.id_of(login): login for login in ("ann", "bob", "cara")}
    made = [shop.create(name="Acme", stage="open")["id"] for _ in range(count)]
    found = [shop.record("lead", one)["salesperson"] for one in made]
    return [names[one["id"]] if one else "" for one in found]


def test_everybody_has_her_turn_and_who_is_absent_is_passed_over(shop: Shop) -> None:
    shop.publish(deal=_rule("round robin").format(" skipping absent"))

    assert _people(shop, 4) == ["ann", "bob", "cara", "ann"]
    _away(shop.workspace, shop.id_of("bob"))
    assert _people(shop, 2) == ["cara", "ann"]


def _away(workspace: Workspace, user: int) -> None:
    now = workspace.now()
    workspace.database.write(lambda conn: update_user(conn, SYSTEM, user, {"state": "absent"}, now))


def test_weights_share_smoothly_and_capacity_ends_in_an_incident(shop: Shop) -> None:
    ann, bob = shop.id_of("ann"), shop.id_of("bob")
    shop.group("east", Member(ann, weight=2, capacity=2), Member(bob, weight=1, capacity=1))
    shop.publish(deal=_rule("weighted").format(' counting lead where stage = "open"'))

    assert _people(shop, 4) == ["ann", "bob", "ann", ""]
    failed = shop.runs(rule="deal", state="failed")[0]
    assert failed["problems"][0]["code"] == "actions.assign-nobody"


def test_the_one_with_the_fewest_open_records_gets_it_unless_it_sticks(shop: Shop) -> None:
    cara = shop.id_of("cara")
    customer = shop.create("customer", login="admin", name="Acme", manager=cara)["id"]
    shop.publish(
        deal=_rule("least open").format(
            ' sticky to customer.manager, at most 2 open, counting lead where stage = "open"'
        )
    )

    first = _people(shop, 3)
    stuck = [shop.create(login="admin", stage="open", customer=customer)["id"] for _ in range(2)]

    assert sorted(first) == ["ann", "bob", "cara"]
    held = [shop.record("lead", one)["salesperson"]["id"] for one in stuck]
    assert held[0] == cara
    assert held[1] != cara


def test_two_records_at_the_same_moment_go_to_two_people(shop: Shop) -> None:
    shop.publish(deal=_rule("round robin").format(""))
    barrier, made = Barrier(2), []

    def create(login: str) -> None:
        barrier.wait()
        made.extend(shop.create(login=login, name="Acme")["id"] for _ in range(3))

    threads = [Thread(target=create, args=(login,)) for login in ("rep", "admin")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    shares = Counter(shop.record("lead", one)["salesperson"]["id"] for one in made)
    assert sorted(shares.values()) == [2, 2, 2]
