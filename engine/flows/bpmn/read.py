"""BPMN 2.0 XML to a `Model` and back, fail-closed: what we cannot execute is named with its line."""

from __future__ import annotations

from typing import Final

from engine.flows.bpmn.coverage import check_coverage
from engine.flows.bpmn.names import bpmn
from engine.flows.bpmn.processes import read_process
from engine.flows.bpmn.references import check_references
from engine.flows.check import check_structure
from engine.flows.findings import Findings
from engine.flows.model import Model, Outcome, Reading
from engine.problems import Problem, errors
from engine.xml_text import XmlElement, XmlLimits, parse_xml, print_xml

LIMITS: Final = XmlLimits(elements=20_000)
_ROOT: Final = bpmn("definitions")


def read_bpmn(xml: bytes, name: str = "") -> Reading:
    """Read a BPMN file and say what can be done with it.

    name  which document this is, put into every problem
    Every problem's `at` is the id of an element (empty for the whole file) and has a `line` among its params.
    """
    root, problems = parse_xml(xml, LIMITS, comments=False)
    if root is not None and root.tag != _ROOT:
        problems = (Problem("flow.xml.not-bpmn", params={"line": root.line, "element": root.name}),)
    if root is None or problems:
        return Reading(Outcome.MALFORMED, None, _named(problems, name))
    return _read(root, name)


def write_bpmn(model: Model) -> bytes:
    """The whole file again, with everything in it that we do not execute; comments are not kept."""
    return print_xml(model.tree)


def _read(root: XmlElement, name: str) -> Reading:
    found = Findings()
    processes = [child for child in root.children if child.tag == bpmn("process")]
    language = root.attributes.get("expressionLanguage", "")
    model = Model(
        tree=root,
        processes=tuple(read_process(process, language, found) for process in processes),
        name=name,
    )
    check_references(model, found)
    for process in model.executable:
        check_coverage(process, found)
        check_structure(process, found)
    return Reading(_outcome(model, found), model, _named(found.problems, name))


def _outcome(model: Model, found: Findings) -> Outcome:
    if errors(found.problems):
        return Outcome.REFUSED
    return Outcome.DEPLOYABLE if model.executable else Outcome.DRAWING


def _named(problems: tuple[Problem, ...], name: str) -> tuple[Problem, ...]:
    return tuple(problem.within(document=name) for problem in problems)
