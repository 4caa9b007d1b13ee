"""Hostile BPMN files (X01–X16): what is no plain, small, finite picture is refused with its element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.flow_files import approval, edge, end, flow, gateway

if TYPE_CHECKING:
    from tests.hostile.conftest import Target

ANN = 'kind="role" ref="admin"'
GOOD = flow("probe", "deal", approval("ask", ANN), end("done"), edge("start", "ask"), edge("ask", "done"))
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def with_doctype(subset: str, use: str = "") -> str:
    return GOOD.replace(DECLARATION, f"{DECLARATION}\n<!DOCTYPE d [{subset}]>").replace(
        "probe流程", f"probe{use}"
    )


def with_node(node: str) -> str:
    """The good flow with another element between its task and its end."""
    pieces = (approval("ask", ANN), node, end("done"))
    return flow("probe", "deal", *pieces, edge("start", "ask"), edge("ask", "odd"), edge("odd", "done"))


DOCTYPE = {"xml.text.doctype", "xml.text.syntax"}
LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
TIMER = (
    '<intermediateCatchEvent id="odd"><timerEventDefinition id="t"><{0}>{1}</{0}></timerEventDefinition>'
    "</intermediateCatchEvent>"
)
TEXTS = {
    "X01 external entity": with_doctype('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "X02 external DTD": GOOD.replace(DECLARATION, DECLARATION + '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/d">'),
    "X02 parameter entity": with_doctype('<!ENTITY % x SYSTEM "http://127.0.0.1:9/d"> %x;'),
    "X03 laughs": with_doctype(LAUGHS, "&a9;"),
    "X04 quadratic": with_doctype(f'<!ENTITY q "{"q" * 100_000}">', "&q;" * 2000),
    "X06 claims UTF-16": GOOD.replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE d>", 1),
    "X06 claims UTF-7": GOOD.replace("UTF-8", "UTF-7"),
    "X06 lower case doctype": GOOD.replace(DECLARATION, DECLARATION + "<!doctype d>"),
    "X07 elements": GOOD.replace("</process>", "<task/>" * 60_000 + "</process>"),
    "X08 depth": GOOD.replace("</process>", "<a>" * 20_000 + "</a>" * 20_000 + "</process>"),
    "X09 same id twice": GOOD.replace('id="done"', 'id="ask"'),
    "X09 dangling source": GOOD.replace('sourceRef="start"', 'sourceRef="nobody"'),
    "X09 dangling target": GOOD.replace('targetRef="done"', 'targetRef="nobody"'),
    "X10 loop without rest": flow(
        "probe", "deal", gateway("spin"), gateway("back"),
        edge("start", "spin"), edge("spin", "back"), edge("back", "spin"),
    ),
    "X12 calls itself": with_node('<callActivity id="odd" calledElement="probe"/>'),
    "X13 timer of nothing": with_node(TIMER.format("timeCycle", "R/PT0S")),
    "X13 timer of the year 9999": with_node(TIMER.format("timeDate", "9999-12-31T00:00:00Z")),
    "X14 script": with_node('<scriptTask id="odd" scriptFormat="js"><script>x()</script></scriptTask>'),
    "X14 class": with_node(
        '<serviceTask id="odd" xmlns:c="http://camunda.org/schema/1.0/bpmn" c:class="java.lang.Runtime"/>'
    ),
    "X14 delegate": with_node(
        '<serviceTask id="odd" xmlns:c="http://camunda.org/schema/1.0/bpmn" c:delegateExpression="${x}"/>'
    ),
    "X15 condition in juel": GOOD.replace(
        'targetRef="done"></sequenceFlow>',
        'targetRef="done"><conditionExpression>${a}</conditionExpression></sequenceFlow>',
    ),
    "X15 condition in groovy": GOOD.replace(
        'targetRef="done"></sequenceFlow>',
        'targetRef="done"><conditionExpression language="groovy">1</conditionExpression></sequenceFlow>',
    ),
    "X16 no start": GOOD.replace('<startEvent id="start"/>', '<task id="start"/>'),
    "unknown form": GOOD.replace('form="deal"', 'form="nothing"'),
    "unknown role": GOOD.replace('ref="admin"', 'ref="nobody"'),
    "unknown field in a condition": flow(
        "probe", "deal", gateway("fork", "fork_to_done"), approval("ask", ANN), end("done"),
        edge("start", "fork"), edge("fork", "done"), edge("fork", "ask", "nobody > 1"), edge("ask", "done"),
    ),
    "no bpmn": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "no xml": "name: flow",
    "empty": "",
    "cut off": GOOD[: len(GOOD) // 2],
    "unknown extension": GOOD.replace("<dg:flow ", "<dg:exec cmd='rm'/><dg:flow "),
    "unknown attribute": GOOD.replace("<dg:flow ", "<dg:flow shell='rm' "),
}  # fmt: skip
WARNED = {
    "X16 no end": flow("probe", "deal", approval("ask", ANN), edge("start", "ask"), edge("ask", "ask")),
    "X16 join that never opens": flow(
        "probe", "deal", gateway("fork", "fork_to_ask"), approval("ask", ANN), approval("tell", ANN),
        '<parallelGateway id="join"/>', end("done"), edge("start", "fork"), edge("fork", "ask"),
        edge("fork", "tell", "amount > 1"), edge("ask", "join"), edge("tell", "join"), edge("join", "done"),
    ),
}  # fmt: skip
IGNORED = {
    "X05 stylesheet": GOOD.replace(
        DECLARATION, DECLARATION + '<?xml-stylesheet href="http://127.0.0.1:9/s"?>'
    ),
    "X05 include": GOOD.replace(
        "<startEvent",
        '<documentation xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/>'
        "</documentation><startEvent",
    ),
}


def problems(target: Target, text: str) -> list[dict[str, Any]]:
    """Of the text as a draft, which is dropped again."""
    admin = target["admin"]
    admin.delete("/drafts/flow/probe")
    kept = admin.put("/drafts/flow/probe", {"rev": 0, "text": text})
    admin.delete("/drafts/flow/probe")
    assert kept.status_code == 200, kept.json
    return list(kept.json["problems"])


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_flow_has_problems_as_a_draft_and_is_never_published(target: Target, name: str) -> None:
    admin = target["admin"]
    admin.delete("/drafts/flow/probe")
    kept = admin.put("/drafts/flow/probe", {"rev": 0, "text": TEXTS[name]})
    if kept.status_code == 200:
        assert kept.json["problems"]
        assert "root:" not in kept.get_data(as_text=True)
        target.attack("admin", "POST", "/publish", json={"drafts": [{"kind": "flow", "key": "probe"}]})
        admin.delete("/drafts/flow/probe")
    else:
        target.attack("admin", "PUT", "/drafts/flow/probe", json={"rev": 0, "text": TEXTS[name]})
    assert admin.get("/flows/probe/xml").status_code == 404


@pytest.mark.parametrize("name", [name for name in TEXTS if "doctype" in TEXTS[name].lower()])
def test_a_document_type_is_named_as_the_reason(target: Target, name: str) -> None:
    assert {one["code"] for one in problems(target, TEXTS[name])} <= DOCTYPE


@pytest.mark.parametrize("name", WARNED)
def test_a_picture_that_may_never_end_is_warned_of(target: Target, name: str) -> None:
    assert problems(target, WARNED[name])


@pytest.mark.parametrize("name", IGNORED)
def test_what_other_programs_would_fetch_is_not_fetched(target: Target, name: str) -> None:
    assert "root:" not in str(problems(target, IGNORED[name]))
