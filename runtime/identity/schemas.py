"""JSON Schemas of identity's HTTP."""

from __future__ import annotations

from typing import Final

from runtime.http.schema import Schema


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(item: Schema) -> Schema:
    return _object(["items"], items={"type": "array", "items": item})


def _text(longest: int, shortest: int = 0) -> Schema:
    return {"type": "string", "minLength": shortest, "maxLength": longest}


_ID: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": 2**53}
_ID_OR_NULL: Final[Schema] = {"type": ["integer", "null"], "minimum": 1, "maximum": 2**53}
_IDS: Final[Schema] = {"type": "array", "items": _ID, "maxItems": 100}
_LANGUAGE: Final[Schema] = {"enum": ["zh-CN", "en"]}
_ROLES: Final[Schema] = {"type": "array", "items": _text(40, 1), "maxItems": 50}
_OPTIONAL_TEXT: Final[Schema] = {"type": ["string", "null"], "maxLength": 254}
_LABEL: Final[Schema] = {"type": ["string", "object"]}

CREDENTIALS: Final = _object(["user", "password"], user=_text(254, 1), password={"type": "string"})
ME_CHANGE: Final = _object([], language=_LANGUAGE, zone=_text(60))
ME: Final = _object(
    ["user", "roles", "rights", "apps", "workspace", "demo"],
    user=_object(
        ["id", "name", "login", "language", "zone"],
        id=_ID,
        name=_text(100),
        login=_text(100),
        language=_LANGUAGE,
        zone=_text(60),
    ),
    roles={"type": "array", "items": _object(["key", "label"], key=_text(40), label=_LABEL)},
    rights=_object(
        ["builder", "users", "settings"],
        builder={"type": "boolean"},
        users={"type": "boolean"},
        settings={"type": "boolean"},
    ),
    apps={"type": "array", "items": {"type": "object"}},
    workspace=_object(["name", "currency", "zone"], name=_text(100), currency=_text(3), zone=_text(60)),
    demo={"type": "boolean"},
)

SEARCH: Final[dict[str, Schema]] = {
    "search": _text(100),
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
PEOPLE_SEARCH: Final = {**SEARCH, "deactivated": {"type": "boolean", "default": False}}
USERS: Final = _list(
    _object(["id", "title", "department"], id=_ID, title=_text(100), department=_OPTIONAL_TEXT)
)
_PERSON: Final[dict[str, Schema]] = {
    "login": _text(100, 1),
    "name": _text(100, 1),
    "email": _OPTIONAL_TEXT,
    "phone": {"type": ["string", "null"], "maxLength": 40},
    "post": _text(100),
    "kind": {"enum": ["internal", "external"]},
    "language": _LANGUAGE,
    "zone": {"type": ["string", "null"], "maxLength": 60},
    "main_department": _ID_OR_NULL,
    "departments": _IDS,
    "manager_id": _ID_OR_NULL,
    "roles": _ROLES,
}
NEW_PERSON: Final = _object(["login", "name"], **_PERSON, password={"type": "string"})
PERSON_CHANGE: Final = _object([], **_PERSON, state={"enum": ["active", "absent", "deactivated"]})
PERSON: Final = _object(
    ["id", "login", "name", "state", "roles"],
    **_PERSON,
    id=_ID,
    state={"enum": ["active", "absent", "deactivated"]},
    department=_OPTIONAL_TEXT,
)
PEOPLE: Final = _list(PERSON)
LINK: Final = _object(["url"], url={"type": "string"})

DEPARTMENT: Final = _object(
    ["id", "title", "parent", "heads"], id=_ID, title=_text(100), parent=_ID_OR_NULL, heads=_IDS
)
DEPARTMENTS: Final = _list(DEPARTMENT)
NEW_DEPARTMENT: Final = _object(["name"], name=_text(100, 1), parent=_ID_OR_NULL, heads=_IDS)
DEPARTMENT_CHANGE: Final = _object([], name=_text(100, 1), parent=_ID_OR_NULL, heads=_IDS)

_MEMBER: Final = _object(
    ["user_id"],
    user_id=_ID,
    weight={"type": "integer", "minimum": 0, "maximum": 1000},
    capacity={"type": ["integer", "null"], "minimum": 0, "maximum": 100_000},
)
GROUP: Final = _object(
    ["name", "members"], name=_text(100, 1), members={"type": "array", "items": _MEMBER, "maxItems": 1000}
)
GROUPS: Final = _list({"type": "object"})
