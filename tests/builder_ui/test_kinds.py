"""The browser side has a name for every kind of definition that can be published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.apps.kinds import Kind

TEXTS = Path(__file__).parents[2] / "builder_ui" / "src" / "i18n"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_kind_has_a_name_in_the_plan(language: str) -> None:
    texts = json.loads((TEXTS / language / "publish.json").read_text(encoding="utf-8"))

    assert {kind.value for kind in Kind} <= {
        key.removeprefix("kind.") for key in texts if key.startswith("kind.")
    }
