"""A mail server on loopback: speaks enough SMTP (RFC 5321) for a client, and keeps what it got."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class Mailbox:
    """refuse   answer to the next recipients: `(550, "no such user")`"""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refuse: tuple[int, str] | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?starttls=never"


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mailbox: Mailbox = self.server.mailbox  # type: ignore[attr-defined]
        self._say(220, "test")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and mailbox.refuse is not None:
                self._say(*mailbox.refuse)
            elif verb == b"DATA":
                self._say(354, "go on")
                mailbox.mails.append(self._message())
                self._say(250, "kept")
            elif verb == b"QUIT":
                self._say(221, "bye")
                return
            else:
                self._say(250, "yes")

    def _message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def _say(self, code: int, text: str) -> None:
        self.wfile.write(f"{code} {text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        mailbox = Mailbox(server.server_address[1])
        server.mailbox = mailbox  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
