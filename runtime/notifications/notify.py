"""Sending notices: a job beside the change they belong to, so that neither waits for the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from engine.forms.model import Label
from runtime.notifications.model import (
    About,
    Channel,
    Content,
    FromTemplate,
    Notice,
    NoticeKind,
    Phrase,
    Recipient,
    RecipientKind,
    Sentence,
    Words,
)
from runtime.outbox.jobs import enqueue

DELIVER: Final = "notifications.deliver"
"""Kind of the job that finds the people, writes what each may read, and puts it before them."""


def notify(
    conn: sa.Connection, *notices: Notice, now: datetime, settled: Sequence[tuple[str, str]] = ()
) -> None:
    """Have the notices sent once the caller's transaction is committed; one statement, whatever their number.

    People are looked up and the words are written when the job runs, under each recipient's rights at that
    moment. What is wrong then (a template that is gone, say) is a failed job that administrators see.

    settled   (source, occurrence) of earlier notices that need nobody's attention any more: they become read
    """
    wanted = [one for one in notices if one.reaches_somebody]
    if wanted or settled:
        payload = {"notices": [_as_data(one) for one in wanted], "settled": [list(one) for one in settled]}
        enqueue(conn, DELIVER, payload, now=now, priority=5)


def notices_in(payload: Mapping[str, Any]) -> tuple[Notice, ...]:
    """The notices of a job."""
    return tuple(_notice(data) for data in payload["notices"])


def settled_in(payload: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(source, occurrence) of what needs nobody's attention any more."""
    return tuple((source, occurrence) for source, occurrence in payload["settled"])


def _as_data(notice: Notice) -> dict[str, object]:
    return {
        "kind": notice.kind.value,
        "recipients": [[one.kind.value, one.ref] for one in notice.recipients],
        "content": _content_as_data(notice.content),
        "source": notice.source,
        "occurrence": notice.occurrence,
        "about": None if notice.about is None else [notice.about.form, notice.about.record],
        "link": notice.link,
        "channels": sorted(channel.value for channel in notice.channels),
        "skip": notice.skip,
    }


def _content_as_data(content: Content) -> dict[str, object]:
    match content:
        case FromTemplate():
            return {"template": content.key, "values": dict(content.values)}
        case Words():
            return {"title": _label(content.title), "body": _label(content.body)}
        case Sentence():
            return {"sentence": _label(content.text)}
        case Phrase():
            return {"phrase": content.code, "params": dict(content.params)}


def _label(label: Label) -> object:
    return label if isinstance(label, str) else dict(label)


def _notice(data: Mapping[str, Any]) -> Notice:
    about = data["about"]
    return Notice(
        kind=NoticeKind(data["kind"]),
        recipients=tuple(Recipient(RecipientKind(kind), ref) for kind, ref in data["recipients"]),
        content=_content(data["content"]),
        source=data["source"],
        occurrence=data["occurrence"],
        about=None if about is None else About(*about),
        link=data["link"],
        channels=frozenset(Channel(one) for one in data["channels"]),
        skip=data["skip"],
    )


def _content(data: Mapping[str, Any]) -> Content:
    if "template" in data:
        return FromTemplate(data["template"], data["values"])
    if "sentence" in data:
        return Sentence(data["sentence"])
    if "phrase" in data:
        return Phrase(data["phrase"], data["params"])
    return Words(data["title"], data["body"])
