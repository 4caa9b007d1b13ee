"""A department of the workspace's tree."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from engine.forms.fields.reference import ReferenceType
from engine.forms.model import Field


class DepartmentType(ReferenceType):
    name: ClassVar[str] = "department"
    props_schema: ClassVar[Mapping[str, object]] = MappingProxyType({})

    def target(self, field: Field) -> str:
        return "department"
