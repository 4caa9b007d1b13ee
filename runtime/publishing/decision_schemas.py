"""JSON of decisions being written."""

from __future__ import annotations

from typing import Final

from runtime.publishing.schemas import Schema

_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_COLUMN: Final = {"id": _TEXT, "label": _TEXT, "type": _TEXT, "allowed": _TEXT, "field": _TEXT}


def _columns(**more: Schema) -> Schema:
    properties = {**_COLUMN, **more}
    return {
        "type": "array",
        "items": {"type": "object", "required": [*properties], "properties": properties},
    }


_GRID: Final[Schema] = {
    "type": ["object", "null"],
    "required": [
        *("id", "label", "hit_policy", "aggregation", "output_label"),
        *("inputs", "outputs", "annotations", "rows"),
    ],
    "properties": {
        "id": _TEXT,
        "label": {**_TEXT, "description": "of the decision"},
        "hit_policy": _TEXT,
        "aggregation": _TEXT,
        "output_label": _TEXT,
        "inputs": _columns(expression=_TEXT),
        "outputs": _columns(name=_TEXT, default=_TEXT),
        "annotations": _TEXTS,
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "inputs", "outputs", "annotations", "description"],
                "properties": {
                    "id": _TEXT,
                    "inputs": _TEXTS,
                    "outputs": _TEXTS,
                    "annotations": _TEXTS,
                    "description": _TEXT,
                },
            },
        },
        "data": {
            "type": "array",
            "description": "input data that a decision reads; knowledge models have none",
            "items": {
                "type": "object",
                "required": ["name", "type"],
                "properties": {"name": _TEXT, "type": _TEXT},
            },
        },
    },
}
_PROBLEMS: Final[Schema] = {
    "type": "array",
    "items": {
        "type": "object",
        "description": "a Problem, and the cell of the shown table it is about, counted from 1; 0 is none",
        "required": ["code", "message", "hint", "at", "severity", "params", "row", "input", "output"],
        "properties": {
            **dict.fromkeys(("code", "message", "hint", "at"), _TEXT),
            "severity": {"enum": ["error", "warning"]},
            "params": {"type": "object"},
            "span": {"type": "object"},
            "row": _COUNT,
            "input": _COUNT,
            "output": _COUNT,
        },
    },
}
_TRIAL: Final[Schema] = {
    "type": ["object", "null"],
    "description": "values are FEEL text",
    "required": ["value", "problems", "matched", "inputs", "passed", "outputs"],
    "properties": {
        "value": _TEXT,
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}},
        "matched": {"type": "array", "items": _COUNT, "description": "rows, counted from 1"},
        "inputs": _TEXTS,
        "passed": {
            "type": "array",
            "items": {"type": "array", "items": _COUNT},
            "description": "per column the rows whose cell was passed",
        },
        "outputs": {**_TEXTS, "description": "per output column; of several rows a list"},
    },
}
PREVIEW_DECISION: Final[Schema] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "text": {**_TEXT, "maxLength": 2_000_000, "description": "DMN; without it a new decision is begun"},
        "label": {**_TEXT, "maxLength": 200, "description": "of a new decision"},
        "decision": {**_TEXT, "maxLength": 1000, "description": "id or name of the one to show"},
        "grid": {"type": "object", "description": "its table as it is now; the text follows"},
        "trial": {
            "type": "object",
            "maxProperties": 100,
            "additionalProperties": {**_TEXT, "maxLength": 8000},
            "description": "FEEL text of each input, by name",
        },
    },
}
DECISION_PREVIEW: Final[Schema] = {
    "type": "object",
    "required": [
        *("text", "decisions", "decision", "grid", "needs"),
        *("problems", "covered", "trial"),
    ],
    "properties": {
        "text": {"type": ["string", "null"], "description": "null if the grid is no table"},
        "decisions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "label", "kind", "logic", "text"],
                "properties": {
                    "id": _TEXT,
                    "label": _TEXT,
                    "kind": {"enum": ["decision", "knowledge"]},
                    "logic": _TEXT,
                    "text": {**_TEXT, "description": "FEEL, of what is no table"},
                },
            },
        },
        "decision": {**_TEXT, "description": "id of the one that is shown"},
        "grid": _GRID,
        "needs": {
            "type": "object",
            "additionalProperties": _TEXT,
            "description": "FEEL types of the input data it needs, by name",
        },
        "problems": _PROBLEMS,
        "covered": {"type": ["number", "null"], "description": "share of the values that have a row"},
        "trial": _TRIAL,
    },
}
