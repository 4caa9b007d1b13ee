"""The endpoints and pages of all rooms, on one Flask application."""

from __future__ import annotations

from flask import Flask

from runtime.automation.api import RulesApi
from runtime.calendars.api import CalendarsApi
from runtime.composition.house import House
from runtime.composition.services import LIMITS
from runtime.connectors.api import ConnectorsApi
from runtime.http.health import add_health
from runtime.http.openapi import OpenApiApi
from runtime.http.serve import Api
from runtime.identity.api import DepartmentsApi, GroupsApi, MeApi, PeopleApi, SessionApi
from runtime.identity.authentication import IdentityGate
from runtime.imports.api import ImportsApi
from runtime.notifications.api import NotificationsApi
from runtime.outbox.api import JobsApi
from runtime.processes.api import ProcessesApi, TasksApi
from runtime.public.pages import Pages
from runtime.public.setup import SetupPages
from runtime.public.shell import Shell
from runtime.public.sign_in import SignInPages
from runtime.publishing.api import DefinitionsApi, PublishApi
from runtime.publishing.decision_drafts_api import DecisionDraftsApi
from runtime.publishing.drafts_api import DraftsApi
from runtime.publishing.rule_drafts_api import RuleDraftsApi
from runtime.records.api import RecordsApi
from runtime.records.forms_api import FormsApi
from runtime.records.shares_api import SharesApi
from runtime.solutions.api import SolutionsApi


def serve_rooms(flask_app: Flask, house: House) -> None:
    """Mount everything; an endpoint that could not be called safely stops the start."""
    settings, pages = house.settings, Pages(house.register, house.version)
    api = Api(flask_app, settings, house.workspaces, IdentityGate(house.roles.rights_of), house.register)
    api.error_page = pages.problem
    forms = FormsApi(house.services.catalog, house.services.records, house.register)
    api.mount(_foundation(house, forms))
    api.mount([forms, *_rooms(house)])
    api.mount([OpenApiApi(house.version, api.mounted, [forms.schemas])])
    SignInPages(api, settings, pages, house.roles.demo_people).mount(flask_app)
    SetupPages(api, settings, pages).mount(flask_app)
    Shell(api, settings, pages).mount(flask_app)
    add_health(flask_app, house.workspaces)


def _foundation(house: House, forms: FormsApi) -> list[object]:
    return [
        SessionApi(house.settings),
        MeApi(house.settings, forms.apps, house.roles.labels),
        PeopleApi(house.settings, house.roles.rights_of, house.roles.labels),
        DepartmentsApi(),
        GroupsApi(),
        JobsApi(house.register),
        NotificationsApi(),
        ConnectorsApi(house.register),
    ]


def _rooms(house: House) -> list[object]:
    services, register = house.services, house.register
    catalog, records, processes = services.catalog, services.records, services.processes
    return [
        RecordsApi(catalog, records, register),
        SharesApi(catalog),
        TasksApi(catalog, records, processes, register),
        ProcessesApi(catalog, records, processes, register),
        ImportsApi(catalog, register),
        RulesApi(catalog, services.runner, LIMITS, register),
        CalendarsApi(),
        DefinitionsApi(catalog),
        DraftsApi(catalog, services.publishing, register),
        RuleDraftsApi(catalog, services.publishing, register),
        DecisionDraftsApi(catalog, services.publishing, register),
        PublishApi(services.publishing, register),
        SolutionsApi(services.solutions, register),
    ]
