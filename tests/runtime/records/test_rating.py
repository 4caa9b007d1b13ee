"""Stars on real databases: a number to filter, sort and measure by."""

from __future__ import annotations

from runtime.records.model import ListQuery
from tests.runtime.records.conftest import grant, role
from tests.support.forms import House

VISIT = {
    "$schema": "form/1",
    "key": "visit",
    "label": "Visit",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name"},
        "stars": {"type": "rating", "label": "Stars", "max": 10},
    },
}


def test_stars_are_compared_and_sorted_as_numbers(house: House) -> None:
    house.install(VISIT, role__clerk=role("clerk", grant("visit", "view create")))
    clerk = house.person("clerk", "clerk")
    for name, stars in (("good", 9), ("best", 10), ("bad", 2), ("silent", None)):
        house.create(clerk, "visit", name=name, stars=stars)

    scene, query = house.scene(clerk), ListQuery(where="stars > 2", sort=("-stars",))
    with house.workspace.database.read() as conn:
        page = house.records.list(conn, scene, "visit", query)

    assert [one.values["name"] for one in page.items] == ["best", "good"]
