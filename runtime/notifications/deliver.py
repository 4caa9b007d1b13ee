"""The job behind `notify`: finds the people, writes for each of them, and puts it before them once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from engine.problems import Register
from runtime.calendars.in_force import zone_for
from runtime.catalog.catalog import Catalog
from runtime.db.insert import insert_into
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.identity.asking import actors_of
from runtime.identity.directory import addresses_of
from runtime.notifications.inbox import settle
from runtime.notifications.model import Channel, Notice
from runtime.notifications.notify import notices_in, settled_in
from runtime.notifications.preferences import DEFAULT, Preferences, read_preferences
from runtime.notifications.recipients import find_recipients
from runtime.notifications.tables import notification
from runtime.notifications.words import RecordReader, Writer, Written
from runtime.outbox.jobs import enqueue
from runtime.outbox.run import JobRun

MAIL: Final = "notifications.mail"
"""Kind of the job that sends one mail."""
_TOGETHER: Final = 200
"""Rows of one INSERT."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice, written for one recipient.

    user     None = an address outside
    read     muted: it is there, but does not count as new
    mail_at  None = no mail
    """

    notice: Notice
    recipient: str
    user: int | None
    language: str
    written: Written
    read: bool
    mail_at: datetime | None

    @property
    def link(self) -> str:
        """Where a click leads; nowhere if the record is not for her."""
        about = self.notice.about
        if self.notice.link or about is None or not self.written.seen:
            return self.notice.link
        return f"/app/forms/{about.form}/{about.record}"


class Delivery:
    """Runs jobs of the kind `notifications.deliver`; running one again tells nobody twice."""

    def __init__(self, catalog: Catalog, reader: RecordReader, register: Register) -> None:
        self._catalog = catalog
        self._reader = reader
        self._register = register

    def run(self, run: JobRun) -> None:
        """Everything is written before the transaction begins, which only inserts."""
        workspace, now = run.workspace, run.workspace.now()
        with workspace.database.read() as conn:
            metadata = self._catalog.load(conn, workspace)
            writer = Writer(conn, workspace, metadata, self._reader, self._register)
            letters = [
                letter
                for notice in notices_in(run.payload)
                for letter in _letters(conn, workspace, notice, writer, now)
            ]
        settled = settled_in(run.payload)

        def last(conn: sa.Connection) -> None:
            _put(conn, letters, now)
            settle(conn, settled, now)

        run.finish(last)


def _letters(
    conn: sa.Connection, workspace: Workspace, notice: Notice, writer: Writer, now: datetime
) -> Iterator[Letter]:
    found = find_recipients(conn, notice.recipients, notice.skip)
    people, chosen = actors_of(conn, found.users), read_preferences(conn, found.users)
    addresses = addresses_of(conn, found.users)
    for user in found.users:
        if user in people:
            choice = chosen.get(user, DEFAULT)
            mail_at = _mail_at(notice, zone_for(workspace, people[user]), choice, now)
            written = writer.write(notice, people[user])
            yield Letter(
                notice=notice,
                recipient=f"user:{user}",
                user=user,
                language=people[user].language,
                written=written,
                read=choice.mutes(notice.kind),
                mail_at=mail_at if user in addresses else None,
            )
    for address in found.addresses:
        written = writer.write(notice, SYSTEM)
        yield Letter(notice, f"mail:{address}", None, SYSTEM.language, written, read=False, mail_at=now)


def _mail_at(notice: Notice, zone: ZoneInfo, chosen: Preferences, now: datetime) -> datetime | None:
    if not chosen.wants_mail(notice.kind, offered=Channel.MAIL in notice.channels):
        return None
    return chosen.mail_at(notice.kind, now, zone)


def _put(conn: sa.Connection, letters: Sequence[Letter], now: datetime) -> None:
    """Store them, and queue the mails of those that were not there yet."""
    for start in range(0, len(letters), _TOGETHER):
        some = letters[start : start + _TOGETHER]
        insert = insert_into(conn, notification).values([_row(letter, now) for letter in some])
        c = notification.c
        new = insert.on_conflict_do_nothing(index_elements=[c.source, c.recipient, c.occurrence])
        stored = conn.execute(new.returning(c.id, c.source, c.recipient, c.occurrence))
        ids = {(source, recipient, which): identity for identity, source, recipient, which in stored}
        for letter in some:
            identity = ids.pop((letter.notice.source, letter.recipient, letter.notice.occurrence), None)
            if identity is not None and letter.mail_at is not None:
                key = f"{MAIL}:{identity}"
                enqueue(conn, MAIL, {"notification": identity}, now=now, key=key, run_at=letter.mail_at)


def _row(letter: Letter, now: datetime) -> dict[str, object]:
    notice, about = letter.notice, letter.notice.about
    return {
        "recipient": letter.recipient,
        "user_id": letter.user,
        "kind": notice.kind,
        "source": notice.source,
        "occurrence": notice.occurrence,
        "form": None if about is None else about.form,
        "record": None if about is None else about.record,
        "language": letter.language,
        "title": letter.written.title,
        "body": letter.written.body,
        "link": letter.link,
        "created_at": now,
        "read_at": now if letter.read else None,
        "mailed_at": None,
    }
