"""Performers of what leaves the database, all of it as jobs of the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.problems import InputError, Problem, Severity
from engine.rules.language.effects import Call, Notify, Subject, SubjectKind
from engine.rules.language.known import IN_APP
from runtime.actions.doing import Doing, Done, Word
from runtime.actions.people import people_words
from runtime.connectors.calls import call as call_connector
from runtime.notifications.model import (
    About,
    Channel,
    Content,
    FromTemplate,
    Notice,
    NoticeKind,
    Recipient,
    RecipientKind,
    Sentence,
)
from runtime.notifications.notify import notify as send

_RECIPIENTS: Final[Mapping[SubjectKind, RecipientKind]] = MappingProxyType(
    {
        SubjectKind.USER: RecipientKind.USER,
        SubjectKind.MANAGER: RecipientKind.MANAGER,
        SubjectKind.HEAD: RecipientKind.DEPARTMENT_HEADS,
        SubjectKind.DEPARTMENT: RecipientKind.DEPARTMENT,
        SubjectKind.GROUP: RecipientKind.GROUP,
        SubjectKind.ROLE: RecipientKind.ROLE,
    }
)
_CHANNELS: Final[Mapping[str, Channel]] = MappingProxyType({"email": Channel.MAIL})


def notify(doing: Doing, effect: Notify) -> Done:
    """Raises InputError if nobody is named."""
    if not effect.recipients:
        raise InputError([Problem("actions.notify-nobody")])
    record = doing.record
    notice = Notice(
        kind=NoticeKind.MESSAGE,
        recipients=tuple(_recipient(one) for one in effect.recipients),
        content=_content(doing, effect),
        source=doing.source,
        occurrence=doing.occurrence_of(effect),
        about=None if record is None else About(record.form.key, record.id),
        channels=frozenset(_CHANNELS[name] for name in effect.channels if name in _CHANNELS),
    )
    send(doing.conn, notice, now=doing.scene.moment.now)
    unknown = [name for name in effect.channels if name != IN_APP and name not in _CHANNELS]
    problems = [
        Problem("actions.channel-missing", params={"channel": name}, severity=Severity.WARNING)
        for name in unknown
    ]
    people = people_words(doing.conn, doing.scene, effect.recipients)
    return Done((Word("actions.did.notify", {"people": people}),), tuple(problems))


def _recipient(subject: Subject) -> Recipient:
    return Recipient(_RECIPIENTS[subject.kind], str(subject.ref))


def _content(doing: Doing, effect: Notify) -> Content:
    if effect.template is not None or effect.message is None:
        return FromTemplate(effect.template or "")
    message = effect.message
    return Sentence(doing.scene.metadata.label_at(message.place, message.text))


def call(doing: Doing, effect: Call) -> Done:
    """Asked for in the transaction, made after it."""
    now = doing.scene.moment.now
    connector, operation = effect.connector, effect.operation
    call_connector(doing.conn, connector, operation, effect.values, source=doing.source, now=now)
    return Done((Word("actions.did.call", {"connector": connector, "operation": operation}),))
