"""A small set of definitions that fit together, for tests that break one thing of it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from engine.apps.definitions import Definition, read_definition
from engine.apps.kinds import Kind, Ref
from engine.problems import errors

CUSTOMER = {
    "key": "customer",
    "label": "Customer",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name", "unique": True},
        "level": {
            "type": "select",
            "label": "Level",
            "options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}],
        },
        "city": {"type": "text", "label": "City"},
        "keeper": {"type": "member", "label": "Keeper"},
    },
}
DEAL = {
    "key": "deal",
    "label": "Deal",
    "title": "{name}",
    "fields": {
        "name": {"type": "text", "label": "Name", "required": True},
        "customer": {
            "type": "relation",
            "label": "Customer",
            "to": "customer",
            "fill": {"city": "city"},
            "pick": {"columns": ["name"], "where": 'level = "a" or city = record.city'},
        },
        "city": {"type": "text", "label": "City"},
        "closes": {"type": "date", "label": "Closes"},
        "lines": {
            "type": "subtable",
            "label": "Lines",
            "fields": {
                "qty": {"type": "number", "label": "Qty"},
                "price": {"type": "money", "label": "Price"},
                "amount": {"type": "money", "label": "Amount", "formula": "qty * price"},
            },
        },
        "total": {"type": "money", "label": "Total", "formula": "sum(lines.amount)"},
        "big": {"type": "checkbox", "label": "Big", "formula": 'total > 1000 and customer.level = "a"'},
    },
}
VIEW = {
    "key": "big_deals",
    "label": "Big",
    "form": "deal",
    "columns": ["name", "total"],
    "where": "total > 1000",
}
ROLE = {
    "key": "rep",
    "label": "Rep",
    "grants": [
        {
            "form": "deal",
            "actions": ["view"],
            "record_filter": '=customer.level = "a"',
            "fields": {"*": "read"},
        }
    ],
}
APP = {
    "key": "sales",
    "label": "Sales",
    "items": [{"form": "deal", "view": "big_deals"}, {"form": "customer"}],
}
MAPPING = {
    "key": "deals",
    "label": "Deals",
    "form": "deal",
    "columns": [
        {"from": "N", "to": "name"},
        {"from": "C", "to": "customer", "match": "name"},
        {"from": "D", "to": "closes", "format": "%Y-%m-%d"},
    ],
}
FLOW = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:dg="urn:dougong:bpmn:1"
             xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="test">
  <process id="approval" isExecutable="true">
    <extensionElements><dg:flow form="deal"/><dg:label lang="en">Approval</dg:label></extensionElements>
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="big"/>
    <exclusiveGateway id="big" default="f3"/>
    <sequenceFlow id="f2" sourceRef="big" targetRef="ask">
      <conditionExpression xsi:type="tFormalExpression">record.total &gt; 1000</conditionExpression>
    </sequenceFlow>
    <sequenceFlow id="f3" sourceRef="big" targetRef="end"/>
    <userTask id="ask">
      <extensionElements>
        <dg:approval>
          <dg:who kind="role" ref="rep"/>
          <dg:fields><dg:field name="city" access="write"/></dg:fields>
        </dg:approval>
      </extensionElements>
    </userTask>
    <sequenceFlow id="f4" sourceRef="ask" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>"""

HOUSE: Mapping[Ref, object] = {
    Ref(Kind.FORM, "customer"): CUSTOMER,
    Ref(Kind.FORM, "deal"): DEAL,
    Ref(Kind.VIEW, "big_deals"): VIEW,
    Ref(Kind.ROLE, "rep"): ROLE,
    Ref(Kind.APP, "sales"): APP,
    Ref(Kind.MAPPING, "deals"): MAPPING,
    Ref(Kind.FLOW, "approval"): FLOW,
}


def definitions(**changes: object) -> dict[Ref, Definition]:
    """The house; `view_big_deals=…` replaces the view `big_deals`, None takes a definition out."""
    documents = {str(ref).replace("/", "_"): (ref, document) for ref, document in HOUSE.items()}
    read = {}
    for name, (ref, document) in documents.items():
        changed = changes.get(name, document)
        if changed is not None:
            read[ref] = definition(ref, changed)
    return read


def definition(ref: Ref, document: object) -> Definition:
    text = document if isinstance(document, str) else json.dumps(document)
    reading = read_definition(ref.kind, ref.key, text)
    assert reading.definition is not None, errors(reading.problems)
    return reading.definition
