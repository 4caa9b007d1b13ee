"""What a person may do with the fields of the record inside one of her tasks (SEMANTICS §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from engine.flows.graph import GraphNode
from engine.flows.rule import FieldAccess as NodeAccess
from engine.flows.rule import FieldRights
from engine.forms.roles import FieldAccess, Level
from engine.keys import SYSTEM_FIELDS
from runtime.access.policy import Access

_LEVELS: Final[Mapping[NodeAccess, Level]] = MappingProxyType(
    {
        NodeAccess.HIDDEN: Level.HIDDEN,
        NodeAccess.READ: Level.READ,
        NodeAccess.WRITE: Level.WRITE,
        NodeAccess.REQUIRED: Level.WRITE,
    }
)
NO_RIGHTS: Final = FieldRights()


def fields_to_write(node: GraphNode) -> frozenset[str]:
    """The record's fields that a task at this node opens; single columns of a sub-table cannot be opened."""
    named = _rights_of(node).fields.items()
    return frozenset(key for key, access in named if _LEVELS[access] is Level.WRITE and "." not in key)


def task_access(access: Access, node: GraphNode) -> Access:
    """What the node says of a field counts; of the others the person sees what she sees anyway, read-only."""
    rights = _rights_of(node)
    levels = {key: _level(access, rights, key) for key in access.form.form.fields}
    levels |= {key: _LEVELS[one] for key, one in rights.fields.items() if "." in key}
    levels |= {key: access.fields.level(key) for key in SYSTEM_FIELDS if key in access.fields.levels}
    shown = frozenset(key for key, level in levels.items() if level is not Level.HIDDEN)
    system = frozenset(SYSTEM_FIELDS) & access.readable
    own = replace(
        access.rights,
        fields=FieldAccess(MappingProxyType(levels), Level.READ),
        readable=(shown - frozenset(SYSTEM_FIELDS)) | system,
        writable=fields_to_write(node),
        masked=frozenset(key for key, level in levels.items() if level is Level.MASK),
    )
    return replace(access, rights=own)


def _rights_of(node: GraphNode) -> FieldRights:
    return node.rule.fields if node.rule is not None else NO_RIGHTS


def _level(access: Access, rights: FieldRights, key: str) -> Level:
    """A default opens reading at most: fields to write are named one by one."""
    if key in rights.fields:
        return _LEVELS[rights.fields[key]]
    usual = access.fields.level(key) if rights.default is None else _LEVELS[rights.default]
    return min(usual, Level.READ, key=lambda level: level.rank)
