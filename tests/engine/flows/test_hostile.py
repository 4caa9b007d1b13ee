"""Hostile XML: refused with code and line, quickly, with nothing read from outside."""

from __future__ import annotations

import time

import pytest

from engine.flows import Outcome, Reading, read_bpmn
from engine.flows.bpmn.read import LIMITS
from engine.flows.model import Category
from tests.engine.flows.play import HEADER, approval, chain, document, flow

BODY = '<startEvent id="s"/><endEvent id="e"/>' + chain("s", "e")
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file://{path}">]>'
LAUGHS = "<!DOCTYPE d [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)


def read(text: bytes) -> Reading:
    began = time.process_time()
    reading = read_bpmn(text, "flow/hostile")
    assert time.process_time() - began < 2
    assert all(problem.document == "flow/hostile" for problem in reading.problems)
    return reading


def malformed(text: bytes) -> tuple[str, object]:
    reading = read(text)
    assert (reading.outcome, reading.model) == (Outcome.MALFORMED, None)
    (problem,) = reading.problems
    return problem.code, problem.params.get("line")


def refused(body: str) -> set[tuple[str, object, object]]:
    reading = read(document(body))
    assert reading.outcome is Outcome.REFUSED
    return {
        (problem.code, problem.params["category"], problem.params["line"])
        for problem in reading.problems
        if problem.is_error
    }


def with_doctype(doctype: str) -> str:
    return document(BODY).decode().replace("<definitions", doctype + "\n<definitions", 1)


@pytest.mark.parametrize(
    "doctype",
    [
        ENTITY.format(path="/etc/passwd"),
        "<!DOCTYPE d SYSTEM 'http://127.0.0.1:9/x.dtd'>",
        "<!DOCTYPE d [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]>",
        LAUGHS + "]>",
        f"<!DOCTYPE d [<!ENTITY q '{'a' * 100_000}'>]>",
        "<!DOCTYPE d>",
    ],
    ids=["X01", "X02 dtd", "X02 parameter", "X03", "X04", "bare"],
)
def test_a_doctype_is_refused_before_anything_in_it_is_looked_at(doctype):
    code, line = malformed(with_doctype(doctype).encode())

    assert (code, line) == ("xml.text.doctype", 2)


def test_x01_an_entity_of_a_file_does_not_bring_in_the_file(tmp_path):
    canary = tmp_path / "canary"
    canary.write_text("secret-canary")
    text = with_doctype(ENTITY.format(path=canary)).replace('id="s"', 'id="s" name="&x;"')

    assert "canary" not in repr(read(text.encode()))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-7"])
@pytest.mark.parametrize("declared", [True, False])
def test_x06_a_doctype_does_not_hide_in_an_encoding(encoding, declared):
    text = with_doctype("<!DOCTYPE d>")
    text = text.replace("UTF-8", encoding) if declared else text.partition("\n")[2]

    code, _ = malformed(text.encode(encoding))

    assert code in {"xml.text.doctype", "xml.text.syntax"}


def test_x05_style_sheets_and_xinclude_are_never_followed(tmp_path):
    canary = tmp_path / "canary.xml"
    canary.write_text("<canary/>")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{canary}"/>'
    text = document(BODY + f"<extensionElements>{include}</extensionElements>").decode()
    sheet = f'<?xml-stylesheet href="file://{canary}"?>\n<definitions'

    reading = read(text.replace("<definitions", sheet, 1).encode())

    assert reading.outcome is Outcome.DEPLOYABLE
    assert reading.model is not None
    assert not any(node.name == "canary" for node in reading.model.tree.walk())


def test_x07_too_many_elements_are_refused():
    assert malformed(document("<documentation/>\n" * 200_000))[0] == "xml.text.too-many-elements"


def test_a_file_that_is_too_large_is_refused_unread():
    assert malformed(b" " * (LIMITS.bytes + 1))[0] == "xml.text.too-large"


def test_a_file_at_the_limit_is_read():
    count = LIMITS.elements - 5
    assert read(document(BODY + "<documentation/>" * (count - 1))).outcome is Outcome.DEPLOYABLE


@pytest.mark.parametrize("depth", [LIMITS.depth + 1, 20_000])
def test_x08_elements_nested_too_deep_are_refused(depth):
    inner = "<subProcess>" * depth + "</subProcess>" * depth

    assert malformed(document(inner))[0] == "xml.text.too-deep"


@pytest.mark.parametrize(
    "text", [b"", b"\x00", b"\xff\xfe", b"<a>", b"no xml", b"<a/><b/>", b'<a b="1" b="2"/>', b"<a>&nbsp;</a>"]
)
def test_what_is_not_well_formed_is_malformed(text):
    assert malformed(text)[0] == "xml.text.syntax"


def test_another_vocabulary_is_malformed():
    assert malformed(b'<definitions xmlns="urn:other"/>') == ("flow.xml.not-bpmn", 1)


def test_x09_duplicate_ids_and_dangling_references_are_refused_with_their_line():
    body = '<startEvent id="s"/>\n<endEvent id="s"/>\n' + flow("f", "s", "nowhere")

    assert {
        ("flow.id.duplicate", "structure", 7),
        ("flow.reference.dangling", "structure", 8),
    } <= refused(body)


