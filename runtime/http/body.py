"""Reading a JSON body: its kind, its size, its syntax, its schema."""

from __future__ import annotations

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from engine.json_text import parse_json
from engine.problems import InputError, LimitError, Problem
from runtime.http.errors import Malformed
from runtime.http.schema import Validator


def read_raw(request: Request, limit_bytes: int) -> bytes:
    """Raises LimitError if the body is larger than this installation takes."""
    request.max_content_length = limit_bytes
    try:
        return request.get_data(cache=True)
    except RequestEntityTooLarge as error:
        too_large = Problem("http.body.too-large", params={"limit_kb": limit_bytes // 1000})
        raise LimitError([too_large]) from error
    except ClientDisconnected as error:
        raise Malformed.because("http.body.cut-off") from error


def read_json(request: Request, limit_bytes: int, validator: Validator) -> object:
    """The body as plain data with exact numbers.

    Raises Malformed if it is no JSON, LimitError if too large, InputError with all faults the schema finds.
    """
    if request.mimetype != "application/json" or request.content_encoding:
        found = request.content_encoding or request.mimetype or "-"
        raise Malformed.because("http.body.not-json", found=found)
    value, problems = parse_json(read_raw(request, limit_bytes))
    if problems:
        raise Malformed(problems)
    faults = validator.problems(value)
    if faults:
        raise InputError(faults)
    return value
