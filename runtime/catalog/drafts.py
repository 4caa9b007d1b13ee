"""Drafts: one shared draft per definition, with a revision so that two editors never overwrite each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from runtime.catalog.tables import draft
from runtime.db.insert import insert_into
from runtime.http.errors import Conflict


@dataclass(frozen=True, slots=True)
class Draft:
    """rev           counts saves, from 1
    base_version  the version in force when the draft was begun; None = the definition is new
    """

    ref: Ref
    rev: int
    text: str
    base_version: int | None
    updated_at: datetime
    updated_by: int | None


def read_draft(conn: sa.Connection, ref: Ref) -> Draft | None:
    row = conn.execute(sa.select(draft).where(*_is(ref))).one_or_none()
    return _read(row) if row is not None else None


def list_drafts(conn: sa.Connection) -> tuple[Draft, ...]:
    return tuple(_read(row) for row in conn.execute(sa.select(draft).order_by(draft.c.kind, draft.c.key)))


def save_draft(conn: sa.Connection, wanted: Draft) -> Draft:
    """Store `wanted` over revision `wanted.rev` (0 = there is no draft yet); the result has the next one.

    Raises Conflict `catalog.draft.stale` if somebody saved meanwhile.
    """
    changes = {
        "text": wanted.text,
        "updated_at": wanted.updated_at,
        "updated_by": wanted.updated_by,
        "rev": wanted.rev + 1,
    }
    if wanted.rev == 0:
        first = {"kind": wanted.ref.kind, "key": wanted.ref.key, "base_version": wanted.base_version}
        written = conn.execute(insert_into(conn, draft).values(first | changes).on_conflict_do_nothing())
    else:
        written = conn.execute(
            draft.update().where(*_is(wanted.ref), draft.c.rev == wanted.rev).values(changes)
        )
    if written.rowcount != 1:
        raise Conflict.because("catalog.draft.stale", kind=str(wanted.ref.kind), key=wanted.ref.key)
    return Draft(
        wanted.ref,
        wanted.rev + 1,
        wanted.text,
        wanted.base_version,
        wanted.updated_at,
        wanted.updated_by,
    )


def discard_draft(conn: sa.Connection, ref: Ref) -> bool:
    """Whether there was one."""
    return conn.execute(draft.delete().where(*_is(ref))).rowcount == 1


def _is(ref: Ref) -> tuple[sa.ColumnElement[bool], ...]:
    return (draft.c.kind == ref.kind, draft.c.key == ref.key)


def _read(row: sa.Row[*tuple[Any, ...]]) -> Draft:
    ref = Ref(Kind(row.kind), row.key)
    return Draft(ref, row.rev, row.text, row.base_version, row.updated_at, row.updated_by)
