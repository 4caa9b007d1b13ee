"""Giving one record to one subject, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from runtime.access.tables import record_share
from runtime.db.insert import insert_into


class SubjectKind(StrEnum):
    USER = "user"
    DEPARTMENT = "department"
    ROLE = "role"


class Level(StrEnum):
    """EDIT includes reading. A share opens the record, never a field that the roles keep closed."""

    READ = "read"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Subject:
    """id   of a user or department, as text; the key of a role"""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class Share:
    """source   what made it, e.g. `task:17`; "" = a person. One share per record, subject and source."""

    form: str
    record: int
    subject: Subject
    level: Level
    reason: str = ""
    source: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenShare:
    share: Share
    created_at: datetime
    created_by: int | None


def user_subject(user_id: int) -> Subject:
    return Subject(SubjectKind.USER, str(user_id))


def give_shares(conn: sa.Connection, shares: Sequence[Share], *, at: datetime, by: int | None) -> None:
    """Store the shares in one statement; one that exists gets the new level, reason and end."""
    if not shares:
        return
    rows = [
        {
            "form": share.form,
            "record": share.record,
            "subject_kind": share.subject.kind,
            "subject": share.subject.id,
            "level": share.level,
            "reason": share.reason,
            "source": share.source,
            "until": share.until,
            "created_at": at,
            "created_by": by,
        }
        for share in shares
    ]
    insert = insert_into(conn, record_share)
    c = record_share.c
    changed = {name: insert.excluded[name] for name in ("level", "reason", "until")}
    same = [c.form, c.record, c.subject_kind, c.subject, c.source]
    conn.execute(insert.on_conflict_do_update(index_elements=same, set_=changed), rows)


def end_shares(conn: sa.Connection, source: str, *, keep_reading: bool = False) -> None:
    """End what `source` gave; with `keep_reading` its subjects may still read the records."""
    of_source = record_share.c.source == source
    if keep_reading:
        conn.execute(record_share.update().where(of_source).values(level=Level.READ))
    else:
        conn.execute(record_share.delete().where(of_source))


def take_share(conn: sa.Connection, form: str, record: int, subject: Subject) -> bool:
    """Take back what persons gave to the subject; whether there was something."""
    c = record_share.c
    same = (c.form == form, c.record == record, c.subject_kind == subject.kind, c.subject == subject.id)
    return conn.execute(record_share.delete().where(*same, c.source == "")).rowcount > 0


def list_shares(conn: sa.Connection, form: str, record: int) -> tuple[GivenShare, ...]:
    c = record_share.c
    rows = conn.execute(sa.select(record_share).where(c.form == form, c.record == record).order_by(c.id))
    return tuple(_read(row) for row in rows)


def _read(row: sa.Row[*tuple[object, ...]]) -> GivenShare:
    subject = Subject(SubjectKind(row.subject_kind), row.subject)
    share = Share(row.form, row.record, subject, Level(row.level), row.reason, row.source, row.until)
    return GivenShare(share, row.created_at, row.created_by)
