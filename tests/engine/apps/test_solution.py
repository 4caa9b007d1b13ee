"""The package format: files in, definitions and sample data out, every fault with its file and place."""

from __future__ import annotations

import json

from engine.apps.kinds import Kind, Ref, file_of
from engine.apps.link import link
from engine.apps.link_sample import link_sample
from engine.apps.solution import PackageReading, read_package
from tests.engine.apps.small_house import HOUSE

MANIFEST = {"key": "small", "version": "1.0", "label": "Small", "languages": ["en"]}


def package(**changes: object) -> dict[str, bytes]:
    """The files of a solution; `changes` by path replace them, None takes one out."""
    files = {
        "solution.json": MANIFEST,
        **{file_of(ref): document for ref, document in HOUSE.items()},
        **changes,
    }
    return {path: content(value) for path, value in files.items() if value is not None}


def content(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode()


def faults(reading: PackageReading) -> set[tuple[str, str, str]]:
    return {(problem.document, problem.code, problem.at) for problem in reading.problems}


def test_a_package_is_read_with_all_its_definitions() -> None:
    reading = read_package(package(**{"README.md": "# Small", "tests/x.rule": "later"}))

    assert reading.problems == ()
    assert reading.package is not None
    assert set(reading.package.definitions) == set(HOUSE)
    assert link(reading.package.definitions).problems == ()


def test_every_broken_file_is_reported_at_once() -> None:
    reading = read_package(
        package(
            **{
                "forms/deal.json": "{",
                "views/big_deals.json": b"\xff\xfe",
                "apps/sales.json": {"key": "sale", "label": "S", "items": [{"form": "deal"}]},
                "flows/approval.bpmn": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
                "form/extra.json": "{}",
                "roles/rep.yaml": "",
                "nested.zip": b"PK",
            }
        )
    )

    found = {(document, code) for document, code, _at in faults(reading)}
    assert reading.package is None
    assert found >= {
        ("forms/deal.json", "json.syntax"),
        ("views/big_deals.json", "apps.solution.not-utf8"),
        ("apps/sales.json", "apps.definition.other-key"),
        ("form/extra.json", "apps.solution.unknown-file"),
        ("roles/rep.yaml", "apps.solution.wrong-suffix"),
        ("nested.zip", "apps.solution.unknown-file"),
    }
    assert "flows/approval.bpmn" in {document for document, _code in found}


def test_a_package_without_manifest_or_with_a_wrong_one_is_refused() -> None:
    missing = read_package(package(**{"solution.json": None}))
    wrong = read_package(package(**{"solution.json": {**MANIFEST, "version": "one"}}))

    assert ("", "apps.solution.no-manifest", "") in faults(missing)
    assert faults(wrong) == {("solution.json", "apps.document.not-a", "/version")}


def test_a_key_that_is_no_key_is_refused() -> None:
    reading = read_package(package(**{"forms/Deal 2.json": {"key": "deal", "label": "D", "fields": {}}}))

    assert ("forms/Deal 2.json", "apps.definition.bad-key", "") in faults(reading)


def test_settings_have_a_file_of_their_own() -> None:
    parameters = {"limit": {"type": "number", "label": "Limit", "default": 1}}
    settings = {"key": "small", "label": "Small", "parameters": parameters}

    reading = read_package(package(**{"settings.json": settings}))

    assert reading.package is not None
    assert Ref(Kind.SETTINGS, "small") in reading.package.definitions


def test_sample_data_is_linked_with_forms_fields_flows_and_roles() -> None:
    people = {
        "departments": [{"key": "d", "name": "D"}],
        "users": [{"login": "li", "name": "Li", "department": "d", "roles": ["boss"]}],
    }
    records = [
        {"values": {"name": "A", "nmae": "B"}, "flows": [{"flow": "aproval"}]},
        {"values": {"name": "C"}, "flows": [{"flow": "approval"}]},
    ]
    reading = read_package(
        package(
            **{
                "sample_data/people.json": people,
                "sample_data/deals.json": {"form": "deal", "records": records},
                "sample_data/orders.json": {"form": "order", "records": [{"values": {}}]},
            }
        )
    )
    assert reading.package is not None

    problems = link_sample(reading.package.sample, link(reading.package.definitions))

    assert {(problem.document, problem.code, problem.at) for problem in problems} == {
        ("sample_data/people.json", "apps.link.unknown-role", "/users/0/roles"),
        ("sample_data/deals.json", "apps.link.unknown-field", "/records/0/values/nmae"),
        ("sample_data/deals.json", "apps.link.unknown-flow", "/records/0/flows/0/flow"),
        ("sample_data/orders.json", "apps.link.unknown-form", "/form"),
    }
