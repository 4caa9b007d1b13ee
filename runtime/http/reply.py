"""What an endpoint answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response

from runtime.db import exact_json


@dataclass(frozen=True, slots=True)
class Reply:
    """A status with a JSON body; an endpoint that returns plain data means `Reply(200, data)`.

    rev  revision of the one thing in the body, sent as `ETag` for `If-Match`
    """

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    rev: int | None = None

    @classmethod
    def of(cls, answer: object) -> Reply:
        return answer if isinstance(answer, Reply) else cls(200, answer)

    @property
    def all_headers(self) -> dict[str, str]:
        return dict(self.headers) if self.rev is None else {**self.headers, "ETag": f'"{self.rev}"'}

    def response(self) -> Response:
        body = b"" if self.status == 204 else exact_json.dumps(self.body)
        return Response(body, self.status, self.all_headers, mimetype="application/json")
