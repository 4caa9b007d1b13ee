"""JSON of the definition endpoints, for checking bodies and for the contract."""

from __future__ import annotations

from typing import Final

from engine.apps.kinds import Kind

Schema = dict[str, object]

_KEY: Final[Schema] = {"type": "string", "pattern": "^[a-z](_?[a-z0-9])*$", "maxLength": 40}
_KIND: Final[Schema] = {"enum": [kind.value for kind in Kind]}
_LABEL: Final[Schema] = {"type": ["string", "object"]}
_PERSON: Final[Schema] = {
    "type": ["object", "null"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
_PROBLEMS: Final[Schema] = {"type": "array", "items": {"$ref": "#/components/schemas/Problem"}}
_CONTENT: Final[Schema] = {"document": {"type": "object"}, "text": {"type": "string"}}
_NOTE: Final[Schema] = {"type": "string", "maxLength": 2000}

KIND_QUERY: Final[dict[str, Schema]] = {"kind": {"type": "string"}}
VERSION_QUERY: Final[dict[str, Schema]] = {"version": {"type": "integer", "minimum": 1}}
PLAN_QUERY: Final[dict[str, Schema]] = {"plan": {"type": "boolean", "default": False}}

DEFINITIONS: Final[Schema] = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind", "key", "label", "version", "draft"],
                "properties": {
                    "kind": _KIND,
                    "key": _KEY,
                    "label": _LABEL,
                    "version": {"type": ["integer", "null"]},
                    "draft": {"type": "boolean"},
                    "updated_at": {"type": ["string", "null"]},
                    "updated_by": _PERSON,
                    "form": {"type": ["string", "null"], "description": "of rules: whose records wake it"},
                    "trigger": {"type": ["string", "null"], "description": "of rules: type of the first one"},
                },
            },
        }
    },
}
DEFINITION: Final[Schema] = {
    "type": "object",
    "required": ["kind", "key", "version"],
    "properties": {"kind": _KIND, "key": _KEY, "version": {"type": "integer"}, **_CONTENT},
}
VERSIONS: Final[Schema] = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "version": {"type": "integer"},
                    "published_at": {"type": "string"},
                    "published_by": _PERSON,
                    "note": {"type": "string"},
                    "current": {"type": "boolean"},
                },
            },
        }
    },
}
DRAFT: Final[Schema] = {
    "type": "object",
    "required": ["kind", "key", "rev", "problems"],
    "properties": {
        "kind": _KIND,
        "key": _KEY,
        "rev": {"type": "integer"},
        **_CONTENT,
        "base_version": {"type": ["integer", "null"]},
        "published_version": {"type": ["integer", "null"]},
        "updated_at": {"type": ["string", "null"]},
        "updated_by": _PERSON,
        "problems": _PROBLEMS,
    },
}
KEEP_DRAFT: Final[Schema] = {
    "type": "object",
    "required": ["rev"],
    "additionalProperties": False,
    "properties": {
        "rev": {"type": "integer", "minimum": 0},
        "take_over": {"type": "boolean"},
        **_CONTENT,
    },
}
KEPT_DRAFT: Final[Schema] = {
    "type": "object",
    "required": ["rev", "problems"],
    "properties": {"rev": {"type": "integer"}, "problems": _PROBLEMS},
}
PREVIEW: Final[Schema] = {
    "type": "object",
    "required": ["document"],
    "additionalProperties": False,
    "properties": {"document": {"type": "object"}},
}
_VIEW: Final[Schema] = {"enum": ["zh-CN", "en"]}
PREVIEW_RULE: Final[Schema] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "maxLength": 100_000},
        "ast": {"type": "object"},
        "view": {
            **_VIEW,
            "default": "en",
            "description": "language of the text, and of the view that places are in; keys are read too",
        },
    },
}
RULE_PREVIEW: Final[Schema] = {
    "type": "object",
    "required": ["text", "views", "ast", "problems", "tests"],
    "properties": {
        "text": {"type": ["string", "null"], "description": "canonical; null if it cannot be read"},
        "views": {
            "type": ["object", "null"],
            "required": ["zh-CN", "en"],
            "properties": {"zh-CN": {"type": "string"}, "en": {"type": "string"}},
        },
        "ast": {"type": ["object", "null"]},
        "problems": _PROBLEMS,
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "passed", "problems"],
                "properties": {
                    "name": {"type": "string"},
                    "passed": {"type": "boolean"},
                    "problems": _PROBLEMS,
                },
            },
        },
    },
}
PUBLISH: Final[Schema] = {
    "type": "object",
    "required": ["drafts"],
    "additionalProperties": False,
    "properties": {
        "drafts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 500,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["kind", "key"],
                "additionalProperties": False,
                "properties": {"kind": _KIND, "key": _KEY},
            },
        },
        "note": _NOTE,
    },
}
ROLL_BACK: Final[Schema] = {
    "type": "object",
    "required": ["version"],
    "additionalProperties": False,
    "properties": {"version": {"type": "integer", "minimum": 1}, "note": _NOTE},
}
PLANNED: Final[Schema] = {
    "type": "object",
    "required": ["plan", "problems"],
    "properties": {
        "plan": {
            "type": "object",
            "required": ["items", "columns_added", "blocked"],
            "properties": {
                "items": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["kind", "form", "field", "label", "type", "detail", "danger"],
                        "properties": {
                            "kind": {"type": "string"},
                            "definition": {"type": "object"},
                            "form": {"type": "string"},
                            "field": {"type": "string"},
                            "label": _LABEL,
                            "type": {"type": "string"},
                            "detail": {"type": "string"},
                            "rows_at_risk": {"type": ["integer", "null"]},
                            "danger": {"enum": ["none", "attention", "blocking"]},
                            "physical": {"type": "string"},
                        },
                    },
                },
                "columns_added": {"type": "integer"},
                "blocked": {"type": "boolean"},
            },
        },
        "problems": _PROBLEMS,
        "versions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"kind": _KIND, "key": _KEY, "version": {"type": "integer"}},
            },
        },
    },
}
