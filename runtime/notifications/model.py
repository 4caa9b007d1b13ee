"""What a notice is to the rooms above: whom it concerns, what it says, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from engine.forms.model import Label

NO_VALUES: Final[Mapping[str, object]] = MappingProxyType({})


class NoticeKind(StrEnum):
    """What people mute, or have sent by mail, as a whole.

    TASK        a task waits for her · OUTCOME what became of something she began
    MESSAGE     a rule or a flow tells her something
    ESCALATION  something is overdue; cannot be muted and knows no quiet hours
    """

    TASK = "task"
    OUTCOME = "outcome"
    MESSAGE = "message"
    ESCALATION = "escalation"


class Channel(StrEnum):
    """Besides the workspace itself, where every notice appears."""

    MAIL = "mail"


class RecipientKind(StrEnum):
    """How people are named; all but ADDRESS are looked up when the notice is sent."""

    USER = "user"
    GROUP = "group"
    ROLE = "role"
    DEPARTMENT = "department"
    DEPARTMENT_HEADS = "department_heads"
    MANAGER = "manager"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody, or several people.

    ref   id of a user or department as text (MANAGER: of whose manager), key of a group or role, an address
    """

    kind: RecipientKind
    ref: str

    @classmethod
    def user(cls, user_id: int) -> Self:
        return cls(RecipientKind.USER, str(user_id))

    @classmethod
    def group(cls, key: str) -> Self:
        return cls(RecipientKind.GROUP, key)

    @classmethod
    def role(cls, key: str) -> Self:
        return cls(RecipientKind.ROLE, key)

    @classmethod
    def department(cls, department_id: int) -> Self:
        """Everybody who works in the department or below it."""
        return cls(RecipientKind.DEPARTMENT, str(department_id))

    @classmethod
    def heads_of(cls, department_id: int) -> Self:
        return cls(RecipientKind.DEPARTMENT_HEADS, str(department_id))

    @classmethod
    def manager_of(cls, user_id: int) -> Self:
        return cls(RecipientKind.MANAGER, str(user_id))

    @classmethod
    def address(cls, mail_address: str) -> Self:
        """Somebody who is no user; gets a mail and nothing else."""
        return cls(RecipientKind.ADDRESS, mail_address)


@dataclass(frozen=True, slots=True)
class FromTemplate:
    """The words of the message template `key`, filled for each recipient with what she may read.

    values   plain data under further names (text, numbers, booleans, null); they win over fields
    """

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: NO_VALUES)


@dataclass(frozen=True, slots=True)
class Words:
    """The words themselves, by language; nothing in them is interpreted."""

    title: Label
    body: Label = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by language; each `{field}` in it is filled for each recipient as she may see it."""

    text: Label


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the program: message and hint of `code` in the files of texts, with `params`."""

    code: str
    params: Mapping[str, object] = field(default_factory=lambda: NO_VALUES)


Content = FromTemplate | Words | Sentence | Phrase


@dataclass(frozen=True, slots=True)
class About:
    """The record a notice is about."""

    form: str
    record: int


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell.

    recipients  each person gets it once, however often she is named
    source      what sends it, e.g. `rule/stale_deals`; with `occurrence` it makes the notice unique for each
                recipient, so that a repeated run tells nobody twice
    occurrence  which time of `source`, e.g. the record and the day
    link        path below the workspace's address; by default the record's
    channels    beside the workspace, unless the recipient decided otherwise
    skip        who already knows: usually the person whose act this is
    """

    kind: NoticeKind
    recipients: tuple[Recipient, ...]
    content: Content
    source: str
    occurrence: str
    about: About | None = None
    link: str = ""
    channels: frozenset[Channel] = frozenset()
    skip: int | None = None

    @property
    def reaches_somebody(self) -> bool:
        """Not if it is for the one person only who knows already, or for nobody."""
        known = None if self.skip is None else Recipient.user(self.skip)
        return any(recipient != known for recipient in self.recipients)


def users(ids: Iterable[int]) -> tuple[Recipient, ...]:
    """Recipients by the ids of their accounts."""
    return tuple(Recipient.user(one) for one in dict.fromkeys(ids))
