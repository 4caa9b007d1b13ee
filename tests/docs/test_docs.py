"""The documents tell the truth: settings, commands, links, codes and examples."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import click
import pytest

from engine.apps.definitions import read_definition
from engine.apps.kinds import Kind
from engine.apps.manifest import read_manifest
from engine.flows.bpmn.read import read_bpmn
from engine.problems import errors
from runtime.cli import build_commands
from runtime.settings import PREFIX, Settings

ROOT: Final = Path(__file__).resolve().parents[2]
OPERATE: Final = ROOT / "docs" / "guide" / "operate.md"
PAGES: Final = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "templates").rglob("*.md")]
)
REFERENCE: Final = sorted((ROOT / "docs" / "reference").glob("*.md"))
_LINK: Final = re.compile(r"(?:\]\(|src=\")([^)\s\"]+)[)\"]")
_CODE: Final = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_BLOCK: Final = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_every_setting_is_documented() -> None:
    said = OPERATE.read_text(encoding="utf-8") + (ROOT / "README.md").read_text(encoding="utf-8")

    missing = [PREFIX + one.name.upper() for one in fields(Settings) if PREFIX + one.name.upper() not in said]

    assert missing == []


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {PREFIX + one.name.upper() for one in fields(Settings)}

    for page in (OPERATE, ROOT / "README.md", ROOT / "SECURITY.md"):
        named = set(re.findall(r"DOUGONG_[A-Z_]+", page.read_text(encoding="utf-8")))
        assert named - known - {"DOUGONG_"} == set(), page.name


def test_every_command_is_documented() -> None:
    guide = ROOT / "docs" / "guide"
    said = "\n".join(page.read_text(encoding="utf-8") for page in [ROOT / "README.md", *guide.glob("*.md")])

    missing = [name for name in _commands(build_commands("en"), "dougong") if name not in said]

    assert missing == []


def _commands(command: click.Command, path: str) -> Iterator[str]:
    if not isinstance(command, click.Group):
        yield path
        return
    for name, inner in command.commands.items():
        yield from _commands(inner, f"{path} {name}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_images_lead_somewhere(page: Path) -> None:
    text = _CODE.sub("", page.read_text(encoding="utf-8"))

    targets = [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("#")]

    missing = [link for link in targets if not (page.parent / unquote(link.split("#")[0])).exists()]
    assert missing == []


def test_pictures_are_light_and_all_of_them_are_shown() -> None:
    said = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    for picture in sorted((ROOT / "docs" / "guide" / "images").iterdir()):
        assert picture.stat().st_size <= 150_000, picture.name
        assert picture.name in said, picture.name


def test_the_page_of_problem_codes_is_fresh() -> None:
    page = ROOT / "docs" / "reference" / "problems.md"
    script = "import runpy,sys; sys.stdout.buffer.write(runpy.run_path(sys.argv[1])['page']().encode())"

    made = subprocess.run(
        [sys.executable, "-c", script, str(page.with_name("make_problems.py"))],
        check=True,
        capture_output=True,
    )

    assert page.read_bytes() == made.stdout, "run python docs/reference/make_problems.py"


@pytest.mark.parametrize("page", REFERENCE, ids=lambda page: page.name)
def test_definitions_of_the_reference_are_read_without_a_problem(page: Path) -> None:
    for language, block in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "xml" and "<definitions" in block:
            assert errors(read_bpmn(block.encode(), page.name).problems) == (), page.name
        if language != "json":
            continue
        document = json.loads(block)
        kind = str(document.get("$schema", "")).partition("/")[0]
        if kind in set(Kind):
            assert errors(read_definition(Kind(kind), document["key"], block).problems) == (), block
        if kind == "solution":
            assert errors(read_manifest(document).problems) == (), block
