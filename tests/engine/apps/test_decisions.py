"""Decisions among the other definitions: read, linked with each other, and used by rules."""

from __future__ import annotations

from engine.apps.definitions import read_definition
from engine.apps.kinds import Kind, Ref, file_of
from engine.apps.link import Linked, link
from engine.rules.decisions import new_decision_xml, read_decisions, table_from_json, table_to_json
from engine.rules.decisions.read import write_decisions
from tests.engine.apps.test_rules import FORM, definition

LIBRARY = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="l" namespace="urn:lib">
<businessKnowledgeModel id="twice" name="twice"><encapsulatedLogic>
<formalParameter name="n" typeRef="number"/>
<literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
</definitions>"""
USER = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="u" namespace="urn:user">
<import name="lib" namespace="{namespace}" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
<inputData id="i" name="size"><variable name="size" typeRef="number"/></inputData>
<decision id="doubled" name="doubled"><variable name="doubled" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<knowledgeRequirement><requiredKnowledge href="{namespace}#twice"/></knowledgeRequirement>
<literalExpression><text>lib.twice(size)</text></literalExpression></decision></definitions>"""
RULE = 'rule "Tier" on lead\nwhen  created\ndo    decide company by table tier\n'


def tier(rows: list[list[str]], outputs: tuple[str, ...] = ("tier",)) -> str:
    model = read_decisions(new_decision_xml("tier", "等级", [("size", "number")])).model
    assert model is not None
    grid = table_to_json(model, "tier")
    assert grid is not None
    grid["rows"] = [{"inputs": row[:1], "outputs": row[1:]} for row in rows]
    grid["outputs"] = [{"name": name} for name in outputs]
    changed = table_from_json(model, "tier", grid).model
    assert changed is not None
    return write_decisions(changed).decode()


def house(*texts: tuple[Kind, str, str | dict[str, object]]) -> Linked:
    found = (definition(Kind.FORM, "lead", FORM), *(definition(*one) for one in texts))
    return link({one.ref: one for one in found})


def test_a_decision_is_kept_as_xml_under_its_key_and_known_to_rules() -> None:
    text = tier([["< 10", '"small"'], [">= 10", '"large"']])

    linked = house((Kind.DECISION, "tier", text), (Kind.RULE, "by_tier", RULE))

    assert file_of(Ref(Kind.DECISION, "tier")) == "decisions/tier.dmn"
    assert linked.problems == ()
    assert linked.definitions[Ref(Kind.DECISION, "tier")].label == "等级"
    assert [*linked.known.decisions["tier"].inputs] == ["size"]
    assert [one.source.key for one in linked.where_used(Kind.DECISION, "tier")] == ["by_tier"]


def test_a_decision_that_cannot_be_relied_on_is_refused_with_all_its_problems() -> None:
    text = tier([["< 10", "1", "1"], ["> 5", "x +", "2"]], outputs=("tier", "created_at"))

    found = {problem.code for problem in house((Kind.DECISION, "tier", text)).problems if problem.is_error}

    assert found == {"decision.lint.overlap", "apps.link.decision-system-field", "feel.syntax.end"}
    assert not read_definition(Kind.DECISION, "tier", "<!DOCTYPE a><a/>").ok


def test_imports_are_found_by_namespace_and_are_references() -> None:
    user = USER.format(namespace="urn:lib")

    linked = house((Kind.DECISION, "library", LIBRARY), (Kind.DECISION, "doubling", user))

    assert linked.problems == ()
    assert [one.source.key for one in linked.where_used(Kind.DECISION, "library")] == ["doubling"]
    alone = house((Kind.DECISION, "doubling", USER.format(namespace="urn:none"))).problems
    assert "decision.import.missing" in {problem.code for problem in alone}
