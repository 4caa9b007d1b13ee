from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry

STRUCTURE = json.loads((Path(__file__).parent / "openapi-3.1-structure.json").read_text())


@pytest.fixture
def contract(browser) -> dict:
    browser.sign_in()
    return browser.get("/openapi.json").json


def test_the_contract_has_the_structure_of_openapi_3_1(contract) -> None:
    validator = Draft202012Validator(STRUCTURE, registry=Registry())

    assert [error.message for error in validator.iter_errors(contract)] == []


@pytest.mark.thorough
def test_every_schema_in_it_is_a_schema(contract) -> None:
    schemas = [*contract["components"]["schemas"].values()]
    for operations in contract["paths"].values():
        for operation in operations.values():
            contents = [operation.get("requestBody", {}), *operation["responses"].values()]
            schemas += [media["schema"] for c in contents for media in c.get("content", {}).values()]
            schemas += [parameter["schema"] for parameter in operation["parameters"]]

    for schema in schemas:
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(contract) -> None:
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(contract)))

    assert names <= set(contract["components"]["schemas"])


def test_operations_have_names_of_their_own_and_every_route_is_there(contract, app) -> None:
    operations = [o for one in contract["paths"].values() for o in one.values()]
    names = [operation["operationId"] for operation in operations]
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
    }

    assert len(names) == len(set(names))
    assert routes == set(contract["paths"])


def test_only_these_routes_are_open_to_everybody(contract) -> None:
    public = {
        (method, path)
        for path, operations in contract["paths"].items()
        for method, operation in operations.items()
        if operation.get("security") == []
    }

    assert public == {("post", "/session")}
