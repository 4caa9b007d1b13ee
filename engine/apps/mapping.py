"""Import mappings: which column of a file becomes which field of a form.

Source of the modes: SEMANTICS §7. `live` imports as if the rows were typed; `history` brings in what happened
elsewhere: rules, flows and messages stay silent, and creation stamps and owner may come from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.keys import SYSTEM_FIELDS
from engine.problems import Problem, errors, pointer

_DIRECTIVE: Final = re.compile(r"%(.)")
_DIRECTIVES: Final = frozenset("YmdHMSyjbBpI%z")


class ImportMode(StrEnum):
    """Whether an import counts as work of today or as history."""

    LIVE = "live"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How the text of one column becomes the value of one field.

    source   heading of the column in the file
    target   key of the field
    match    relation, member: the unique field of the other side that the text is compared with
    replace  whole texts that stand for others, looked up before anything else; "" is an empty value
    format   date and datetime: a `strptime` pattern
    times    number, money, percent: what the number in the file is multiplied with (thousands: 1000)
    """

    source: str
    target: str
    match: str | None = None
    replace: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    times: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A mapping as its author wrote it.

    match_by  fields that together find the record to update; without them every row creates one
    stamps    created_at, updated_at, owner by column; only in mode `history`
    """

    key: str
    label: Label
    form: str
    columns: tuple[ColumnMapping, ...]
    constants: Mapping[str, object]
    match_by: tuple[str, ...] = ()
    mode: ImportMode = ImportMode.LIVE
    encoding: str = "auto"
    delimiter: str = ","
    stamps: Mapping[str, ColumnMapping] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappingReading:
    """The mapping, if its document has no error, and everything that is wrong with it."""

    mapping: ImportMapping | None
    problems: tuple[Problem, ...]


def read_mapping(document: object) -> MappingReading:
    """Read `mappings/<key>.json`; whether form and fields exist is found out by `link`."""
    problems = check_shape(document, "mapping")
    if errors(problems):
        return MappingReading(None, problems)
    mapping = _model(cast(dict[str, Any], document))
    problems = (*problems, *_check(mapping))
    return MappingReading(None if errors(problems) else mapping, problems)


def _model(values: dict[str, Any]) -> ImportMapping:
    stamps = {name: _column(stamp, name) for name, stamp in values.get("stamps", {}).items()}
    return ImportMapping(
        key=values["key"],
        label=values["label"],
        form=values["form"],
        columns=tuple(_column(column, column["to"]) for column in values["columns"]),
        constants=MappingProxyType(values.get("constants", {})),
        match_by=tuple(values.get("match_by", ())),
        mode=ImportMode(values.get("mode", "live")),
        encoding=values.get("encoding", "auto"),
        delimiter=values.get("delimiter", ","),
        stamps=MappingProxyType(stamps),
    )


def _column(values: dict[str, Any], target: str) -> ColumnMapping:
    times = values.get("times")
    return ColumnMapping(
        source=values["from"],
        target=target,
        match=values.get("match"),
        replace=MappingProxyType(values.get("replace", {})),
        format=values.get("format"),
        times=None if times is None else Decimal(str(times)),
    )


def _check(mapping: ImportMapping) -> Iterator[Problem]:
    targets: set[str] = set()
    for number, column in enumerate(mapping.columns):
        at = pointer("columns", number)
        if column.target in targets:
            yield Problem("apps.mapping.target-repeated", at + "/to", {"field": column.target})
        if column.target in SYSTEM_FIELDS:
            yield Problem("apps.mapping.system-field", at + "/to", {"field": column.target})
        targets.add(column.target)
        yield from _check_format(column, at)
    for name in mapping.constants:
        if name in targets or name in SYSTEM_FIELDS:
            code = "apps.mapping.target-repeated" if name in targets else "apps.mapping.system-field"
            yield Problem(code, pointer("constants", name), {"field": name})
    yield from _check_match_by(mapping, targets)
    yield from _check_stamps(mapping)


def _check_match_by(mapping: ImportMapping, targets: set[str]) -> Iterator[Problem]:
    for number, name in enumerate(mapping.match_by):
        if name not in targets:
            yield Problem("apps.mapping.match-by-not-mapped", pointer("match_by", number), {"field": name})


def _check_stamps(mapping: ImportMapping) -> Iterator[Problem]:
    if mapping.stamps and mapping.mode is ImportMode.LIVE:
        yield Problem("apps.mapping.stamps-need-history", "/stamps")
    for name, stamp in mapping.stamps.items():
        at = pointer("stamps", name)
        yield from _check_format(stamp, at)
        if name == "owner" and stamp.format:
            yield Problem("apps.mapping.stamp-format", at + "/format", {"field": name})
        if name != "owner" and stamp.match:
            yield Problem("apps.mapping.stamp-match", at + "/match", {"field": name})


def _check_format(column: ColumnMapping, at: str) -> Iterator[Problem]:
    if column.format is None:
        return
    used = _DIRECTIVE.findall(column.format)
    unknown = sorted(set(used) - _DIRECTIVES)
    if unknown or not used:
        yield Problem(
            "apps.mapping.bad-format", at + "/format", {"format": column.format, "directives": unknown}
        )
