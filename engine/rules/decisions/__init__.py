"""DMN 1.5 decisions: read and write the XML, compile, evaluate, explain.

reading = read_decisions(xml)
compiled = compile_decisions(reading.model, imported_models)
compiled.problems                                    # everything that is wrong, with element id and line
compiled.evaluate("discount", {"amount": 7}, now).value
"""

from engine.rules.decisions.compile import CompiledDecisions, compile_decisions
from engine.rules.decisions.evaluation import Outcome
from engine.rules.decisions.grid import table_from_json, table_to_json
from engine.rules.decisions.lint import Inspection, inspect_table, lint_decisions
from engine.rules.decisions.model import Model
from engine.rules.decisions.new import new_decision_xml
from engine.rules.decisions.quick import Prepared
from engine.rules.decisions.read import Reading, read_decisions, write_decisions
from engine.rules.decisions.sheet import sheet_from_json, sheet_to_json
from engine.rules.decisions.trace import ElementTrace, FailedCell, TableTrace

__all__ = [
    "CompiledDecisions",
    "ElementTrace",
    "FailedCell",
    "Inspection",
    "Model",
    "Outcome",
    "Prepared",
    "Reading",
    "TableTrace",
    "compile_decisions",
    "inspect_table",
    "lint_decisions",
    "new_decision_xml",
    "read_decisions",
    "sheet_from_json",
    "sheet_to_json",
    "table_from_json",
    "table_to_json",
    "write_decisions",
]
