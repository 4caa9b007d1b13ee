"""Every shipped solution: no problem, not even a warning; both languages; sample data that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from engine.apps.kinds import Kind, Ref
from engine.apps.link import Linked, link
from engine.apps.link_sample import link_sample
from engine.apps.solution import Package, read_package
from engine.flows.model import Model
from engine.json_text import parse_json
from engine.problems import LANGUAGES

SOLUTIONS = Path(__file__).parents[2] / "templates" / "solutions"
NAMES = sorted(folder.name for folder in SOLUTIONS.iterdir() if folder.is_dir())


@cache
def read(name: str) -> tuple[Package, Linked]:
    folder = SOLUTIONS / name
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    reading = read_package(files)
    assert reading.problems == ()
    assert reading.package is not None
    return reading.package, link(reading.package.definitions)


def labels(document: object, key: str = "") -> Iterator[object]:
    """Every label, hint, message and text of a document."""
    if key in {"label", "hint", "message", "group", "text", "description"} and not isinstance(document, list):
        yield document
    elif isinstance(document, Mapping):
        for name, value in document.items():
            yield from labels(value, name)
    elif isinstance(document, list):
        for value in document:
            yield from labels(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_solution_links_without_a_single_problem(name: str) -> None:
    package, linked = read(name)

    assert linked.problems == ()
    assert link_sample(package.sample, linked) == ()
    assert package.manifest.key == name


@pytest.mark.parametrize("name", NAMES)
def test_every_text_of_a_shipped_solution_is_in_both_languages(name: str) -> None:
    package, _ = read(name)

    for ref, definition in package.definitions.items():
        document = None if ref.kind is Kind.FLOW else parse_json(definition.text).value
        for label in labels(document):
            complete = set(LANGUAGES) <= set(label) if isinstance(label, Mapping) else str(label).isascii()
            assert complete, (ref, label)


@pytest.mark.parametrize("name", NAMES)
def test_every_node_of_a_shipped_flow_is_named_in_both_languages(name: str) -> None:
    package, _ = read(name)

    for definition in package.definitions.values():
        if not isinstance(definition.model, Model):
            continue
        for process in definition.model.processes:
            assert set(LANGUAGES) <= set(process.label)
            for node in process.nodes.values():
                assert set(LANGUAGES) <= set(node.label), node.id


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_can_evaluate_every_expression_of_a_shipped_form(name: str) -> None:
    _, linked = read(name)

    for form in linked.forms.values():
        for identity, compiled in form.expressions.items():
            assert compiled.ir() is not None, (form.form.key, identity)


def test_the_pipeline_has_the_five_stages_in_their_order() -> None:
    _, linked = read("sales_pipeline")

    options = linked.forms["opportunity"].form.fields["stage"].options

    assert [option.label["zh-CN"] for option in options if isinstance(option.label, Mapping)] == [
        "初步接触",
        "需求分析",
        "方案提供",
        "商务谈判",
        "赢单",
        "输单",
    ]


def test_the_sample_fills_two_teams_and_every_stage() -> None:
    package, _ = read("sales_pipeline")
    records = package.sample.records
    counts = {form: sum(one.form == form for one in records) for form in {one.form for one in records}}

    assert counts["customer"] >= 30
    assert counts["contact"] >= 50
    assert counts["opportunity"] >= 60
    assert counts["quote"] >= 15
    assert len({one.values["stage"] for one in records if one.form == "opportunity"}) == 6
    assert len([one for one in package.sample.departments if one.above == "sales"]) >= 2


@pytest.mark.thorough
def test_quotes_of_the_sample_need_nobody_one_or_two_approvers() -> None:
    package, _ = read("sales_pipeline")
    decided = {len(flow.decisions) for one in package.sample.records for flow in one.flows}

    assert decided == {0, 1, 2}


def test_who_approves_depends_on_total_and_discount() -> None:
    _, linked = read("sales_pipeline")
    graph = linked.flows["quote_approval"].graph
    assert graph is not None
    edge = next(edge for edge in graph.edges if edge.id == "over_limit")
    assert edge.condition is not None

    paths = edge.condition.paths

    assert {path[-1] for path in paths} == {"total", "max_discount"}
    assert Ref(Kind.ROLE, "director") in {reference.target for reference in linked.references}


def test_limits_are_numbers_that_money_can_have() -> None:
    package, _ = read("sales_pipeline")
    prices = [one.values["list_price"] for one in package.sample.records if one.form == "product"]

    assert all(isinstance(price, int | Decimal) and price > 0 for price in prices)
