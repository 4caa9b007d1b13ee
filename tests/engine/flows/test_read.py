"""Reading: what is said in our extension, what is refused, what is kept."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.flows import Outcome, read_bpmn, write_bpmn
from engine.flows.model import Category, Hold, ServiceType, StartOn
from engine.flows.rule import (
    Dedupe,
    FieldAccess,
    OnEmpty,
    OnSelf,
    Opinion,
    RejectWhen,
    Resolver,
    ResolverKind,
    TaskKind,
)
from tests.engine.flows.play import approval, case, chain, document

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
SET = '<dg:set field="a">1</dg:set>'
TWO_ACTIONS = '<dg:action id="a"/><dg:action id="a"/>'
WHO = '<dg:who kind="role" ref="boss"/>'


def around(node: str, key: str = "t") -> bytes:
    return document(START + "\n" + node + "\n" + END + chain("s", key, "e"))


def extended(inner: str, element: str = "userTask") -> bytes:
    return around(f'<{element} id="t"><extensionElements>\n{inner}\n</extensionElements></{element}>')


def found(xml: bytes) -> list[tuple[str, object]]:
    reading = read_bpmn(xml)
    return [(problem.code, problem.params.get("line")) for problem in reading.problems if problem.is_error]


def test_an_approval_rule_is_read_whole():
    rule = """<dg:approval mode="all" reject="after_all" onEmpty="users" onSelf="dept_head"
      dedupe="any_earlier">
      <dg:who kind="user" ref="li"/><dg:who kind="manager" level="2" of="owner"/><dg:who kind="dept_head"/>
      <dg:who kind="field" ref="reviewers"/><dg:empty kind="user" ref="wang"/>
      <dg:action id="approve" opinion="none"><dg:label lang="en">Agree</dg:label></dg:action>
      <dg:fields default="read"><dg:field name="lines.price" access="required"/></dg:fields></dg:approval>"""
    reading = read_bpmn(extended(rule))
    assert reading.model is not None
    read = reading.model.processes[0].nodes["t"].rule

    assert reading.outcome is Outcome.DEPLOYABLE
    assert read is not None
    assert (read.kind, read.mode, read.reject) == (TaskKind.APPROVE, "all", RejectWhen.AFTER_ALL)
    assert (read.on_empty, read.on_self, read.dedupe) == (OnEmpty.USERS, OnSelf.DEPT_HEAD, Dedupe.ANY_EARLIER)
    assert read.who == (
        Resolver(ResolverKind.USER, "li"),
        Resolver(ResolverKind.MANAGER, level=2, of="owner"),
        Resolver(ResolverKind.DEPT_HEAD),
        Resolver(ResolverKind.FIELD, "reviewers"),
    )
    assert [(action.id, action.label, action.opinion) for action in read.actions] == [
        ("approve", {"en": "Agree"}, Opinion.NONE)
    ]
    assert read.fields.default is FieldAccess.READ
    assert read.fields.fields == {"lines.price": FieldAccess.REQUIRED}


def test_a_process_says_which_form_it_belongs_to_and_when_it_starts():
    reading = read_bpmn(case("quote_approval"))
    assert reading.model is not None
    process = reading.model.processes[0]

    assert process.settings is not None
    assert (process.settings.form, process.settings.start, process.settings.hold) == (
        "quote",
        StartOn.MANUAL,
        Hold.ALL,
    )
    assert process.settings.when is not None
    assert process.settings.when.text == 'state = "draft"'
    assert process.label == {"zh-CN": "报价审批", "en": "Quote approval"}
    service = process.nodes["approve"].service
    assert service is not None
    assert service.type is ServiceType.RECORD_PATCH


@pytest.mark.parametrize(
    ("inner", "code", "line"),
    [
        (f'<dg:approval mode="everybody">{WHO}</dg:approval>', "flow.extension.value", 8),
        (f'<dg:approval onempty="pass">{WHO}</dg:approval>', "flow.extension.attribute", 8),
        (f"<dg:approval>{WHO}\n<dg:whom/></dg:approval>", "flow.extension.child", 9),
        ("<dg:approval/>", "flow.rule.nobody", 8),
        ('<dg:approval><dg:who kind="role"/></dg:approval>', "flow.extension.missing", 8),
        ('<dg:approval><dg:who kind="manager" level="0"/></dg:approval>', "flow.extension.value", 8),
        (f'<dg:approval onEmpty="users">{WHO}</dg:approval>', "flow.rule.empty-users", 8),
        (f'<dg:work onEmpty="reject">{WHO}</dg:work>', "flow.extension.value", 8),
        (f"<dg:approval>{WHO}</dg:approval>\n<dg:work>{WHO}</dg:work>", "flow.extension.repeated", 9),
        (f'<dg:approval>{WHO}<dg:action id="agree"/></dg:approval>', "flow.extension.value", 8),
        (f"<dg:work>{WHO}{TWO_ACTIONS}</dg:work>", "flow.rule.action-twice", 8),
        ('<dg:service type="job" name="x"/>', "flow.extension.misplaced", 8),
        ("<dg:aproval/>", "flow.extension.misplaced", 8),
    ],
)
def test_a_mistake_in_a_user_task_is_named_with_its_line(inner, code, line):
    assert (code, line) in found(extended(inner))


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ("<dg:service/>", "flow.extension.missing"),
        ('<dg:service type="mail"/>', "flow.extension.value"),
        ('<dg:service type="record_patch"/>', "flow.service.nothing-set"),
        ('<dg:service type="record_patch"><dg:set field="a"/></dg:service>', "flow.expression.empty"),
        (f'<dg:service type="record_patch">{SET}{SET}</dg:service>', "flow.service.set-twice"),
        ('<dg:service type="record_patch"><dg:set field="a">1 +</dg:set></dg:service>', "feel.syntax.end"),
        ('<dg:service type="set_status"/>', "flow.extension.missing"),
        ('<dg:service type="job"/>', "flow.extension.missing"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_service_task_is_named(inner, code):
    assert code in {one for one, _ in found(extended(inner, "serviceTask"))}


def test_everything_that_is_wrong_is_reported_at_once():
    xml = extended('<dg:approval mode="x" reject="y"><dg:who kind="role"/></dg:approval>')
    xml = xml.replace(b"<endEvent", b'<inclusiveGateway id="i"/><endEvent')

    assert len(found(xml)) == 4


def test_a_standard_part_that_says_something_else_is_refused_showing_both():
    loop = '<multiInstanceLoopCharacteristics isSequential="true"/></userTask>'
    xml = around(approval("t", 'mode="any"').replace("</userTask>", loop))
    reading = read_bpmn(xml)

    (problem,) = [problem for problem in reading.problems if problem.is_error]
    assert problem.code == "flow.rule.standard-part-differs"
    assert problem.params["written"] == 'isSequential="true"'
    assert (
        problem.params["meant"]
        == 'isSequential="false", completionCondition: numberOfCompletedInstances >= 1'
    )


@pytest.mark.parametrize(("mode", "sequential"), [("all", "false"), ("order", "true")])
def test_a_standard_part_that_agrees_is_accepted(mode, sequential):
    loop = f'<multiInstanceLoopCharacteristics isSequential="{sequential}"/></userTask>'

    assert found(around(approval("t", f'mode="{mode}"').replace("</userTask>", loop))) == []


@pytest.mark.parametrize(
    ("node", "element"),
    [
        ('<inclusiveGateway id="t"/>', "inclusiveGateway"),
        ('<userTask id="t" isForCompensation="true"/>', "isForCompensation"),
        ('<task id="t"><standardLoopCharacteristics/></task>', "standardLoopCharacteristics"),
        ('<subProcess id="t"/>', "subProcess"),
        ('<task id="t"/><flyingCarpet id="u"/>', "flyingCarpet"),
    ],
)
def test_an_element_we_do_not_execute_is_refused_by_name_and_line(node, element):
    reading = read_bpmn(around(node))

    (problem,) = [problem for problem in reading.problems if problem.is_error]
    assert reading.categories == {Category.ELEMENT}
    assert (problem.params["element"], problem.params["line"]) == (element, 7)


def test_a_file_without_executable_process_is_a_drawing_whatever_it_contains():
    reading = read_bpmn(document('<complexGateway id="c"/><callActivity id="t"/>', executable="false"))

    assert (reading.outcome, reading.problems) == (Outcome.DRAWING, ())


def test_data_text_lanes_and_groups_do_not_count():
    body = START + END + chain("s", "e") + (
        '<dataObject id="d"/><textAnnotation id="x"/><group id="g"/><dataStoreReference id="r"/>'
        '<laneSet id="l"><lane id="l1"><flowNodeRef>s</flowNodeRef></lane></laneSet>'
    )  # fmt: skip

    assert read_bpmn(document(body)).problems == ()


def test_a_gap_in_the_picture_is_a_warning():
    xml = case("quote_approval").replace(b'bpmnElement="director"', b'bpmnElement="gone"')
    reading = read_bpmn(xml)

    assert reading.outcome is Outcome.DEPLOYABLE
    assert [problem.code for problem in reading.problems] == ["flow.reference.picture"]


def test_writing_keeps_foreign_extensions_and_the_diagram():
    foreign = """<z:task xmlns:z="urn:z" retries="3"><z:in x="1">a<z:b/>c &lt; d</z:in></z:task>"""
    xml = case("quote_approval").replace(b"<dg:label", foreign.encode() + b"<dg:label", 1)
    reading = read_bpmn(xml)
    assert reading.model is not None
    assert [problem.code for problem in reading.problems] == ["flow.foreign.ignored"]

    written = write_bpmn(reading.model)

    assert canonical(written) == canonical(xml)
    again = read_bpmn(written)
    assert again.model is not None
    assert write_bpmn(again.model) == written


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n", with_comments=False)


def test_a_model_cannot_be_changed():
    reading = read_bpmn(case("quote_approval"))
    assert reading.model is not None

    with pytest.raises(AttributeError):
        reading.model.processes = ()  # type: ignore[misc]
