"""Fixtures of the runtime's tests.

app      the web application of one installation
browser  a caller of it: `browser.sign_in("rep"); browser.get("/me").json`
"""

from __future__ import annotations

import pytest
from flask import Flask

from runtime.app import create_app
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.settings import Settings
from tests.support.browser import Browser


@pytest.fixture
def app(settings: Settings, workspaces: Workspaces) -> Flask:
    return create_app(settings, workspaces)


@pytest.fixture
def browser(app: Flask, workspace: Workspace) -> Browser:
    return Browser(app, workspace)
