"""Paging cursors: where the next page begins, signed, so that only positions we gave out come back."""

from __future__ import annotations

import base64
import binascii
import hmac

from engine.problems import InputError, Problem
from runtime.db import exact_json
from runtime.db.workspace import Workspace


def write_cursor(workspace: Workspace, position: object, of: str) -> str:
    """Text for `next`. `position` is plain JSON data (dates as text).

    of  everything the position depends on: form, filter, sort; the cursor is refused with any other
    """
    body = exact_json.dumps(position)
    return base64.urlsafe_b64encode(workspace.sign(f"cursor/{of}", body) + body).decode().rstrip("=")


def read_cursor(workspace: Workspace, text: str, of: str) -> object:
    """The position. Raises InputError if the text was changed or belongs to another list."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    if not hmac.compare_digest(raw[:16], workspace.sign(f"cursor/{of}", raw[16:])):
        raise InputError([Problem("http.cursor.invalid", "/cursor")])
    return exact_json.loads(raw[16:])
