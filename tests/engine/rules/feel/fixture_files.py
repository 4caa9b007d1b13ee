"""The fixtures that Python and the browser share: `tests/fixtures/feel/*.json`.

A file has `now` (an instant), `zone`, `types` and `values`, and cases `{text, ir, value, problems}`.
Types: "number", "string", "boolean", "date", "time", "datetime", "days", "months", "any", ["select", key, …],
["reference", {id: "number", …}] for a record or user,
[item type] for a list, {name: type} for a context. Values are JSON as the API sends it.
`value` is JSON too; what JSON cannot hold is `{"number": "0.333…"}`, `{"date": "2026-01-31"}`, and so on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from engine.rules.feel import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAYS_DURATION,
    NUMBER,
    STRING,
    TIME,
    YEARS_DURATION,
    Compiled,
    ContextType,
    FeelType,
    ListType,
    Scope,
    SelectType,
    compile_expression,
)
from engine.values import (
    Date,
    DateTime,
    DayTimeDuration,
    Range,
    Reference,
    Time,
    YearMonthDuration,
    date_from_text,
    date_time_from_text,
    duration_from_text,
    number_text,
    temporal_text,
    time_from_text,
)

FOLDER: Final = Path(__file__).parents[3] / "fixtures" / "feel"
_TYPES: Final[dict[str, FeelType]] = {
    "any": ANY,
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "datetime": DATE_TIME,
    "days": DAYS_DURATION,
    "months": YEARS_DURATION,
}
_TAGS: Final[dict[type, str]] = {
    Date: "date",
    Time: "time",
    DateTime: "datetime",
    DayTimeDuration: "days",
    YearMonthDuration: "months",
}


@dataclass(frozen=True)
class FixtureFile:
    path: Path
    document: dict[str, Any]

    @property
    def now(self) -> DateTime:
        return _moment(self.document["now"], self.document["zone"])

    def compiled(self, case: Mapping[str, Any]) -> Compiled:
        types = {**self.document["types"], **case.get("types", {})}
        return compile_expression(case["text"], Scope({name: type_of(kind) for name, kind in types.items()}))

    def context(self) -> dict[str, object]:
        types, zone = self.document["types"], self.document["zone"]
        return {name: feel(value, types[name], zone) for name, value in self.document["values"].items()}

    def outcome(self, case: Mapping[str, Any]) -> dict[str, Any]:
        """What the generated part of a case must be."""
        compiled = self.compiled(case)
        result = compiled.evaluate(self.context(), now=self.now)
        return {
            "ir": compiled.ir(),
            "value": plain(result.value),
            "problems": [problem.code for problem in result.problems],
        }


def files() -> list[FixtureFile]:
    return [
        FixtureFile(path, json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
        for path in sorted(FOLDER.glob("*.json"))
    ]


def type_of(kind: Any) -> FeelType:
    if isinstance(kind, str):
        return _TYPES[kind]
    if isinstance(kind, dict):
        return ContextType({name: type_of(part) for name, part in kind.items()})
    if kind[0] == "reference":
        return type_of(kind[1])
    return SelectType(tuple(kind[1:])) if kind[0] == "select" else ListType(type_of(kind[0]))


def feel(value: Any, kind: Any, zone: str) -> object:
    """A JSON value of that type as a FEEL value."""
    if value is None:
        return None
    if isinstance(kind, dict):
        return {name: feel(value.get(name), part, zone) for name, part in kind.items()}
    if isinstance(kind, list):
        if kind[0] == "reference":
            return Reference({name: feel(value.get(name), part, zone) for name, part in kind[1].items()})
        return value if kind[0] == "select" else [feel(item, kind[0], zone) for item in value]
    if kind == "datetime":
        return _moment(value, zone)
    read = _READERS.get(kind)
    return read(value) if read else value


def _moment(text: str, zone: str) -> DateTime:
    moment = date_time_from_text(text)
    assert moment is not None
    return DateTime.from_instant(moment.instant, zone)


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "date": date_from_text,
    "time": time_from_text,
    "days": duration_from_text,
    "months": duration_from_text,
}


def plain(value: object) -> Any:
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        text = number_text(value)
        exact = len(text.strip("-").replace(".", "").lstrip("0")) <= 15 and "e" not in repr(float(text))
        return (float(text) if "." in text else int(text)) if exact else {"number": text}
    if isinstance(value, Range):
        brackets = ("[" if value.low_included else "(") + ("]" if value.high_included else ")")
        return {"range": [value.operator or brackets, plain(value.low), plain(value.high)]}
    tag = _TAGS.get(type(value))
    return {tag: temporal_text(value)} if tag else value  # type: ignore[arg-type]  # a temporal value
