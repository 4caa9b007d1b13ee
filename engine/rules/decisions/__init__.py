"""DMN 1.5 decisions: read and write the XML, compile, evaluate, explain.

reading = read_decisions(xml)
compiled = compile_decisions(reading.model, imported_models)
compiled.problems                                    # everything that is wrong, with element id and line
compiled.evaluate("discount", {"amount": 7}, now).value
"""

from engine.rules.decisions.compile import CompiledDecisions, Outcome, compile_decisions
from engine.rules.decisions.model import Model
from engine.rules.decisions.read import Reading, read_decisions, write_decisions
from engine.rules.decisions.trace import ElementTrace, FailedCell, TableTrace

__all__ = [
    "CompiledDecisions",
    "ElementTrace",
    "FailedCell",
    "Model",
    "Outcome",
    "Reading",
    "TableTrace",
    "compile_decisions",
    "read_decisions",
    "write_decisions",
]
