"""One request as an endpoint sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from flask import Request
from sqlalchemy.engine import Connection

from engine.problems import InputError, Problem, ProblemsError
from runtime.db.stamps import Stamps
from runtime.db.workspace import Workspace
from runtime.http.actor import Actor
from runtime.http.cursors import read_cursor, write_cursor
from runtime.http.errors import Malformed, Unauthenticated
from runtime.http.kept_answers import AlreadyKept, Claim, KeptAnswer, find_kept, keep
from runtime.http.reply import Reply

T = TypeVar("T")


class Replay(Exception):
    """The same request was answered before; `kept` is what it got."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__("answered before")
        self.kept = kept


@dataclass(slots=True)
class Call:
    """Everything an endpoint may use of a request.

    args         declared query arguments, typed, with their defaults
    body         the JSON body, checked against the endpoint's schema; None if it declares none
    language     language of texts for this caller
    stamps       version stamps read with the session
    claim        the request's `Idempotency-Key`, if it carries one
    """

    request: Request
    workspace: Workspace
    language: str
    caller: Actor | None = None
    stamps: Stamps = field(default_factory=dict)
    args: Mapping[str, object] = field(default_factory=dict)
    body: object = None
    claim: Claim | None = None

    @property
    def actor(self) -> Actor:
        """Raises Unauthenticated where nobody is signed in (public endpoints ask `caller`)."""
        if self.caller is None:
            raise Unauthenticated.because("http.not-signed-in")
        return self.caller

    @property
    def fields(self) -> Mapping[str, Any]:
        """The body of an endpoint whose schema is an object."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def now(self) -> datetime:
        return self.workspace.now()

    @property
    def if_match(self) -> int | None:
        """The revision named by `If-Match`; None if the header is absent or `*`. Raises Malformed."""
        text = self.request.headers.get("If-Match", "*")
        if text == "*":
            return None
        rev = text.removeprefix("W/").strip('"')
        if not rev.isdecimal() or len(rev) > 18:
            raise Malformed.because("http.if-match", found=text)
        return int(rev)

    def read(self) -> AbstractContextManager[Connection]:
        return self.workspace.database.read()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run the request's one unit of work; what it returns is the answer (plain data or a Reply).

        With an `Idempotency-Key` the answer is stored in the same transaction. `work` may run up to three
        times (`Database.write`), so everything it needs is read before or inside it.
        """
        database, claim = self.workspace.database, self.claim
        if claim is None:
            return database.write(work)

        def keeping(connection: Connection) -> T:
            answer = work(connection)
            keep(connection, claim, Reply.of(answer), self.now)
            return answer

        try:
            return database.write(keeping)
        except (AlreadyKept, ProblemsError) as error:
            with database.read() as connection:
                kept = find_kept(connection, claim)
            if kept is None:
                raise
            raise self.replay(kept) from error

    def replay(self, kept: KeptAnswer) -> Replay:
        """Raises InputError if the key was used for another request."""
        if self.claim is None or kept.fingerprint != self.claim.fingerprint:
            raise InputError([Problem("http.idempotency-key.reused", "/Idempotency-Key")])
        return Replay(kept)

    def write_cursor(self, position: object, *, of: str) -> str:
        return write_cursor(self.workspace, position, of)

    def read_cursor(self, text: str, *, of: str) -> object:
        return read_cursor(self.workspace, text, of)
