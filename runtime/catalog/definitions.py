"""Definitions and their published versions: immutable texts with a number, one of them in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from runtime.catalog.tables import definition, definition_version
from runtime.db.insert import insert_into
from runtime.db.stamps import bump
from runtime.http.errors import NotFound

CATALOG_STAMP = "catalog"


@dataclass(frozen=True, slots=True)
class Published:
    """The version of a definition that is in force, with its text; `owner`: the solution that brought it."""

    ref: Ref
    version: int
    text: str
    hash: str
    owner: str
    published_at: datetime
    published_by: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """One published version without its text; `current` = it is in force."""

    ref: Ref
    version: int
    hash: str
    note: str
    published_at: datetime
    published_by: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What publishing stores: `plan` is the plan that was applied, as plain data."""

    ref: Ref
    text: str
    note: str = ""
    plan: object = None
    owner: str = ""


def content_hash(text: str) -> str:
    """SHA-256, hexadecimal; the name of a text in every cache."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_published(conn: sa.Connection) -> tuple[Published, ...]:
    """Every definition in force, with its text; one statement."""
    d, v = definition.c, definition_version.c
    same = sa.and_(v.kind == d.kind, v.key == d.key, v.version == d.version)
    columns = (d.kind, d.key, d.version, d.owner, v.text, v.hash, v.published_at, v.published_by)
    rows = conn.execute(sa.select(*columns).join(definition_version, same).order_by(d.kind, d.key))
    return tuple(
        Published(
            Ref(Kind(row.kind), row.key),
            row.version,
            row.text,
            row.hash,
            row.owner,
            row.published_at,
            row.published_by,
        )
        for row in rows
    )


def read_version(conn: sa.Connection, ref: Ref, version: int | None = None) -> tuple[int, str]:
    """Number and text of a version; the one in force if `version` is None.

    Raises NotFound `catalog.definition.unknown`.
    """
    d, v = definition.c, definition_version.c
    query = sa.select(v.version, v.text).where(v.kind == ref.kind, v.key == ref.key)
    if version is None:
        same = sa.and_(v.kind == d.kind, v.key == d.key, v.version == d.version)
        query = query.join(definition, same)
    else:
        query = query.where(v.version == version)
    row = conn.execute(query).one_or_none()
    if row is None:
        raise unknown(ref)
    return row.version, row.text


def list_versions(conn: sa.Connection, ref: Ref) -> tuple[Version, ...]:
    """Every version, the newest first."""
    d, v = definition.c, definition_version.c
    same = sa.and_(v.kind == d.kind, v.key == d.key)
    query = (
        sa.select(v.version, v.hash, v.note, v.published_at, v.published_by, d.version.label("current"))
        .join(definition, same)
        .where(v.kind == ref.kind, v.key == ref.key)
        .order_by(v.version.desc())
    )
    return tuple(
        Version(ref, r.version, r.hash, r.note, r.published_at, r.published_by, r.version == r.current)
        for r in conn.execute(query)
    )


def add_version(conn: sa.Connection, new: NewVersion, *, at: datetime, by: int | None) -> int:
    """Store the next version and put it in force; returns its number. The caller bumps the stamp once."""
    v = definition_version.c
    newest = sa.select(sa.func.max(v.version)).where(v.kind == new.ref.kind, v.key == new.ref.key)
    number = (conn.execute(newest).scalar_one_or_none() or 0) + 1
    conn.execute(
        definition_version.insert().values(
            kind=new.ref.kind,
            key=new.ref.key,
            version=number,
            text=new.text,
            hash=content_hash(new.text),
            note=new.note,
            plan=new.plan,
            published_at=at,
            published_by=by,
        )
    )
    _put_in_force(conn, new.ref, number, new.owner)
    return number


def activate(conn: sa.Connection, ref: Ref, version: int) -> None:
    """Put an earlier version in force again (roll back). Raises NotFound if there is no such version."""
    read_version(conn, ref, version)
    conn.execute(_definition(ref).values(version=version))


def archive(conn: sa.Connection, ref: Ref) -> None:
    """No version is in force any more; texts, tables and records stay."""
    conn.execute(_definition(ref).values(version=None))


def definitions_changed(conn: sa.Connection) -> int:
    """Bump the stamp once per publishing; every process then reads the catalog anew. Returns the stamp."""
    return bump(conn, CATALOG_STAMP)


def unknown(ref: Ref) -> NotFound:
    return NotFound.because("catalog.definition.unknown", kind=str(ref.kind), key=ref.key)


def _put_in_force(conn: sa.Connection, ref: Ref, version: int, owner: str) -> None:
    insert = insert_into(conn, definition).values(kind=ref.kind, key=ref.key, version=version, owner=owner)
    conn.execute(
        insert.on_conflict_do_update(
            index_elements=[definition.c.kind, definition.c.key], set_={"version": version}
        )
    )


def _definition(ref: Ref) -> sa.Update:
    return definition.update().where(definition.c.kind == ref.kind, definition.c.key == ref.key)
