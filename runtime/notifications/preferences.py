"""How each person wants to be told: kinds she mutes or has mailed, and hours in which no mail leaves."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.problems import InputError, Problem, pointer
from runtime.db.insert import insert_into
from runtime.notifications.model import NoticeKind
from runtime.notifications.tables import notification_choice, notification_quiet

NEVER_MUTED: Final = frozenset({NoticeKind.ESCALATION})
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """mail   True or False = she decided; None = as the sender wishes"""

    muted: bool = False
    mail: bool | None = None


NO_CHOICE: Final = Choice()
_NO_CHOICES: Final[Mapping[NoticeKind, Choice]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Quiet:
    """`HH:MM` on her clock; `ends` before `starts` is the next morning, equal ones are a whole day."""

    starts: str
    ends: str

    def over_at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """`now` outside the quiet hours, else the moment they end."""
        local = now.astimezone(zone)
        starts, ends = _clock(self.starts), _clock(self.ends)
        inside = starts <= local.time() < ends if starts < ends else not ends <= local.time() < starts
        if not inside:
            return now
        day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
        return datetime.combine(day, ends, zone).astimezone(now.tzinfo)


@dataclass(frozen=True, slots=True)
class Preferences:
    choices: Mapping[NoticeKind, Choice] = field(default_factory=lambda: _NO_CHOICES)
    quiet: Quiet | None = None

    def choice(self, kind: NoticeKind) -> Choice:
        return self.choices.get(kind, NO_CHOICE)

    def mutes(self, kind: NoticeKind) -> bool:
        return kind not in NEVER_MUTED and self.choice(kind).muted

    def wants_mail(self, kind: NoticeKind, *, offered: bool) -> bool:
        """Her own decision, else the sender's; never for what she muted."""
        decided = self.choice(kind).mail
        return not self.mutes(kind) and (offered if decided is None else decided)

    def mail_at(self, kind: NoticeKind, now: datetime, zone: ZoneInfo) -> datetime:
        """When a mail may leave: escalations at once, the rest after the quiet hours."""
        return now if self.quiet is None or kind in NEVER_MUTED else self.quiet.over_at(now, zone)


DEFAULT: Final = Preferences()


def read_preferences(conn: sa.Connection, users: Collection[int]) -> Mapping[int, Preferences]:
    """By user; who never chose anything is missing. Two statements."""
    if not users:
        return {}
    choices: dict[int, dict[NoticeKind, Choice]] = {}
    c, q = notification_choice.c, notification_quiet.c
    for row in conn.execute(sa.select(notification_choice).where(c.user_id.in_(set(users)))):
        choices.setdefault(row.user_id, {})[NoticeKind(row.kind)] = Choice(row.muted, row.mail)
    rows = conn.execute(sa.select(notification_quiet).where(q.user_id.in_(set(users))))
    quiet = {row.user_id: Quiet(row.starts, row.ends) for row in rows}
    return {
        user: Preferences(MappingProxyType(choices.get(user, {})), quiet.get(user))
        for user in choices.keys() | quiet.keys()
    }


def write_preferences(conn: sa.Connection, user: int, wanted: Preferences) -> None:
    """Let the person have exactly these; raises InputError for what cannot be muted or is no time of day."""
    problems = list(_problems(wanted))
    if problems:
        raise InputError(problems)
    conn.execute(sa.delete(notification_choice).where(notification_choice.c.user_id == user))
    rows = [
        {"user_id": user, "kind": kind, "muted": choice.muted, "mail": choice.mail}
        for kind, choice in wanted.choices.items()
        if choice != NO_CHOICE
    ]
    if rows:
        conn.execute(sa.insert(notification_choice), rows)
    if wanted.quiet is None:
        conn.execute(sa.delete(notification_quiet).where(notification_quiet.c.user_id == user))
        return
    hours = {"starts": wanted.quiet.starts, "ends": wanted.quiet.ends}
    insert = insert_into(conn, notification_quiet).values(user_id=user, **hours)
    conn.execute(insert.on_conflict_do_update(index_elements=["user_id"], set_=hours))


def _problems(wanted: Preferences) -> list[Problem]:
    found = [
        Problem("notifications.never-muted", pointer("kinds", kind, "muted"), {"kind": kind})
        for kind, choice in wanted.choices.items()
        if choice.muted and kind in NEVER_MUTED
    ]
    if wanted.quiet is not None:
        found += [
            Problem("notifications.no-time", pointer("quiet", name), {"value": value})
            for name, value in (("starts", wanted.quiet.starts), ("ends", wanted.quiet.ends))
            if not _TIME.fullmatch(value)
        ]
    return found


def _clock(text: str) -> time:
    return time.fromisoformat(text)
