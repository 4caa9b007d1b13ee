"""Settings: the typed parameters of a solution that an administrator may change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.forms.model import Label
from engine.problems import Problem, errors, pointer


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number, text, date or switch, with the value that holds until somebody changes it."""

    key: str
    type: str
    label: Label
    default: object
    hint: Label | None = None
    min: Decimal | None = None
    max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The parameters of one solution; expressions read them as `settings.<key>.<parameter>`."""

    key: str
    label: Label
    parameters: Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """The settings, if their document has no error, and everything that is wrong with it."""

    settings: Settings | None
    problems: tuple[Problem, ...]


def read_settings(document: object) -> SettingsReading:
    """Read `settings.json`."""
    problems = check_shape(document, "settings")
    if errors(problems):
        return SettingsReading(None, problems)
    values = cast(dict[str, Any], document)
    parameters = {key: _parameter(key, value) for key, value in values["parameters"].items()}
    problems = (*problems, *_check(parameters))
    settings = Settings(values["key"], values["label"], MappingProxyType(parameters))
    return SettingsReading(None if errors(problems) else settings, problems)


def _parameter(key: str, values: dict[str, Any]) -> Parameter:
    return Parameter(
        key=key,
        type=values["type"],
        label=values["label"],
        default=values["default"],
        hint=values.get("hint"),
        min=_decimal(values.get("min")),
        max=_decimal(values.get("max")),
    )


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _check(parameters: Mapping[str, Parameter]) -> Iterator[Problem]:
    for key, parameter in parameters.items():
        at = pointer("parameters", key, "default")
        params = {"name": key, "type": parameter.type, "value": parameter.default}
        if not _FITS[parameter.type](parameter.default):
            yield Problem("apps.settings.default-type", at, params)
        elif not _in_range(parameter):
            yield Problem("apps.settings.default-range", at, params)


def _in_range(parameter: Parameter) -> bool:
    if parameter.min is None and parameter.max is None:
        return True
    if not _is_number(parameter.default):
        return False
    value = Decimal(str(parameter.default))
    return (parameter.min is None or value >= parameter.min) and (
        parameter.max is None or value <= parameter.max
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value) is not None
    except ValueError:
        return False


_FITS: Final[Mapping[str, Callable[[object], bool]]] = MappingProxyType(
    {
        "text": lambda value: isinstance(value, str),
        "number": _is_number,
        "money": _is_number,
        "percent": _is_number,
        "checkbox": lambda value: isinstance(value, bool),
        "date": _is_date,
    }
)