def test_x10_a_loop_in_which_nothing_waits_is_refused():
    body = BODY + '\n<exclusiveGateway id="g" default="d"/>' + flow("d", "g", "g")

    assert ("flow.loop.no-wait", "structure", 7) in refused(body)


def test_x11_a_foreign_multi_instance_is_refused():
    loop = "<loopCardinality>1000000</loopCardinality>"
    loop = f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    body = f'<startEvent id="s"/><userTask id="t">{loop}</userTask><endEvent id="e"/>' + chain("s", "t", "e")

    assert refused(body) == {("flow.marker.not-executed", "element", 6)}


def test_x12_and_x13_call_activities_and_timers_are_refused():
    timer = "<timerEventDefinition><timeCycle>R/PT0S</timeCycle></timerEventDefinition>"
    timer = f'<intermediateCatchEvent id="t">{timer}</intermediateCatchEvent>'
    body = f'<startEvent id="s"/><callActivity id="c" calledElement="p"/>\n{timer}<endEvent id="e"/>'

    assert refused(body + chain("s", "c", "t", "e")) == {
        ("flow.element.not-executed", "element", 6),
        ("flow.element.not-executed", "element", 7),
    }


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ('<scriptTask id="t" scriptFormat="groovy"/>', "expression-language"),
        ('<serviceTask id="t" camunda:class="a.B"/>', "implementation"),
        ('<serviceTask id="t" camunda:delegateExpression="${b}"/>', "implementation"),
        ('<serviceTask id="t" camunda:type="external" camunda:topic="x"/>', "implementation"),
        ('<serviceTask id="t"/>', "implementation"),
        ('<userTask id="t" camunda:assignee="${boss}"/>', "expression-language"),
        (
            '<task id="t"><extensionElements><camunda:taskListener class="B"/></extensionElements></task>',
            "implementation",
        ),
    ],
)
def test_x14_code_of_other_products_is_refused_by_name(task, expected):
    body = f'<startEvent id="s"/>{task}<endEvent id="e"/>' + chain("s", "t", "e")

    assert expected in {category for _, category, _ in refused(body)}


@pytest.mark.parametrize(
    "condition",
    [
        '<conditionExpression language="groovy">x</conditionExpression>',
        '<conditionExpression language="http://www.w3.org/1999/XPath">x</conditionExpression>',
        "<conditionExpression>${amount &gt; 3}</conditionExpression>",
        "<conditionExpression>amount == 3</conditionExpression>",
        "<conditionExpression>import os</conditionExpression>",
    ],
)
def test_x15_conditions_in_another_language_are_refused(condition):
    body = f'<startEvent id="s"/><task id="t"/><endEvent id="e"/>{chain("s", "t")}'
    body += f'<sequenceFlow id="f" sourceRef="t" targetRef="e">{condition}</sequenceFlow>'

    assert {category for _, category, _ in refused(body)} == {"expression-language"}


def test_a_language_given_for_the_whole_file_counts_where_an_expression_stands():
    python = document(BODY).replace(b'id="defs"', b'id="defs" expressionLanguage="python"')
    with_condition = python.replace(
        b"</process>", flow("f", "t", "e", "amount &gt; 3").encode() + b"</process>"
    )
    with_condition = with_condition.replace(b"<endEvent", b'<task id="t"/><endEvent')

    assert read(python).outcome is Outcome.DEPLOYABLE
    assert Category.EXPRESSION_LANGUAGE in read(with_condition).categories


def test_x16_two_starts_no_start_and_a_join_that_cannot_complete():
    join = (
        '<startEvent id="s"/><exclusiveGateway id="x" default="x_a"/>'
        + approval("a") + approval("b")
        + '\n<parallelGateway id="j"/><endEvent id="e"/>'
        + chain("s", "x", "a", "j", "e") + flow("xb", "x", "b", "amount &gt; 3") + chain("b", "j")
    )  # fmt: skip
    reading = read(document(join))

    assert ("flow.start.several", "structure", 7) in refused(BODY + '\n<startEvent id="s2"/>')
    assert ("flow.start.none", "structure", 5) in refused('<endEvent id="e"/>')
    assert reading.outcome is Outcome.DEPLOYABLE
    assert ("flow.join.stuck", "j") in {(problem.code, problem.at) for problem in reading.problems}


def test_an_entity_that_was_never_declared_is_malformed():
    assert malformed((HEADER + "&boom;</definitions>").encode())[0] == "xml.text.syntax"


@pytest.mark.thorough
def test_a_very_long_flow_and_one_with_very_many_ways_are_checked_quickly():
    tasks = [f"t{number}" for number in range(6_000)]
    long = "".join(f'<task id="{key}"/>' for key in tasks) + chain("s", *tasks, "e")
    gates = '<exclusiveGateway id="a" default="s0"/><exclusiveGateway id="b" default="t0"/>'
    many = "".join(flow(f"s{n}", "a", "b", "amount &gt; 1" if n else "") for n in range(4_000))
    many += "".join(flow(f"t{n}", "b", "e", "amount &gt; 1" if n else "") for n in range(4_000))
    events = '<startEvent id="s"/><endEvent id="e"/>'

    assert read(document(events + long)).outcome is Outcome.DEPLOYABLE
    assert read(document(events + gates + chain("s", "a") + many)).outcome is Outcome.DEPLOYABLE
