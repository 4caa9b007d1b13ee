"""A solution comes whole or not at all, and never writes over what belongs to somebody else."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from engine.apps.kinds import Kind, Ref
from engine.problems import DefinitionError
from runtime.http.actor import SYSTEM
from runtime.solutions.install import lint_solution, read_solution
from runtime.solutions.installed import list_installed
from tests.support.desk import Desk

pytestmark = pytest.mark.thorough

Files = Mapping[str, bytes]


def codes(error: DefinitionError) -> set[str]:
    return {problem.code for problem in error.problems}


def changed(files: Files, path: str, **changes: object) -> dict[str, bytes]:
    """The files with properties of one JSON document replaced."""
    document = {**json.loads(files[path]), **changes}
    return {**files, path: json.dumps(document).encode()}


def test_the_shipped_solution_installs_with_its_sample_data(desk: Desk, pipeline: Files) -> None:
    result = desk.install(pipeline, with_sample=True)

    assert result.sample is not None
    assert result.sample.users == 8
    assert result.sample.records == {
        "product": 12,
        "customer": 30,
        "contact": 50,
        "sales_agent": 5,
        "opportunity": 60,
        "quote": 15,
    }
    assert result.sample.processes == 11
    with desk.workspace.database.read() as conn:
        assert [(one.key, one.version) for one in list_installed(conn)] == [("sales_pipeline", "1.0.0")]


def test_a_solution_with_one_wrong_definition_leaves_nothing(desk: Desk, pipeline: Files) -> None:
    broken = changed(pipeline, "apps/sales.json", items=[{"form": "oportunity"}])

    with pytest.raises(DefinitionError) as caught:
        desk.install(broken)

    assert codes(caught.value) == {"apps.link.unknown-form"}
    assert desk.metadata.published == {}


def test_sample_data_that_is_refused_leaves_nothing(desk: Desk, pipeline: Files) -> None:
    records = json.loads(pipeline["sample_data/quotes.json"])["records"]
    records[3]["values"]["lines"] = []
    records[5]["values"]["tax_rate"] = 7
    broken = changed(pipeline, "sample_data/quotes.json", records=records)

    with pytest.raises(DefinitionError) as caught:
        desk.install(broken, with_sample=True)

    refused = [problem for problem in caught.value.problems if problem.code == "solutions.sample.refused"]
    assert {problem.at for problem in refused} == {"/records/3", "/records/5"}
    assert desk.metadata.published == {}
    with desk.workspace.database.read() as conn:
        assert list_installed(conn) == ()


def test_a_decision_that_nobody_can_take_is_named(desk: Desk, pipeline: Files) -> None:
    records = json.loads(pipeline["sample_data/quotes.json"])["records"]
    late = next(record for record in records if record.get("flows", [{}])[0].get("decisions"))
    late["flows"][0]["decisions"][0]["by"] = "tang_yiming"
    broken = changed(pipeline, "sample_data/quotes.json", records=records)

    with pytest.raises(DefinitionError) as caught:
        desk.install(broken, with_sample=True)

    assert codes(caught.value) == {"solutions.sample.no-task"}


def test_a_plan_names_every_table_and_writes_nothing(desk: Desk, pipeline: Files) -> None:
    package = read_solution(pipeline)
    with desk.workspace.database.read() as conn:
        plan = desk.solutions.plan(conn, desk.workspace, package)

    tables = [item.form + "." + item.field for item in plan.plan.items if item.kind == "add_table"]
    assert sorted(tables) == [
        "contact.",
        "customer.",
        "opportunity.",
        "product.",
        "quote.",
        "quote.lines",
        "sales_agent.",
    ]
    assert not plan.plan.blocked
    assert desk.metadata.published == {}


def test_the_same_solution_twice_is_refused(desk: Desk, pipeline: Files) -> None:
    desk.install(pipeline)

    with pytest.raises(DefinitionError) as caught:
        desk.install(pipeline)

    assert codes(caught.value) == {"solutions.install.installed"}


def test_a_key_of_somebody_else_is_adopted_if_equal_and_refused_if_not(desk: Desk, pipeline: Files) -> None:
    ours = {Ref(Kind.FORM, "sales_agent"): pipeline["forms/sales_agent.json"].decode()}
    product = {**json.loads(pipeline["forms/product.json"]), "icon": "box"}
    theirs = {Ref(Kind.FORM, "product"): json.dumps(product)}
    publish = desk.publishing.publish_texts
    desk.workspace.database.write(
        lambda conn: publish(conn, desk.workspace, SYSTEM, {**ours, **theirs}, note="mine")
    )

    with pytest.raises(DefinitionError) as caught:
        desk.install(pipeline)
    rest = {path: content for path, content in pipeline.items() if path != "forms/product.json"}
    result = desk.install(rest)

    taken = [problem for problem in caught.value.problems if problem.code == "solutions.install.key-taken"]
    assert [problem.document for problem in taken] == ["forms/product.json"]
    assert result.adopted == (Ref(Kind.FORM, "sales_agent"),)


@pytest.mark.parametrize(
    ("requires", "code"),
    [
        ({"dougong": ">=99"}, "apps.solution.platform-version"),
        ({"base": ">=1"}, "apps.solution.requires-missing"),
    ],
)
def test_what_a_solution_needs_must_be_there(
    desk: Desk, pipeline: Files, requires: dict[str, str], code: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        desk.install(changed(pipeline, "solution.json", requires=requires))

    assert codes(caught.value) == {code}


def test_lint_names_files_and_places(pipeline: Files) -> None:
    broken = changed(pipeline, "views/all_quotes.json", columns=["no", "totl"])

    problems = lint_solution(broken)

    assert [(problem.code, problem.at) for problem in problems] == [("view.field-unknown", "/columns/1")]
    assert lint_solution(pipeline) == ()
