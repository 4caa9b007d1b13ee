"""The endpoints and pages of all rooms, on one Flask application."""

from __future__ import annotations

from flask import Flask

from runtime.composition.house import House
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


def serve_rooms(flask_app: Flask, house: House) -> None:
    """Mount everything; an endpoint that could not be called safely stops the start."""
    settings, pages = house.settings, Pages(house.register, house.version)
    api = Api(flask_app, settings, house.workspaces, IdentityGate(house.roles.rights_of), house.register)
    api.error_page = pages.problem
    api.mount([*_rooms(house), OpenApiApi(house.version, api.mounted, ())])
    SignInPages(api, settings, pages, house.roles.demo_people).mount(flask_app)
    SetupPages(api, settings, pages).mount(flask_app)
    Shell(api, settings, pages).mount(flask_app)
    add_health(flask_app, house.workspaces)


def _rooms(house: House) -> list[object]:
    return [
        SessionApi(house.settings),
        MeApi(house.settings, _no_apps, house.roles.labels),
        PeopleApi(house.settings, house.roles.rights_of),
        DepartmentsApi(),
        GroupsApi(),
        JobsApi(house.register),
    ]


def _no_apps(_call: Call) -> list[object]:
    return []
