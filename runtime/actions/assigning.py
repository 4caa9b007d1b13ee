"""Choosing one of several people for a record, each in her turn.

The turn of each rule's action is a row that is locked until the transaction ends: two records that come at
the same moment go to two people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from engine.problems import InputError, Problem
from engine.rules.language.effects import Assign, Strategy, Subject, SubjectKind
from runtime.actions.doing import Doing, Done, Word
from runtime.actions.record import data_of
from runtime.actions.selecting import count_by_holder
from runtime.actions.tables import assign_cursor
from runtime.actions.words import field_params
from runtime.db.insert import insert_into
from runtime.identity import directory
from runtime.identity.asking import absent_among, working
from runtime.identity.groups import Member, members_of_group


@dataclass(slots=True)
class Turn:
    """Whose turn it is. `credits` belong to the weighted rotation."""

    last: int | None = None
    credits: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be chosen, in the order of their ids, and how many open records each of them holds."""

    members: tuple[Member, ...]
    open: Mapping[int, int]

    def held(self, member: Member) -> int:
        return self.open.get(member.user_id, 0)


def assign(doing: Doing, effect: Assign) -> Done:
    """Raises InputError if nobody is left."""
    record = doing.own_record()
    record.lock()
    turn = _lock_turn(doing, effect)
    candidates = _candidates(doing, effect)
    if not candidates.members:
        raise InputError([Problem("actions.assign-nobody", params={"field": effect.field})])
    chosen = choose(effect, candidates, turn)
    _keep_turn(doing, effect, turn)
    doing.budget.spend(1)
    data = data_of(doing.scene, record.form, {effect.field: chosen})
    record.write(doing.records, data, doing.origin)
    name = directory.names_of(doing.conn, [chosen]).get(chosen, str(chosen))
    params = {**field_params(record.form, effect.field), "person": name, "user": chosen}
    return Done((Word("actions.did.assign", params),))


def choose(effect: Assign, candidates: Candidates, turn: Turn) -> int:
    """Who gets it; `turn` moves on, unless she is the one the record sticks to."""
    if any(member.user_id == effect.sticky for member in candidates.members):
        assert effect.sticky is not None
        return effect.sticky
    chosen = _STRATEGIES[effect.strategy](candidates, turn)
    turn.last = chosen
    return chosen


def _in_turn(members: Iterable[Member], last: int | None) -> int:
    ids = [member.user_id for member in members]
    return next((one for one in ids if last is not None and one > last), ids[0])


def _round_robin(candidates: Candidates, turn: Turn) -> int:
    return _in_turn(candidates.members, turn.last)


def _least_open(candidates: Candidates, turn: Turn) -> int:
    fewest = min(map(candidates.held, candidates.members))
    return _in_turn([one for one in candidates.members if candidates.held(one) == fewest], turn.last)


def _weighted(candidates: Candidates, turn: Turn) -> int:
    """Smooth: everybody earns her weight, the richest gets it and pays what all earned."""
    earned = sum(member.weight for member in candidates.members)
    for member in candidates.members:
        turn.credits[member.user_id] = turn.credits.get(member.user_id, 0) + member.weight
    chosen = max(candidates.members, key=lambda one: (turn.credits[one.user_id], -one.user_id)).user_id
    turn.credits[chosen] -= earned
    return chosen


_STRATEGIES: Final[Mapping[Strategy, Callable[[Candidates, Turn], int]]] = MappingProxyType(
    {
        Strategy.ROUND_ROBIN: _round_robin,
        Strategy.WEIGHTED: _weighted,
        Strategy.LEAST_OPEN: _least_open,
    }
)


def _lock_turn(doing: Doing, effect: Assign) -> Turn:
    c, conn = assign_cursor.c, doing.conn
    first = insert_into(conn, assign_cursor).values(rule=doing.rule, action=effect.action, credits={})
    conn.execute(first.on_conflict_do_nothing(index_elements=["rule", "action"]))
    mine = (c.rule == doing.rule) & (c.action == effect.action)
    row = conn.execute(sa.select(c.last_user, c.credits).where(mine).with_for_update()).one()
    return Turn(row.last_user, {int(user): credit for user, credit in row.credits.items()})


def _keep_turn(doing: Doing, effect: Assign, turn: Turn) -> None:
    c = assign_cursor.c
    mine = (c.rule == doing.rule) & (c.action == effect.action)
    credit = {str(user): value for user, value in turn.credits.items()}
    doing.conn.execute(sa.update(assign_cursor).where(mine).values(last_user=turn.last, credits=credit))


def _candidates(doing: Doing, effect: Assign) -> Candidates:
    named = _members(doing, effect.among)
    present = _present(doing, named, skipping_absent=effect.skipping_absent)
    members = [member for member in named.values() if member.user_id in present and member.weight > 0]
    bounded = effect.at_most is not None or any(member.capacity is not None for member in members)
    held: Mapping[int, int] = {}
    if members and (bounded or effect.strategy is Strategy.LEAST_OPEN):
        own = doing.record
        without = own.id if own is not None and own.form.key == effect.open.form else None
        held = count_by_holder(doing.conn, doing.scene, effect.open, effect.holder, present, without=without)
    found = [one for one in members if _has_room(one, held.get(one.user_id, 0), effect.at_most)]
    return Candidates(tuple(sorted(found, key=lambda member: member.user_id)), held)


def _has_room(member: Member, held: int, at_most: int | None) -> bool:
    bounds = [bound for bound in (member.capacity, at_most) if bound is not None]
    return all(held < bound for bound in bounds)


def _present(doing: Doing, named: Collection[int], *, skipping_absent: bool) -> frozenset[int]:
    """Who works here, and is not away where that matters."""
    here = working(doing.conn, named)
    if not skipping_absent:
        return here
    return here - absent_among(doing.conn, here, doing.scene.moment.now)


def _members(doing: Doing, subjects: Iterable[Subject]) -> dict[int, Member]:
    """Everybody who is named, each once; as whom she is named first."""
    found: dict[int, Member] = {}
    for subject in subjects:
        for member in _people(doing, subject):
            found.setdefault(member.user_id, member)
    return found


def _people(doing: Doing, subject: Subject) -> Iterator[Member]:
    conn, ref = doing.conn, subject.ref
    match subject.kind:
        case SubjectKind.GROUP:
            yield from members_of_group(conn, str(ref))
        case SubjectKind.ROLE:
            yield from map(Member, directory.users_with_role(conn, str(ref)))
        case SubjectKind.DEPARTMENT:
            yield from map(Member, directory.members_of(conn, int(ref)))
        case SubjectKind.HEAD:
            yield from map(Member, directory.heads_of(conn, int(ref)))
        case SubjectKind.MANAGER:
            above = directory.manager_of(conn, int(ref))
            yield from () if above is None else (Member(above),)
        case SubjectKind.USER:
            yield Member(int(ref))
