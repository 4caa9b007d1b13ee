"""The web application of one installation."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from runtime.composition.house import House
from runtime.composition.web import serve_rooms
from runtime.db.workspaces import Workspaces
from runtime.settings import Settings


def create_app(settings: Settings, workspaces: Workspaces | None = None) -> Flask:
    """The WSGI application.

    workspaces  already opened ones; by default they are opened, and their missing migrations applied
    Raises Unavailable if a database cannot serve.
    """
    return app_of(House.open(settings, workspaces))


def app_of(house: House) -> Flask:
    """The application over services that are open already."""
    flask_app = Flask("dougong", static_folder=None)
    hops = house.settings.trusted_proxies
    if hops:
        proxy = ProxyFix(flask_app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        flask_app.wsgi_app = proxy  # type: ignore[method-assign]  # the way Flask documents
    serve_rooms(flask_app, house)
    return flask_app
