"""Apps: what stands in the navigation of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import Problem, errors, pointer


@dataclass(frozen=True, slots=True)
class AppItem:
    """One line of the navigation: the list of a form, through a shared view if one is named."""

    form: str
    view: str | None = None
    label: Label | None = None
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class App:
    """A set of forms that people use together."""

    key: str
    label: Label
    items: tuple[AppItem, ...]
    icon: str | None = None
    description: Label | None = None


@dataclass(frozen=True, slots=True)
class AppReading:
    """The app, if its document has no error, and everything that is wrong with it."""

    app: App | None
    problems: tuple[Problem, ...]


def read_app(document: object) -> AppReading:
    """Read `apps/<key>.json`; whether its forms and views exist is found out by `link`."""
    problems = check_shape(document, "app")
    if errors(problems):
        return AppReading(None, problems)
    values = cast(dict[str, Any], document)
    app = App(
        key=values["key"],
        label=values["label"],
        items=tuple(AppItem(**item) for item in values["items"]),
        icon=values.get("icon"),
        description=values.get("description"),
    )
    return AppReading(app, (*problems, *_repeated(app)))


def _repeated(app: App) -> list[Problem]:
    seen: set[tuple[str, str | None]] = set()
    found = []
    for number, item in enumerate(app.items):
        if (item.form, item.view) in seen:
            found.append(Problem("apps.app.item-repeated", pointer("items", number), {"form": item.form}))
        seen.add((item.form, item.view))
    return found
