"""Flows: BPMN 2.0 read, checked, compiled and executed; approvals as an extension of user tasks."""

from engine.flows.approvals import APPROVAL_MODES
from engine.flows.bpmn.read import read_bpmn, write_bpmn
from engine.flows.compile import CompiledFlow, compile_flow
from engine.flows.execute.starting import start_refusal
from engine.flows.execute.step import step
from engine.flows.graph import Graph
from engine.flows.model import Model, Outcome, Reading
from engine.flows.preview import preview, preview_rest
from engine.flows.state import ProcessState, new_state
from engine.flows.stored import dump_state, load_state

__all__ = [
    "APPROVAL_MODES",
    "CompiledFlow",
    "Graph",
    "Model",
    "Outcome",
    "ProcessState",
    "Reading",
    "compile_flow",
    "dump_state",
    "load_state",
    "new_state",
    "preview",
    "preview_rest",
    "read_bpmn",
    "start_refusal",
    "step",
    "write_bpmn",
]
