"""Small BPMN files for tests, written piece by piece."""

from __future__ import annotations

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr


def flow(
    key: str,
    form: str,
    *pieces: str,
    start: str = "manual",
    hold: str = "none",
    when: str = "",
    withdraw: str = "",
) -> str:
    """A file with one executable process; `pieces` are nodes and edges, the start event is `start`.

    withdraw   XML inside `dg:flow`
    """
    condition = (f"<dg:when>{escape(when)}</dg:when>" if when else "") + withdraw
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:dg="urn:dougong:bpmn:1"
             id="{key}_file" targetNamespace="urn:dougong:test">
  <process id="{key}" name="{key}" isExecutable="true">
    <extensionElements>
      <dg:flow form="{form}" start="{start}" hold="{hold}">{condition}</dg:flow>
      <dg:label lang="zh-CN">{key}流程</dg:label><dg:label lang="en">The {key} flow</dg:label>
    </extensionElements>
    <startEvent id="start"/>
    {"".join(pieces)}
  </process>
</definitions>"""


def approval(node: str, *who: str, fields: str = "", actions: str = "", **rule: str) -> str:
    """`who` are attributes of `dg:who`, such as `kind="role" ref="director"`."""
    return _user_task(node, "approval", who, fields, actions, rule)


def work(node: str, *who: str, fields: str = "", actions: str = "", **rule: str) -> str:
    return _user_task(node, "work", who, fields, actions, rule)


def _user_task(
    node: str, kind: str, who: tuple[str, ...], fields: str, actions: str, rule: dict[str, str]
) -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in rule.items())
    people = "".join(f"<dg:who {one}/>" for one in who)
    inner = f"{people}{actions}{fields}"
    return f"""<userTask id="{node}" name="{node}"><extensionElements>
      <dg:{kind}{attributes}>{inner}</dg:{kind}></extensionElements></userTask>"""


def patch(node: str, **values: str) -> str:
    """A service task that writes FEEL values into fields."""
    sets = "".join(f'<dg:set field="{name}">{escape(value)}</dg:set>' for name, value in values.items())
    return _service(node, f'<dg:service type="record_patch">{sets}</dg:service>')


def job(node: str, service: str, result: str = "", /, **params: str) -> str:
    """A service task that waits for a performer."""
    inner = "".join(f'<dg:param name="{key}">{escape(value)}</dg:param>' for key, value in params.items())
    into = f' result="{result}"' if result else ""
    return _service(node, f'<dg:service type="job" name="{service}"{into}>{inner}</dg:service>')


def _service(node: str, extension: str) -> str:
    return f"""<serviceTask id="{node}" name="{node}"><extensionElements>{extension}
      </extensionElements></serviceTask>"""


def gateway(node: str, default: str = "") -> str:
    way = f' default="{default}"' if default else ""
    return f'<exclusiveGateway id="{node}" name="{node}"{way}/>'


def end(node: str, outcome: str = "") -> str:
    if not outcome:
        return f'<endEvent id="{node}"/>'
    return f"""<endEvent id="{node}"><extensionElements><dg:outcome value="{outcome}"/>
      </extensionElements></endEvent>"""


def edge(source: str, target: str, condition: str = "", key: str = "") -> str:
    """From one node to another; its id is `<source>_to_<target>` unless it has one."""
    name = key or f"{source}_to_{target}"
    inner = f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def path(*nodes: str) -> str:
    """Edges from each node to the next."""
    return "".join(edge(one, other) for one, other in pairwise(nodes))
