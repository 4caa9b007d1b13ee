"""The page behind a one-time link: the first administrator, or a new password."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy.engine import Connection

from engine.problems import ProblemsError
from runtime.http.actor import SYSTEM
from runtime.http.call import Call
from runtime.http.guard import PUBLIC
from runtime.http.problems import status_of
from runtime.http.serve import Api
from runtime.identity import brake
from runtime.identity.api import let_in, visitor_of
from runtime.identity.directory import find_person
from runtime.identity.links import Link, find_link, use_link
from runtime.identity.people import NewUser, create_user, set_password
from runtime.identity.roles import ADMIN, give_roles
from runtime.identity.sessions import start_session
from runtime.public.pages import Pages, go_to
from runtime.public.sign_in import HOME
from runtime.settings import Settings


class SetupPages:
    """`/setup/<token>`. The link is used up in the transaction that makes the person or sets the password."""

    def __init__(self, api: Api, settings: Settings, pages: Pages) -> None:
        self._api = api
        self._settings = settings
        self._pages = pages

    def mount(self, flask_app: Flask) -> None:
        flask_app.add_url_rule("/setup/<token>", "set-up", self.show, methods=["GET"])
        flask_app.add_url_rule("/setup/<token>", "set-up-form", self.submit, methods=["POST"])

    def show(self, token: str) -> Response:
        call = self._api.call_for(request, PUBLIC)
        return self._page(call, self._link(call, token), None)

    def submit(self, token: str) -> Response:
        call = self._api.call_for(request, PUBLIC)
        link, now, visitor = self._link(call, token), call.now, visitor_of(call)

        def work(connection: Connection) -> tuple[str, str]:
            use_link(connection, token, now)
            user_id = self._carry_out(connection, call, link)
            login = find_person(connection, user_id).login
            session = start_session(
                connection, user_id, address=visitor.address, agent=visitor.agent, now=now
            )
            return session, login

        try:
            session, login = call.workspace.database.write(work)
        except ProblemsError as error:
            return self._page(call, link, error)
        tokens = (session, brake.new_device(call.workspace, login))
        return let_in(go_to(HOME), call, self._settings, tokens)

    @staticmethod
    def _carry_out(connection: Connection, call: Call, link: Link) -> int:
        given, now = request.form, call.now
        if link.user_id is not None:
            set_password(connection, SYSTEM, link.user_id, given.get("password", ""), now)
            return link.user_id
        user = NewUser(
            login=given.get("login", "").strip(),
            name=given.get("name", "").strip(),
            password=given.get("password", ""),
            language=call.language,
        )
        user_id = create_user(connection, SYSTEM, user, now)
        give_roles(connection, SYSTEM, ("user", user_id), [ADMIN], now)
        return user_id

    @staticmethod
    def _link(call: Call, token: str) -> Link:
        with call.read() as connection:
            return find_link(connection, token, call.now)

    def _page(self, call: Call, link: Link, error: ProblemsError | None) -> Response:
        told = self._pages.told(error.problems, call.language) if error else []
        faults = {problem["at"]: problem for problem in told}
        response = self._pages.render(
            "setup.html",
            call.language,
            status_of(error) if error else 200,
            purpose=link.purpose,
            problems=[problem for problem in told if problem["at"] not in _FIELDS],
            faults=faults,
            given=request.form,
            language_address=f"/login?language={'en' if call.language == 'zh-CN' else 'zh-CN'}",
        )
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


_FIELDS = frozenset({"/name", "/login", "/password"})
