"""Apps, mappings, settings and manifests: what is read, and every fault with its place."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest

from engine.apps.app import read_app
from engine.apps.manifest import check_checksums, check_requires, read_manifest, version_fits
from engine.apps.mapping import ImportMode, read_mapping
from engine.apps.settings import read_settings
from engine.problems import Problem

MAPPING = {
    "$schema": "mapping/1",
    "key": "deals",
    "label": {"zh-CN": "商机", "en": "Deals"},
    "form": "opportunity",
    "mode": "history",
    "columns": [
        {"from": "No", "to": "external_no"},
        {"from": "Date", "to": "close_date", "format": "%d/%m/%Y"},
        {"from": "Customer", "to": "customer", "match": "name", "replace": {"ACME": "Acme Corp"}},
        {"from": "Value", "to": "amount", "times": 1000},
    ],
    "constants": {"source": "imported"},
    "match_by": ["external_no"],
    "stamps": {"created_at": {"from": "Date", "format": "%d/%m/%Y"}},
}
MANIFEST = {"key": "sales", "version": "1.2.0", "label": "Sales", "languages": ["zh-CN", "en"]}


def faults(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    return {(problem.code, problem.at) for problem in problems}


def changed(document: dict[str, object], **changes: object) -> dict[str, object]:
    return {**copy.deepcopy(document), **changes}


def test_a_mapping_is_read_with_all_it_says() -> None:
    mapping = read_mapping(MAPPING).mapping

    assert mapping is not None
    assert (mapping.form, mapping.mode, mapping.match_by) == (
        "opportunity",
        ImportMode.HISTORY,
        ("external_no",),
    )
    assert mapping.columns[2].replace == {"ACME": "Acme Corp"}
    assert mapping.columns[3].times == Decimal(1000)
    assert mapping.stamps["created_at"].source == "Date"
    assert (mapping.encoding, mapping.delimiter) == ("auto", ",")


def test_every_fault_of_a_mapping_is_reported_at_once() -> None:
    columns = [
        {"from": "A", "to": "amount"},
        {"from": "B", "to": "amount"},
        {"from": "C", "to": "owner"},
        {"from": "D", "to": "close_date", "format": "%Q"},
    ]
    document = changed(
        MAPPING, mode="live", columns=columns, constants={"amount": 1, "rev": 2}, match_by=["name"]
    )

    reading = read_mapping(document)

    assert reading.mapping is None
    assert faults(reading.problems) == {
        ("apps.mapping.target-repeated", "/columns/1/to"),
        ("apps.mapping.system-field", "/columns/2/to"),
        ("apps.mapping.bad-format", "/columns/3/format"),
        ("apps.mapping.target-repeated", "/constants/amount"),
        ("apps.mapping.system-field", "/constants/rev"),
        ("apps.mapping.match-by-not-mapped", "/match_by/0"),
        ("apps.mapping.stamps-need-history", "/stamps"),
    }


def test_a_misspelt_property_is_guessed() -> None:
    reading = read_mapping(changed(MAPPING, colums=[]))

    assert faults(reading.problems) == {("apps.document.unknown-did-you-mean", "/colums")}
    assert reading.problems[0].params["guess"] == "columns"


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        ({"key": "Deals 1"}, "apps.document.bad-key", "/key"),
        ({"label": {}}, "apps.document.not-a", "/label"),
        ({"mode": "fast"}, "apps.document.not-allowed", "/mode"),
        ({"columns": []}, "apps.document.wrong", "/columns"),
        ({"form": 7}, "apps.document.wrong", "/form"),
    ],
)
def test_a_wrong_value_has_code_and_place(change: dict[str, object], code: str, at: str) -> None:
    assert (code, at) in faults(read_mapping({**MAPPING, **change}).problems)


def test_an_app_lists_forms_and_refuses_the_same_line_twice() -> None:
    document = {"key": "sales", "label": "Sales", "items": [{"form": "deal"}, {"form": "deal"}]}

    reading = read_app(document)

    assert faults(reading.problems) == {("apps.app.item-repeated", "/items/1")}
    assert read_app({"key": "sales", "label": "Sales", "items": []}).app is None


def test_a_default_of_settings_must_fit_type_and_limits() -> None:
    parameters = {
        "limit": {"type": "money", "label": "Limit", "default": "much"},
        "days": {"type": "number", "label": "Days", "default": 0, "min": 1},
        "from_day": {"type": "date", "label": "From", "default": "2026-02-30"},
        "rate": {"type": "percent", "label": "Rate", "default": Decimal("0.13"), "max": 1},
    }

    reading = read_settings({"key": "sales", "label": "Sales", "parameters": parameters})

    assert reading.settings is None
    assert faults(reading.problems) == {
        ("apps.settings.default-type", "/parameters/limit/default"),
        ("apps.settings.default-range", "/parameters/days/default"),
        ("apps.settings.default-type", "/parameters/from_day/default"),
    }


def test_a_manifest_that_is_no_object_is_a_problem_not_a_crash() -> None:
    assert faults(read_manifest(["sales"]).problems) == {("apps.document.wrong", "")}


@pytest.mark.parametrize(
    ("version", "wanted", "fits"),
    [("1.2", ">=1.2.0", True), ("1.10", ">=1.9", True), ("2", ">=1,<2", False), ("1.2.3", "==1.2", False)],
)
def test_versions_are_compared_as_numbers(version: str, wanted: str, *, fits: bool) -> None:
    assert version_fits(version, wanted) is fits


def test_a_solution_says_what_it_misses() -> None:
    reading = read_manifest({**MANIFEST, "requires": {"dougong": ">=9", "base": ">=1", "crm": ">=2"}})
    assert reading.manifest is not None

    problems = tuple(check_requires(reading.manifest, {"dougong": "0.1.0", "crm": "1.9"}))

    assert faults(problems) == {
        ("apps.solution.platform-version", "/requires/dougong"),
        ("apps.solution.requires-missing", "/requires/base"),
        ("apps.solution.requires-version", "/requires/crm"),
    }


def test_checksums_name_every_changed_missing_and_added_file() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    checksums = {"README.md": empty, "LICENSE": empty, "apps/a.json": empty}
    manifest = read_manifest({**MANIFEST, "checksums": checksums}).manifest
    assert manifest is not None

    problems = check_checksums(
        manifest, {"solution.json": b"{}", "README.md": b"", "LICENSE": b"x", "forms/b.json": b""}
    )

    assert {problem.params["path"] for problem in problems} == {"LICENSE", "apps/a.json", "forms/b.json"}
