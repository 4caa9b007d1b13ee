"""A decision that is being written: its file and its table as one, problems at their cells, a trial."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.rules.decisions.sheets import knowing, literal, model_of, needing, sheet
from tests.support.browser import Browser

PREVIEW = "/drafts/decision/level/preview"
COLUMNS = (("discount", "number"), ("amount", "number"), ("grade", "string"))
ROWS = (
    ("<= 0.1", "-", "-", "0"),
    ("(0.1..0.2]", "< 500000", '"A","B"', "1"),
    ("(0.1..0.2]", ">= 500000", '"A","B"', "2"),
    ("(0.1..0.2]", "-", "-", "3"),
    ("> 0.25", "-", "-", "4"),
)
NEEDING_NOTHING = model_of(literal("a", "x", knowing("gone"))).decode()


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in()
    return browser


def ask(admin: Browser, **body: object) -> Any:
    answer = admin.post(PREVIEW, body)
    assert answer.status_code == 200, answer.json
    return answer.json


def begun(admin: Browser) -> tuple[str, dict[str, Any]]:
    """A new decision with two columns and one output, as the grid would make it."""
    first = ask(admin, label="审批级别")
    grid = first["grid"] | {
        "inputs": [
            {"label": "折扣", "expression": "discount", "type": "number", "field": "quote.discount"},
            {"label": "客户等级", "expression": "grade", "type": "string", "allowed": '"A","B","C"'},
        ],
        "outputs": [{"label": "级别", "name": "level", "type": "number"}],
        "annotations": ["备注"],
        "rows": [
            {"inputs": ["<= 0.1", "-"], "outputs": ["0"], "annotations": ["留痕"]},
            {"inputs": ["> 0.1", '"A"'], "outputs": ["1"]},
        ],
        "data": [{"name": "discount", "type": "number"}, {"name": "grade", "type": "string"}],
    }
    return first["text"], grid


def test_a_new_decision_grows_columns_and_the_data_they_read(admin: Browser) -> None:
    text, grid = begun(admin)

    made = ask(admin, text=text, grid=grid, trial={"discount": "0.3", "grade": '"A"'})
    again = ask(admin, text=made["text"])

    assert [one["code"] for one in made["problems"]] == ["decision.lint.gap"]
    assert made["problems"][0]["params"]["cells"] == ["> 0.1", '"B", "C"']
    assert made["needs"] == {"discount": "number", "grade": "string"}
    assert made["grid"]["inputs"][0]["field"] == "quote.discount"
    assert made["grid"]["label"] == "审批级别"
    assert made["grid"]["rows"][0]["annotations"] == ["留痕"]
    assert again["grid"] == made["grid"]
    assert (made["trial"]["value"], made["trial"]["matched"]) == ("1", [2])
    assert 'xmlns:dougong="urn:dougong:dmn:1"' in made["text"]


def test_a_column_that_goes_takes_its_data_along_and_moved_ones_keep_their_cells(admin: Browser) -> None:
    text, grid = begun(admin)
    made = ask(admin, text=text, grid=grid)
    marked = made["text"].replace(
        '<inputEntry id="inputEntry_2">', '<inputEntry id="inputEntry_2" label="mine">'
    )
    grid = ask(admin, text=marked)["grid"]
    turned = grid | {
        "inputs": grid["inputs"][1:],
        "rows": [row | {"inputs": row["inputs"][1:]} for row in grid["rows"]],
        "data": grid["data"][1:],
        "label": "级别",
    }

    changed = ask(admin, text=marked, grid=turned)

    assert 'label="mine"' in changed["text"]
    assert "discount" not in changed["text"]
    assert changed["needs"] == {"grade": "string"}
    assert [one["label"] for one in changed["decisions"]] == ["级别"]


def test_gaps_overlaps_and_wrong_cells_are_told_with_their_cells(admin: Browser) -> None:
    text = sheet(ROWS, columns=COLUMNS).decode()

    answer = ask(admin, text=text, trial={"discount": "0.18", "amount": "860000", "grade": '"A"'})
    wrong = ask(admin, text=sheet([("> ", "-", "-", "nope")], columns=COLUMNS).decode())

    found = {one["code"]: one for one in answer["problems"]}
    overlap, gap = found["decision.lint.overlap"], found["decision.lint.gap"]
    assert (overlap["params"]["first"], overlap["row"], overlap["severity"]) == (3, 4, "error")
    assert overlap["params"]["cells"] == ["(0.1..0.2]", ">= 500000", '"A", "B"']
    assert gap["params"]["cells"] == ["(0.2..0.25]", "-", "-"]
    assert gap["params"]["after"] == 5
    assert 0.5 < answer["covered"] < 1
    trial = answer["trial"]
    assert (trial["matched"], trial["outputs"], trial["value"]) == ([3, 4], ["null"], "null")
    assert trial["passed"] == [[2, 3, 4], [1, 3, 4, 5], [1, 2, 3, 4, 5]]
    assert [one["code"] for one in trial["problems"]] == ["decision.table.several-match"]
    places = {(one["row"], one["input"], one["output"]) for one in wrong["problems"]}
    assert {(1, 1, 0), (1, 0, 1)} <= places
    assert wrong["trial"] is None


def test_every_decision_of_a_file_is_listed_and_those_without_a_table_are_told_as_text(
    admin: Browser,
) -> None:
    xml = sheet(ROWS, "FIRST", columns=COLUMNS).decode()
    more = literal("twice", "d * 2", needing("d")) + (
        '<businessKnowledgeModel id="k" name="k"><encapsulatedLogic><formalParameter name="x"/>'
        "<context><contextEntry><variable name='a'/><literalExpression><text>x</text></literalExpression>"
        "</contextEntry></context></encapsulatedLogic></businessKnowledgeModel>"
    )
    text = xml.replace("</definitions>", more + "</definitions>")

    answer = ask(admin, text=text)
    twice = ask(admin, text=text, decision="twice", trial={"discount": "0.3"})
    changed = ask(admin, text=text, decision="d", grid=answer["grid"] | {"hit_policy": "UNIQUE"})

    assert [(one["id"], one["kind"], one["logic"]) for one in answer["decisions"]] == [
        ("d", "decision", "DecisionTable"),
        ("twice", "decision", "Literal"),
        ("k", "knowledge", "FunctionDefinition"),
    ]
    assert answer["decision"] == "d"
    assert [one["text"] for one in answer["decisions"][1:]] == ["d * 2", "function(x)\n  {\n    a: x\n  }"]
    assert (twice["grid"], twice["trial"]["value"], twice["covered"]) == (None, "8", None)
    assert set(twice["needs"]) == {"discount", "amount", "grade"}
    assert all(part in changed["text"] for part in ("d * 2", "businessKnowledgeModel", "contextEntry"))


def test_the_value_of_a_decision_follows_the_type_of_its_table(admin: Browser) -> None:
    text, grid = begun(admin)
    one = ask(admin, text=text, grid=grid)
    collected = ask(
        admin,
        text=one["text"],
        grid=one["grid"] | {"hit_policy": "COLLECT"},
        trial={"discount": "0.3", "grade": '"A"'},
    )

    assert '<variable id="level_variable" name="level" typeRef="number"/>' in one["text"]
    assert '<variable id="level_variable" name="level"/>' in collected["text"]
    assert (collected["trial"]["value"], collected["trial"]["outputs"]) == ("[1]", ["[1]"])


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"text": "nothing"}, {"xml.text.syntax"}),
        ({"text": "<definitions/>"}, {"decision.xml.not-dmn"}),
        ({"text": model_of("").decode()}, set()),
        ({"text": model_of("").decode(), "grid": {"rows": 1}}, {"decision.grid.not-table"}),
        (
            {"text": sheet(ROWS, columns=COLUMNS).decode(), "grid": {"data": [{"name": 3}]}},
            {"decision.grid.shape"},
        ),
        ({"text": sheet(ROWS, columns=COLUMNS).decode(), "grid": {}}, {"decision.grid.shape"}),
        ({"text": NEEDING_NOTHING, "trial": {"x": "1 +"}}, {"decision.graph.unknown"}),
    ],
)
def test_what_is_no_decision_is_answered_with_problems(
    admin: Browser, body: dict[str, Any], codes: set[str]
) -> None:
    answer = ask(admin, **body)

    assert {one["code"] for one in answer["problems"] if one["severity"] == "error"} >= codes


def test_a_table_needs_its_file_and_a_builder(admin: Browser) -> None:
    alone = admin.post(PREVIEW, {"grid": {}})
    admin.delete("/session")

    assert (alone.status_code, (alone.json or {}).get("code")) == (
        422,
        "publishing.decision.grid-without-text",
    )
    assert admin.post(PREVIEW, {}).status_code == 401
