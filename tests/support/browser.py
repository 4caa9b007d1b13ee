"""A signed-in caller in tests: keeps cookies and sends the CSRF token, like the browser side does."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from runtime.db.workspace import Workspace
from runtime.http import csrf
from runtime.http.actor import SYSTEM
from runtime.identity.people import NewUser, create_user
from runtime.identity.roles import give_roles
from runtime.identity.sessions import start_session
from runtime.identity.sign_in import _find
from runtime.identity.tables import user_account

SESSION_COOKIE = "dougong_session"


def people_of(workspace: Workspace) -> dict[str, int]:
    """The ids of everybody, by login."""
    with workspace.database.read() as conn:
        rows = conn.execute(sa.select(user_account.c.login, user_account.c.id)).all()
    return {row.login: row.id for row in rows}


class Browser:
    """`browser.sign_in("rep", roles=["rep"])`, then `browser.get("/forms")`; paths are below `/api/v1`."""

    def __init__(self, flask_app: Flask, workspace: Workspace) -> None:
        self._client = flask_app.test_client()
        self._app = flask_app
        self._workspace = workspace
        self.user_id: int | None = None
        self.language = "en"

    def another(self) -> Browser:
        """A second browser on the same workspace, nobody signed in."""
        return Browser(self._app, self._workspace)

    def sign_in(self, login: str = "admin", *, roles: list[str] | None = None, **person: Any) -> int:
        """Start a session without the cost of a password; the person is made if she does not exist.

        roles   given when she is made; by default the role of her login's name
        person  further fields of NewUser
        Returns her id.
        """
        now, database = self._workspace.now(), self._workspace.database
        self.user_id = _find(self._workspace, login).id
        if self.user_id is None:
            user = NewUser(login=login, **{"name": login, **person})
            held = [login] if roles is None else roles

            def make(connection: Any) -> int:
                user_id = create_user(connection, SYSTEM, user, now)
                give_roles(connection, SYSTEM, ("user", user_id), held, now)
                return user_id

            self.user_id = database.write(make)
        user_id = self.user_id
        token = database.write(lambda c: start_session(c, user_id, address="test", agent="", now=now))
        self._client.set_cookie(SESSION_COOKIE, token)
        self._client.set_cookie(csrf.COOKIE, csrf.token_for(self._workspace, token))
        return user_id

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.request("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.request("POST", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.request("PUT", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.request("PATCH", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.request("DELETE", path, **options)

    def request(self, method: str, path: str, **options: Any) -> TestResponse:
        """`json` is a body, `data` a form; `headers` are added. Paths outside the API begin with `//`."""
        headers = {"Accept-Language": self.language, **options.pop("headers", {})}
        token = self._client.get_cookie(csrf.COOKIE)
        if token is not None:
            headers.setdefault(csrf.HEADER, token.value)
        if options.get("json") is None:
            options.pop("json", None)
        url = path[1:] if path.startswith("//") else "/api/v1" + path
        return self._client.open(url, method=method, headers=headers, **options)
