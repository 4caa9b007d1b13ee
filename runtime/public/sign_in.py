"""The sign-in page, the demo's people, signing out, and the choice of language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, request

from engine.problems import ProblemsError
from runtime.db.workspace import Workspace
from runtime.http import csrf
from runtime.http.call import Call
from runtime.http.errors import NotFound
from runtime.http.guard import PUBLIC
from runtime.http.language import COOKIE as LANGUAGE_COOKIE
from runtime.http.problems import status_of
from runtime.http.serve import Api, host_name
from runtime.http.session_cookie import clear_session, session_token
from runtime.identity.api import let_in, visitor_of
from runtime.identity.directory import is_empty
from runtime.identity.sessions import end_session
from runtime.identity.sign_in import SignedIn, sign_in, sign_in_for_demo
from runtime.public.pages import Pages, go_to
from runtime.settings import LOOPBACK, Settings

HOME: Final = "/app/"
_YEAR_S: Final = 365 * 86_400


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One button of the demo: `title` is what she does, `detail` where she belongs."""

    login: str
    name: str
    title: str
    detail: str


DemoPeople = Callable[[Workspace, str], tuple[DemoPerson, ...]]
"""Who can be chosen in the demo, in a language; told by the composition root."""


class SignInPages:
    """`/login` works without a script; the session it starts is the API's."""

    def __init__(self, api: Api, settings: Settings, pages: Pages, demo_people: DemoPeople) -> None:
        self._api = api
        self._settings = settings
        self._pages = pages
        self._demo_people = demo_people

    def mount(self, flask_app: Flask) -> None:
        flask_app.add_url_rule("/", "start", lambda: go_to(HOME))
        flask_app.add_url_rule("/login", "sign-in", self.show, methods=["GET"])
        flask_app.add_url_rule("/login", "sign-in-form", self.submit, methods=["POST"])
        flask_app.add_url_rule("/login/demo", "sign-in-demo", self.enter_demo, methods=["POST"])
        flask_app.add_url_rule("/logout", "sign-out", self.leave, methods=["POST"])

    def show(self) -> Response:
        call = self._api.call_for(request, PUBLIC)
        chosen = request.args.get("language", "")
        if chosen in {"zh-CN", "en"}:
            response = go_to(_address("/login", request.args.get("next", "")))
            secure = self._settings.secure_cookies
            response.set_cookie(LANGUAGE_COOKIE, chosen, _YEAR_S, secure=secure, samesite="Lax")
            return response
        return self._page(call)

    def submit(self) -> Response:
        call = self._api.call_for(request, PUBLIC)
        given = request.form
        try:
            entered = sign_in(
                call.workspace, given.get("user", ""), given.get("password", ""), visitor_of(call)
            )
        except ProblemsError as error:
            return self._page(call, error)
        return self._enter(call, entered, given.get("next", ""))

    def enter_demo(self) -> Response:
        """Raises NotFound unless this is a demo asked from the machine it runs on."""
        call = self._api.call_for(request, PUBLIC)
        login = request.form.get("login", "")
        if login not in {person.login for person in self._people(call)}:
            raise NotFound.because("http.not-found")
        return self._enter(call, sign_in_for_demo(call.workspace, login, visitor_of(call)), HOME)

    def leave(self) -> Response:
        call = self._api.call_for(request, PUBLIC)
        token = session_token(request, self._settings)
        csrf.refuse_without_token(request, call.workspace, token, request.form.get("csrf", ""))
        call.workspace.database.write(lambda connection: end_session(connection, token))
        response = go_to("/login")
        clear_session(response, self._settings)
        return response

    def _enter(self, call: Call, entered: SignedIn, address: str) -> Response:
        tokens = (entered.session, entered.device)
        return let_in(go_to(own_path(address)), call, self._settings, tokens)

    def _page(self, call: Call, error: ProblemsError | None = None) -> Response:
        with call.read() as connection:
            nobody = is_empty(connection)
        following = request.values.get("next", "")
        other = "en" if call.language == "zh-CN" else "zh-CN"
        return self._pages.render(
            "login.html",
            call.language,
            status_of(error) if error else 200,
            workspace=call.workspace.name,
            problems=self._pages.told(error.problems, call.language) if error else [],
            nobody=nobody,
            next=following,
            user=request.form.get("user", ""),
            people=self._people(call),
            language_address=_address("/login", following, language=other),
        )

    def _people(self, call: Call) -> tuple[DemoPerson, ...]:
        local = {request.remote_addr, host_name(request).strip("[]")} <= LOOPBACK
        if not (self._settings.demo and self._settings.on_loopback and local):
            return ()
        return self._demo_people(call.workspace, call.language)


def own_path(address: str) -> str:
    """The address if it is a path of this site, else the home page: nobody is sent elsewhere."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_own and "\\" not in address else HOME


def _address(path: str, following: str, **more: str) -> str:
    query = {name: value for name, value in {"next": following, **more}.items() if value}
    return f"{path}?{urlencode(query)}" if query else path
