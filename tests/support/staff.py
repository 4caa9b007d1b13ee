"""People of an installation by login, each with a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from runtime.composition.house import House
from runtime.db.workspace import Workspace
from tests.support.browser import Browser


@dataclass
class Staff:
    """`staff["rep"].get("/me")`.

    ids   of those who are there already; they are signed in when they are first asked for
    """

    site: House
    workspace: Workspace
    flask_app: Flask
    ids: dict[str, int]
    browsers: dict[str, Browser] = field(default_factory=dict, kw_only=True)

    def __getitem__(self, login: str) -> Browser:
        if login not in self.browsers:
            assert login in self.ids, f"nobody hired {login}"
            self.hire(login)
        return self.browsers[login]

    def hire(self, login: str, *roles: str, **person: Any) -> int:
        browser = self.browsers[login] = Browser(self.flask_app, self.workspace)
        user = browser.sign_in(login, roles=list(roles), **{"name": login.title(), **person})
        self.ids[login] = user
        return user

    def id_of(self, login: str) -> int:
        return self.ids[login]
