"""Reading, writing, the grid's JSON, what is found before publishing, and files that mean harm."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.problems import errors
from engine.rules.decisions import (
    lint_decisions,
    new_decision_xml,
    read_decisions,
    table_from_json,
    table_to_json,
    write_decisions,
)
from engine.xml_text import XmlElement, parse_xml, print_xml
from tests.engine.rules.decisions.sheets import MODEL, NOW, codes, compiled, literal, model_of, needing, sheet

FOREIGN = (
    b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x" id="x" namespace="n" '
    b'xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:camunda="urn:camunda">'
    b"<!-- kept --><description>d</description>"
    b'<decision id="d" name="d" camunda:historyTimeToLive="5">'
    b'<extensionElements><camunda:p a="1"/></extensionElements>'
    b'<decisionTable id="t" camunda:x="y"><input id="c"><extensionElements><camunda:q/></extensionElements>'
    b'<inputExpression id="e"><text>1<!-- why --></text></inputExpression></input><output id="o" name="o"/>'
    b'<rule id="r"><inputEntry id="a"><text>-</text></inputEntry>'
    b'<outputEntry id="b"><text>1</text></outputEntry>'
    b"</rule><rule><inputEntry><text>2</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>"
    b"</decisionTable></decision><dmndi:DMNDI><dmndi:DMNDiagram/></dmndi:DMNDI></definitions>"
)


def test_older_files_come_back_as_the_newest_version_with_everything_in_them():
    model = read_decisions(FOREIGN).model
    assert model is not None

    written = write_decisions(model)

    assert read_decisions(written).model == model
    assert MODEL.encode() in written
    assert b"20191111" not in written
    for part in (b"<!-- kept -->", b"historyTimeToLive", b"camunda:q", b"<!-- why -->", b"DMNDiagram"):
        assert part in written


def test_types_of_version_1_1_lose_their_prefix():
    xml = (
        b'<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" name="x" namespace="n" '
        b'xmlns:feel="http://www.omg.org/spec/FEEL/20140401"><decision id="d" name="d">'
        b'<variable name="d" typeRef="feel:number"/><literalExpression><text>"x"</text></literalExpression>'
        b"</decision></definitions>"
    )

    assert codes(compiled(xml).evaluate("d", {}, NOW).problems) == {"decision.value.type"}


NAMES = st.sampled_from(["a", "{urn:x}b", f"{{{MODEL}}}text"])
TEXTS = st.text(st.sampled_from("ab <&>\"'\n客😀"), max_size=6)
TREES = st.recursive(
    st.builds(
        XmlElement, NAMES, st.dictionaries(st.sampled_from(["id", "{urn:y}z"]), TEXTS, max_size=2), text=TEXTS
    ),
    lambda inner: st.builds(XmlElement, NAMES, children=st.lists(inner, max_size=3).map(tuple), text=TEXTS),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None)
@given(TREES)
def test_reading_what_was_written_gives_the_same_tree(tree):
    once, problems = parse_xml(print_xml(tree))
    assert once is not None
    assert problems == ()

    assert parse_xml(print_xml(once))[0] == once


def test_the_grid_changes_cells_and_nothing_else():
    model = read_decisions(FOREIGN).model
    assert model is not None
    grid = table_to_json(model, "d")
    assert grid is not None
    assert table_from_json(model, "d", grid).model == model

    grid["rows"][0]["outputs"] = ["7"]
    grid["rows"].append({"inputs": ["> 3"], "outputs": ["9"]})
    grid["hit_policy"] = "FIRST"
    changed = table_from_json(model, "d", grid)

    assert changed.ok
    written = write_decisions(changed.model)
    assert all(part in written for part in (b"camunda:q", b"camunda:x", b"<!-- why -->", b"DMNDiagram"))
    again = table_to_json(read_decisions(written).model, "d")
    assert [row["outputs"] for row in again["rows"]] == [["7"], ["2"], ["9"]]
    assert again["rows"][2]["id"] not in ("", "r")


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        {
            "inputs": [],
            "outputs": [{}],
            "rows": [{"inputs": ["1"], "outputs": ["1"]}],
            "hit_policy": "UNIQUE",
        },
        {"inputs": [], "outputs": [{"name": 1}], "rows": [], "hit_policy": "BEST"},
        {"inputs": [], "outputs": [{}], "rows": [{"inputs": [], "outputs": [3]}], "hit_policy": "UNIQUE"},
    ],
)
def test_json_that_is_no_table_is_refused(document):
    model = read_decisions(FOREIGN).model
    assert model is not None

    assert codes(table_from_json(model, "d", document).problems) <= {
        "decision.grid.shape",
        "decision.grid.cell",
    }
    assert table_from_json(model, "d", document).problems


def test_a_new_decision_can_be_published_and_edited_at_once():
    reading = read_decisions(new_decision_xml("tier", "线索等级", [("amount", "number")]))

    assert reading.ok
    model = compiled(write_decisions(reading.model))
    assert model.problems == ()
    assert model.evaluate("tier", {"amount": 1}, NOW).value is None


@pytest.mark.parametrize(
    ("rows", "hit", "code", "params"),
    [
        (
            [["< 10", "-", "1"], ["[5..20]", "-", "2"], [">= 10", "-", "3"]],
            "UNIQUE",
            "decision.lint.overlap",
            {"first": 1, "second": 2, "example": 'amount = 5, level = "…"'},
        ),
        (
            [["< 10", "-", "1"], ["> 10", "-", "2"]],
            "UNIQUE",
            "decision.lint.gap",
            {"example": 'amount = 10, level = "…"'},
        ),
        (
            [["< 10", "-", "1"], ["-", "-", "2"], ["3", '"A"', "3"]],
            "FIRST",
            "decision.lint.unreachable",
            {"row": 3},
        ),
        ([["-", "-", "1"], ["3", "-", "2"]], "ANY", "decision.lint.any-conflict", {"first": 1, "second": 2}),
        ([["-", "-", "1"], ["[9..1]", "-", "2"]], "FIRST", "decision.lint.never", {"row": 2, "column": 1}),
    ],
)
def test_the_linter_names_the_rows_and_an_example(rows, hit, code, params):
    found = [problem for problem in lint_decisions(compiled(sheet(rows, hit))) if problem.code == code]

    assert found
    assert {key: found[0].params[key] for key in params} == params


def test_a_complete_table_has_nothing_to_complain_about():
    rows = [["< 10", "-", "1"], [">= 10", '"A"', "2"], [">= 10", 'not("A")', "3"]]

    assert lint_decisions(compiled(sheet(rows))) == ()
    flags = sheet([["true", "1"], ["false", "2"]], columns=(("flag", "boolean"),))
    assert lint_decisions(compiled(flags)) == ()


def test_a_cell_of_the_wrong_type_is_found_with_its_row_and_column():
    (problem,) = compiled(sheet([["< 1", "-", "1"], ["-", "> 5", "2"]], "FIRST")).problems

    assert (problem.at, problem.params["row"], problem.params["column"]) == ("r1c1", 2, 2)


def huge() -> bytes:
    row = "<rule>" + "<inputEntry><text>1</text></inputEntry>" * 50 + "</rule>"
    return model_of(
        '<decision id="d" name="d"><decisionTable>' + row * 10_000 + "</decisionTable></decision>"
    )


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        pytest.param(huge(), "xml.text.too-large", id="D01"),
        pytest.param(
            sheet(
                [["-", "-", "1"]],
                "COLLECT",
                aggregation="SUM",
                outputs=["<output name='o' typeRef='string'/>"],
            ),
            "decision.table.aggregation-type",
            id="D03",
        ),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "xml.text.doctype", id="doctype"),
        pytest.param(b"<a>" * 500, "xml.text.too-deep", id="deep"),
        pytest.param(b"<a/>", "decision.xml.not-dmn", id="other"),
        pytest.param(b"\xff\xfe", "xml.text.syntax", id="bytes"),
    ],
)
def test_hostile_files_are_refused_quickly(xml, code):
    began = process_time()

    reading = read_decisions(xml)

    assert process_time() - began < 0.2
    assert code in codes(errors(reading.problems))


def test_an_expensive_cell_fails_alone_and_in_time():
    bomb = "count(for a in 1..9999, b in 1..9999 return a) > 0"
    needs = '<informationRequirement><requiredDecision href="#d"/></informationRequirement>'
    xml = sheet([[bomb, "-", "1"]]).replace(
        b"</definitions>",
        (literal("other", "2") + literal("both", "[d, other]", needs + needing("other"))).encode()
        + b"</definitions>",
    )
    model = compiled(xml)
    began = process_time()

    outcome = model.evaluate("both", {"amount": 1, "level": "A"}, NOW)

    assert process_time() - began < 0.2
    assert outcome.value == [None, 2]
    assert any(problem.code.startswith("feel.limit") for problem in outcome.problems)
