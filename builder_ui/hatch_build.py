"""Puts the built browser assets into wheels; an editable install builds nothing."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserAssets(BuildHookInterface):  # type: ignore[type-arg]
    """Builds `runtime/static` when it is stale and fails loudly when that is not possible."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        builder = runpy.run_path(str(Path(self.root) / "builder_ui" / "build.py"))
        if builder["main"]() != 0:
            raise RuntimeError("The browser assets could not be built; see the message above.")
