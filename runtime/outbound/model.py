"""A request to somebody else, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from engine.problems import InputError, Problem

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


class Refused(InputError):
    """The request must not leave, or its answer cannot be used; the same request would fare no better."""

    @classmethod
    def because(cls, code: str, **params: object) -> Self:
        return cls((Problem(code, params=params),))


@dataclass(frozen=True, slots=True)
class Request:
    """url      absolute, https or http; its query may hold a secret and is never shown
    headers  secrets among them are shown nowhere
    key      the job's key, sent as `Idempotency-Key`: a request that is repeated can be recognised
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS, repr=False)
    body: bytes = field(default=b"", repr=False)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """headers   by name in small letters, the last of several"""

    status: int
    headers: Mapping[str, str]
    body: bytes
