"""Building the browser side: once per change of its sources, one build at a time."""

from __future__ import annotations

import importlib.util
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "builder_ui" / "build.py"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, on a source folder and an output folder of its own."""
    spec = importlib.util.spec_from_file_location("build_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "build_script", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "SOURCES", tmp_path / "source")
    monkeypatch.setattr(module, "STATIC", tmp_path / "static")
    monkeypatch.setattr(module, "STAMP", tmp_path / "static" / ".stamp")
    monkeypatch.setattr(module, "find_node", lambda: Path("node"))
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "main.ts").write_text("1")
    return module


def test_two_builds_at_once_are_one(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def build(node: Path) -> None:
        script.STATIC.mkdir()
        built.append(node)
        (script.STATIC / "index.html").write_text("page")
        script.STAMP.write_text(script.fingerprint())

    monkeypatch.setattr(script, "build", build)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: script.main(), range(4)))

    assert results == [0, 0, 0, 0]
    assert len(built) == 1


def test_a_changed_source_is_built_again(script: ModuleType) -> None:
    script.STATIC.mkdir()
    (script.STATIC / "index.html").write_text("page")
    script.STAMP.write_text(script.fingerprint())
    fresh = script.is_fresh()

    (script.SOURCES / "main.ts").write_text("2")

    assert (fresh, script.is_fresh()) == (True, False)


def test_packages_are_installed_once_for_each_lock_file(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, installed = script.SOURCES / "package-lock.json", script.SOURCES / "node_modules"
    ran: list[str] = []

    def npm(_node: Path, _environment: object, command: str, *_more: str) -> None:
        ran.append(command)
        if command == "ci":
            installed.mkdir(exist_ok=True)
            (installed / ".package-lock.json").write_text("{}")

    monkeypatch.setattr(script, "_npm", npm)
    script.STATIC.mkdir()
    lock.write_text("{}")
    script.build(Path("node"))
    script.build(Path("node"))
    later = lock.stat().st_mtime + 60
    os.utime(lock, (later, later))
    script.build(Path("node"))

    assert ran == ["ci", "run", "run", "ci", "run"]
