from __future__ import annotations

from dataclasses import replace

import pytest

from runtime.composition.demo import prepare_demo
from runtime.composition.house import House
from runtime.db.workspaces import Workspaces
from runtime.identity.directory import list_people
from runtime.settings import Settings

pytestmark = pytest.mark.thorough


def test_the_demo_is_installed_once_and_offers_its_people(settings: Settings, workspaces: Workspaces) -> None:
    house = House.open(replace(settings, demo=True), workspaces)
    workspace = house.workspaces.get()

    prepare_demo(house)
    prepare_demo(house)

    with workspace.database.read() as connection:
        people = list_people(connection, limit=200)
    offered = house.roles.demo_people(workspace, "zh-CN")
    assert len(people) == len(offered)
    assert {"销售", "销售经理", "销售总监"} <= {person.title for person in offered}
    assert all(person.detail for person in offered)
