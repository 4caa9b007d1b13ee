"""Editing definitions: one shared draft for each, with a revision and a short lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from engine.apps.kinds import Kind, Ref
from engine.keys import is_free_key, is_key
from engine.problems import InputError, LimitError, Problem
from runtime.catalog.drafts import Draft, discard_draft, read_draft, save_draft
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.errors import Conflict, NotFound

LEASE: Final = timedelta(minutes=2)
MAX_TEXT_LENGTH: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class EditedDraft:
    """What an editor opens: the draft, or the text in force where nobody has begun one (`rev` 0)."""

    ref: Ref
    rev: int
    text: str
    base_version: int | None
    published_version: int | None
    updated_at: datetime | None = None
    updated_by: int | None = None


def open_draft(conn: sa.Connection, metadata: Metadata, ref: Ref) -> EditedDraft:
    """Raises NotFound if there is neither a draft nor a version in force."""
    draft, published = read_draft(conn, ref), metadata.published.get(ref)
    version = published.version if published is not None else None
    if draft is not None:
        return _edited(draft, version)
    if published is None:
        raise NotFound.because("publishing.draft.unknown", kind=str(ref.kind), key=ref.key)
    return EditedDraft(ref, 0, published.text, version, version)


def keep_draft(
    conn: sa.Connection,
    workspace: Workspace,
    actor: Actor,
    metadata: Metadata,
    wanted: EditedDraft,
    *,
    take_over: bool = False,
) -> EditedDraft:
    """Save over revision `wanted.rev`; only text and revision of `wanted` count.

    take_over   she was asked, and takes over what somebody else saved in the last two minutes
    Raises Conflict if the revision is stale, or the draft is somebody else's; InputError for a bad key.
    """
    ref = wanted.ref
    _check(ref, wanted.text)
    draft, now = read_draft(conn, ref), workspace.now()
    if draft is not None and not take_over and _is_leased(draft, actor, now):
        raise Conflict.because(
            "publishing.draft.leased", by=draft.updated_by, at=draft.updated_at.isoformat()
        )
    published = metadata.published.get(ref)
    version = published.version if published is not None else None
    base = draft.base_version if draft is not None else version
    saved = save_draft(conn, Draft(ref, wanted.rev, wanted.text, base, now, actor.id))
    return _edited(saved, version)


def drop_draft(conn: sa.Connection, ref: Ref) -> None:
    """Raises NotFound if there is none."""
    if not discard_draft(conn, ref):
        raise NotFound.because("publishing.draft.unknown", kind=str(ref.kind), key=ref.key)


def _check(ref: Ref, text: str) -> None:
    free = is_key(ref.key) if ref.kind is Kind.ROLE else is_free_key(ref.key)
    if not free:
        raise InputError([Problem("apps.definition.bad-key", params={"key": ref.key})])
    if len(text) > MAX_TEXT_LENGTH:
        raise LimitError([Problem("publishing.draft.too-long", params={"limit": MAX_TEXT_LENGTH})])


def _is_leased(draft: Draft, actor: Actor, now: datetime) -> bool:
    return draft.updated_by not in (None, actor.id) and now - draft.updated_at < LEASE


def _edited(draft: Draft, version: int | None) -> EditedDraft:
    return EditedDraft(
        draft.ref,
        draft.rev,
        draft.text,
        draft.base_version,
        version,
        draft.updated_at,
        draft.updated_by,
    )
