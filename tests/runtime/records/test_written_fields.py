"""Texts in a known notation on real databases: `unique`, filters and search agree on what is equal."""

from __future__ import annotations

import pytest

from runtime.http.errors import Conflict
from runtime.records.model import ListQuery
from tests.runtime.records.conftest import grant, role
from tests.support.forms import House

KINDS = ("email", "url", "id_number", "credit_code")
PERSON = {
    "$schema": "form/1",
    "key": "person",
    "label": "Person",
    "title": "{email}",
    "fields": {
        **{kind: {"type": kind, "label": kind} for kind in KINDS},
        "phone": {"type": "phone", "label": "Phone", "unique": True, "search": True},
    },
}


def test_however_it_is_written_it_is_found_and_not_stored_twice(house: House) -> None:
    house.install(PERSON, role__clerk=role("clerk", grant("person", "view create")))
    clerk = house.person("clerk", "clerk")
    mei = house.create(
        clerk,
        "person",
        email="Mei@Example.com",
        phone="+86 138-0013-8000",
        url="example.com",
        id_number="11010519491231002x",
        credit_code="91110000802100433B",
    )
    house.create(clerk, "person", email="li@example.com", phone="0571-8877 6655 转 802")

    def found(**query: object) -> list[object]:
        scene = house.scene(clerk)
        with house.workspace.database.read() as conn:
            page = house.records.list(conn, scene, "person", ListQuery(**query))  # type: ignore[arg-type]
        return [one.values["email"] for one in page.items]

    assert mei.values["url"] == "https://example.com"
    assert mei.values["id_number"] == "11010519491231002X"
    assert found(search="138 0013") == found(search="+86 13800138000") == ["mei@example.com"]
    assert found(search="0571-8877") == found(where='contains(phone, "x802")') == ["li@example.com"]
    assert found(where='phone = "13800138000"') == found(search="mei@") == ["mei@example.com"]
    assert found(sort=("-email",)) == ["mei@example.com", "li@example.com"]
    with pytest.raises(Conflict, match=r"records\.value\.taken at /phone"):
        house.create(clerk, "person", phone="138 0013 8000")
