"""Record filters: which records of a form a role shows (SEMANTICS §4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.forms.unknown import unknown
from engine.problems import Problem


class FilterKind(StrEnum):
    """own              the owner is the user herself
    department       the record's department is one of the user's departments
    department_tree  … or lies below one of them
    all              every record
    feel             an expression over the record and `user`
    """

    OWN = "own"
    DEPARTMENT = "department"
    DEPARTMENT_TREE = "department_tree"
    ALL = "all"
    FEEL = "feel"


_WORDS: Final = {kind.value: kind for kind in FilterKind if kind is not FilterKind.FEEL}


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """expression   of a `feel` filter, without the leading "=" """

    kind: FilterKind
    expression: str = ""
    problems: tuple[Problem, ...] = ()


def read_filter(text: str) -> RecordFilter:
    """The filter that a document writes as a word, or as FEEL after a leading "="."""
    plain = text.strip()
    if plain.startswith("="):
        return RecordFilter(FilterKind.FEEL, plain[1:].strip())
    kind = _WORDS.get(plain)
    if kind is not None:
        return RecordFilter(kind)
    return RecordFilter(FilterKind.OWN, problems=(unknown("role.filter-unknown", "", plain, _WORDS),))
