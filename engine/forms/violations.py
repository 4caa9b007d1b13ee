"""What a JSON Schema validator objects to, in our own words, whichever validator found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jsonschema.exceptions import ValidationError

if TYPE_CHECKING:
    import jsonschema_rs

Path = tuple[str | int, ...]
_ORDER: Final = ("type", "required", "enum", "const")


@dataclass(frozen=True, slots=True)
class Violation:
    """The value at `path` breaks one keyword of `schema`."""

    path: Path
    keyword: str
    schema: Mapping[str, object]
    value: object

    @property
    def bound(self) -> object:
        """What the schema says about the keyword."""
        return self.schema[self.keyword]


def by_jsonschema(errors: Iterable[ValidationError]) -> tuple[Violation, ...]:
    """What the library `jsonschema` found."""
    found = (
        Violation(tuple(error.absolute_path), str(error.validator), _mapping(error.schema), error.instance)
        for error in errors
    )
    return _one_each(found)


def by_jsonschema_rs(
    errors: Iterable[jsonschema_rs.ValidationError], schema: Mapping[str, object], document: object
) -> tuple[Violation, ...]:
    """What `jsonschema-rs` found; `schema` must not contain references."""
    found = (
        Violation(
            tuple(error.instance_path),
            str(error.schema_path[-1]),
            _mapping(_walk(schema, error.schema_path[:-1])),
            _walk(document, error.instance_path),
        )
        for error in errors
    )
    return _one_each(found)


def _walk(document: object, path: Iterable[str | int]) -> object:
    for part in path:
        document = document[part]  # type: ignore[index]
    return document


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _one_each(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Validators repeat themselves in different ways: keep one for each place and keyword, and of a value
    that has the wrong type nothing else."""
    unique = {(violation.path, violation.keyword): violation for violation in found}
    mistyped = {path for path, keyword in unique if keyword == "type"}
    kept = [one for one in unique.values() if one.keyword == "type" or one.path not in mistyped]
    return tuple(sorted(kept, key=_sort_key))


def _sort_key(violation: Violation) -> tuple[list[str], int, str]:
    rank = _ORDER.index(violation.keyword) if violation.keyword in _ORDER else len(_ORDER)
    place = [f"{part:09d}" if isinstance(part, int) else part for part in violation.path]
    return place, rank, violation.keyword


def unexpected(violation: Violation) -> tuple[list[str], frozenset[str]]:
    """The names that `additionalProperties: false` objects to, and those it allows."""
    known = frozenset(_mapping(violation.schema.get("properties", {})))
    return [name for name in _mapping(violation.value) if name not in known], known


def missing(violation: Violation) -> Iterator[str]:
    """The names that `required` asks for and the object does not have."""
    asked = violation.bound if isinstance(violation.bound, list | tuple) else ()
    yield from (name for name in asked if name not in _mapping(violation.value))
