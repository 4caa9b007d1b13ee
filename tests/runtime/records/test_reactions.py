"""Reactions answer inside the transaction, in order, and chains end visibly."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from runtime.audit.tables import audit_entry
from runtime.catalog.metadata import Metadata
from runtime.records.model import Action, Mode, NewRow, Origin, OriginKind, RecordChange
from runtime.records.reactions import MAX_DEPTH
from runtime.records.scene import Scene
from runtime.records.service import Records
from runtime.records.update import Patch
from tests.support.forms import House

RULE = Origin(OriginKind.RULE)


@dataclass
class Watch:
    """Notes what it sees; `then` may answer by changing something."""

    then: object = None
    seen: list[tuple[str, Action, int, frozenset[str]]] = field(default_factory=list)
    records: Records | None = None

    def watches(self, metadata: Metadata, form: str) -> bool:
        return form == "deal"

    def after(self, conn: sa.Connection, scene: Scene, change: RecordChange) -> None:
        self.seen.append((str(change.new["name"]), change.action, change.depth, change.changed))
        if self.then is not None:
            self.then(self.records, conn, scene, change)


def _watched(house: House, then: object = None) -> tuple[House, Watch]:
    watch = Watch(then)
    watched = house.reacting(watch)
    watch.records = watched.records
    return watched, watch


def test_a_reaction_sees_old_and_new_and_what_changed(house: House, people) -> None:
    house, watch = _watched(house)

    deal = house.create(people.rep, "deal", name="x", amount=1)
    house.update(people.rep, "deal", deal.id, amount=2)
    house.update(people.rep, "deal", deal.id, amount=2)
    house.create(people.rep, "customer", name="not watched")

    assert [one[1] for one in watch.seen] == [Action.CREATE, Action.UPDATE]
    assert watch.seen[1][3] == {"amount", "net"}


def test_what_a_reaction_raises_undoes_the_save(house: House, people) -> None:
    def refuse(records, conn, scene, change) -> None:
        raise ZeroDivisionError

    broken, _ = _watched(house, refuse)

    with pytest.raises(ZeroDivisionError):
        broken.create(people.rep, "deal", name="x")
    made = house.create(people.rep, "deal", name="y")

    assert made.values["no"] == "D202603-0001"


def test_changes_of_reactions_wait_their_turn(house: House, people) -> None:
    order: list[str] = []

    def follow(records, conn, scene, change) -> None:
        name = str(change.new["name"])
        order.append(name)
        if name == "x":
            for other in ("y", "z"):
                records.create(conn, scene, "deal", {"name": other}, origin=RULE)
            order.append("x done")

    watched, watch = _watched(house, follow)
    watched.create(people.rep, "deal", name="x")

    assert order == ["x", "x done", "y", "z"]
    assert [one[2] for one in watch.seen] == [0, 1, 1]


def test_an_endless_chain_is_cut_and_leaves_a_trace(house: House, people) -> None:
    def again(records, conn, scene, change) -> None:
        patch = Patch(change.record, {"name": str(change.new["name"]) + "!"})
        records.update(conn, scene, "deal", patch, origin=RULE)

    watched, watch = _watched(house, again)
    deal = watched.create(people.rep, "deal", name="x")

    with house.workspace.database.read() as conn:
        cut = conn.execute(sa.select(audit_entry).where(audit_entry.c.action == "record.chain-cut")).all()
    assert len(watch.seen) == MAX_DEPTH
    assert [entry.object for entry in cut] == [f"deal/{deal.id}"]


def test_a_unit_carries_out_its_own_steps_first(house: House, people) -> None:
    watched, watch = _watched(house)
    scene = watched.scene(people.rep)
    noted: list[int] = []

    def step(conn: sa.Connection) -> None:
        with watched.records.unit(conn):
            watched.records.create(conn, scene, "deal", {"name": "a"})
            noted.append(len(watch.seen))
        noted.append(len(watch.seen))

    watched.workspace.database.write(step)

    assert noted == [0, 1]


def test_live_imports_are_seen_and_history_is_not(house: House, people) -> None:
    watched, watch = _watched(house)
    scene = watched.scene(people.manager)

    def run(mode: Mode) -> None:
        origin = Origin(OriginKind.IMPORT, batch_id="b", mode=mode)
        rows = [NewRow({"name": "a"}), NewRow({"name": "b"})]
        watched.workspace.database.write(
            lambda conn: list(watched.records.create_many(conn, scene, "deal", rows, origin=origin))
        )

    run(Mode.HISTORY)
    before = len(watch.seen)
    run(Mode.LIVE)

    assert (before, len(watch.seen)) == (0, 2)


def test_the_flow_status_is_a_derived_write(house: House, people) -> None:
    watched, watch = _watched(house)
    deal = watched.create(people.rep, "deal", name="x")
    scene = watched.scene(people.rep)

    for _ in range(2):
        watched.workspace.database.write(
            lambda conn: watched.records.set_flow_status(conn, scene, "deal", deal.id, "in approval")
        )

    shown = watched.get(people.rep, "deal", deal.id)
    assert (shown.rev, shown.values["flow_status"]) == (1, "in approval")
    assert [one[3] for one in watch.seen[1:]] == [frozenset({"flow_status"})]
