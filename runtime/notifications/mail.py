"""Sending one mail: the message itself, the server it is handed to, and the job that does it."""

from __future__ import annotations

import html
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Final, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import sqlalchemy as sa

from engine.problems import InputError, Problem, Register
from runtime.db.workspace import Workspace
from runtime.http.errors import NotFound, Unavailable
from runtime.identity.directory import addresses_of
from runtime.notifications.tables import notification
from runtime.outbox.run import JobRun
from runtime.settings import Settings

TIMEOUT_S: Final = 15.0
_PORTS: Final = {"smtp": 25, "smtps": 465}
_SETTING: Final = "DOUGONG_SMTP_URL"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over.

    encrypt   `smtps` speaks TLS from the first byte; `smtp` changes to it by STARTTLS, unless the address
              ends in `?starttls=never`, which only makes sense on the same machine
    """

    host: str
    port: int
    encrypt: bool
    starttls: bool
    user: str
    password: str

    @classmethod
    def at(cls, address: str) -> MailServer:
        """`smtp://user:password@host:587`, `smtps://host`. The settings have checked it."""
        parts = urlsplit(address)
        starttls = parts.scheme == "smtp" and parse_qs(parts.query).get("starttls") != ["never"]
        return cls(
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            encrypt=parts.scheme == "smtps",
            starttls=starttls,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def send(self, message: EmailMessage) -> None:
        """Raises Unavailable where a later attempt may succeed, InputError where it is refused for good."""
        try:
            with self._connect() as smtp:
                if self.starttls:
                    smtp.starttls(context=ssl.create_default_context())
                if self.user:
                    smtp.login(self.user, self.password)
                smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable.because("notifications.mail.unreachable", reason=_reason(error)) from error

    def _connect(self) -> smtplib.SMTP:
        if self.encrypt:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)


class Post(Protocol):
    """What hands a mail over; in tests a double at the edge of the world."""

    def send(self, message: EmailMessage) -> None:
        """As `MailServer.send`."""


def _refused(code: int, answer: bytes | str) -> InputError | Unavailable:
    """4xx means later, 5xx means never (RFC 5321, 4.2.1)."""
    reason = f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
    if code < 500:
        return Unavailable.because("notifications.mail.unreachable", reason=reason)
    return InputError((Problem("notifications.mail.refused", params={"reason": reason}),))


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


@dataclass(frozen=True, slots=True)
class Envelope:
    """A stored notification with the address it goes to."""

    id: int
    to: str
    language: str
    title: str
    body: str
    link: str


class MailJob:
    """Runs jobs of the kind `notifications.mail`.

    A mail may leave twice if the process dies between the server's yes and the commit; both then carry the
    same Message-ID, by which mail programs show it once.
    """

    def __init__(self, settings: Settings, register: Register, post: Post | None = None) -> None:
        self._settings = settings
        self._register = register
        address = settings.smtp_url
        self._post = post or (MailServer.at(address) if address else None)

    def run(self, run: JobRun) -> None:
        identity, workspace = int(str(run.payload["notification"])), run.workspace
        with workspace.database.read() as conn:
            envelope = _find(conn, identity)
        if self._post is None:
            raise InputError((Problem("notifications.mail.not-configured", params={"setting": _SETTING}),))
        self._post.send(self._message(workspace, envelope, str(run.job.key)))
        now = workspace.now()
        run.finish(lambda conn: _mailed(conn, identity, now))

    def _message(self, workspace: Workspace, envelope: Envelope, job_key: str) -> EmailMessage:
        settings = self._settings
        host = urlsplit(settings.url).hostname or "localhost"
        sender = settings.mail_from or f"dougong@{host}"
        message = EmailMessage()
        message["Subject"] = envelope.title
        message["From"] = Address(" ".join(workspace.name.split()), addr_spec=sender)
        message["To"] = _recipient(envelope.to)
        message["Date"] = format_datetime(workspace.now())
        message["Message-ID"] = f"<{job_key.replace(':', '.')}.{workspace.key}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        if settings.mail_reply_to:
            message["Reply-To"] = Address(addr_spec=settings.mail_reply_to)
        link = f"{settings.url}{envelope.link}" if envelope.link else ""
        opening = self._register.message(Problem("notifications.mail.open"), envelope.language)
        message.set_content("\n\n".join(filter(None, (envelope.title, envelope.body, link))))
        message.add_alternative(_as_html(envelope, link, opening), subtype="html")
        return message


def _recipient(address: str) -> Address:
    """Raises InputError for what is no address: it may come from a field of a record."""
    try:
        return Address(addr_spec=address)
    except (ValueError, MessageError) as error:
        raise InputError((Problem("notifications.mail.bad-address", params={"address": address}),)) from error


def _as_html(envelope: Envelope, link: str, opening: str) -> str:
    """The text as paragraphs; whatever records hold is text in it, never markup."""
    parts = [f"<h2 style='font-size:18px'>{html.escape(envelope.title)}</h2>"]
    parts += [
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>"
        for part in envelope.body.split("\n\n")
        if part.strip()
    ]
    if link:
        parts.append(f"<p><a href='{html.escape(link, quote=True)}'>{html.escape(opening)}</a></p>")
    head = f"<html lang='{html.escape(envelope.language)}'><body style='font-family:sans-serif'>"
    return f"<!doctype html>{head}{''.join(parts)}</body></html>"


def _find(conn: sa.Connection, identity: int) -> Envelope:
    """Raises NotFound if the notification is gone or has no address any more."""
    row = conn.execute(sa.select(notification).where(notification.c.id == identity)).one_or_none()
    to = None if row is None else _address(conn, row)
    if row is None or to is None:
        raise NotFound.because("notifications.mail.no-address", notification=identity)
    return Envelope(row.id, to, row.language, row.title, row.body, row.link)


def _address(conn: sa.Connection, row: sa.Row[Any]) -> str | None:
    """Hers as it is now."""
    if row.user_id is None:
        return str(row.recipient).removeprefix("mail:")
    return addresses_of(conn, [row.user_id]).get(row.user_id)


def _mailed(conn: sa.Connection, identity: int, now: datetime) -> None:
    conn.execute(sa.update(notification).where(notification.c.id == identity).values(mailed_at=now))
