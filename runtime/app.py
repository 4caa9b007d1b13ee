"""The web application: opens the workspaces, builds the rooms' services and serves their endpoints."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Final

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.problems import ENGINE_LOCALE, Register
from runtime.composition.people import demo_people, rights_of
from runtime.db.workspaces import Workspaces
from runtime.http.call import Call
from runtime.http.health import add_health
from runtime.http.openapi import OpenApiApi
from runtime.http.serve import Api
from runtime.identity.api import DepartmentsApi, GroupsApi, MeApi, PeopleApi, SessionApi
from runtime.identity.authentication import IdentityGate
from runtime.outbox.api import JobsApi
from runtime.public.pages import Pages
from runtime.public.setup import SetupPages
from runtime.public.shell import Shell
from runtime.public.sign_in import SignInPages
from runtime.settings import Settings

LOCALE: Final = Path(__file__).parent / "locale"


def create_app(settings: Settings, workspaces: Workspaces | None = None) -> Flask:
    """The WSGI application of one installation.

    workspaces  already opened ones; by default they are opened, and their missing migrations applied
    Raises Unavailable if a database cannot serve.
    """
    if workspaces is None:
        workspaces = Workspaces.open(settings)
        workspaces.migrate_all()
    flask_app = Flask("dougong", static_folder=None)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        flask_app.wsgi_app = ProxyFix(flask_app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    register = Register.read(ENGINE_LOCALE, LOCALE)
    api = Api(flask_app, settings, workspaces, IdentityGate(rights_of), register)
    pages = Pages(register, version("dougong"))
    api.error_page = pages.problem
    SignInPages(api, settings, pages, demo_people(_no_labels)).mount(flask_app)
    SetupPages(api, settings, pages).mount(flask_app)
    Shell(api, settings, pages).mount(flask_app)
    api.mount(
        [
            SessionApi(settings),
            MeApi(settings, _no_apps, _no_labels),
            PeopleApi(settings, rights_of),
            DepartmentsApi(),
            GroupsApi(),
            JobsApi(register),
            OpenApiApi(version("dougong"), api.mounted, ()),
        ]
    )
    add_health(flask_app, workspaces)
    return flask_app


def _no_apps(_call: Call) -> list[object]:
    return []


def _no_labels(_call: Call) -> dict[str, str]:
    return {}
