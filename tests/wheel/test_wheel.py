"""The wheel: installed into an empty environment without Node, started, every asset it names loaded."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 60
pytestmark = [pytest.mark.wheel, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_holds_every_asset_the_page_names(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        page = archive.read("runtime/static/index.html").decode()

    named = {f"runtime/static/{asset}" for asset in _assets(page)}

    assert named
    assert named <= names
    assert wheel.stat().st_size < 4_000_000


def test_wheel_holds_texts_solutions_migrations_and_pages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    for part in (
        "engine/locale/zh-CN/feel.json",
        "engine/rules/feel/feel.lark",
        "engine/forms/meta/form.json",
        "runtime/locale/en/http.json",
        "runtime/db/migrations/versions/0001_platform.py",
        "runtime/shipped_solutions/sales_pipeline/solution.json",
    ):
        assert part in names
    assert any(name.startswith("runtime/public/templates/") for name in names)
    assert not any(name.startswith(("tests/", "bench/", "builder_ui/")) for name in names)


def test_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    binaries = _install(wheel, tmp_path / "venv")
    port = _free_port()

    with _Demo(binaries / "dougong", tmp_path, port) as demo:
        sign_in = demo.get("/login")
        page = demo.enter("chen_jing")
        assets = {asset: demo.get(f"/app/{asset}") for asset in _assets(page)}
        chunks = {
            name for text in assets.values() for name in re.findall(r"assets/[\w.-]+\.(?:js|css)", text)
        }
        for chunk in chunks:
            demo.get(f"/app/{chunk}")

    assert assets
    assert chunks
    assert 'value="chen_jing"' in sign_in


def _install(wheel: Path, folder: Path) -> Path:
    """An environment with the product and nothing else; no Node on its path."""
    venv.create(folder, with_pip=True)
    binaries = folder / "bin"
    lock = str(ROOT / "requirements" / "run.txt")
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return binaries


def _assets(page: str) -> set[str]:
    return set(re.findall(r'(?:src|href)="/app/([^"]+)"', page))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Demo:
    """A running `dougong demo`, in a folder that is not the checkout."""

    def __init__(self, program: Path, folder: Path, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = [str(program), "demo", "--data", str(folder / "data"), "--port", str(port)]
        self._folder = folder
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._environment = {
            "PATH": f"{program.parent}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(folder),
        }

    def __enter__(self) -> _Demo:
        self._log = (self._folder / "demo.log").open("wb")
        self._process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        for _ in self._until_ready():
            time.sleep(0.1)
        return self

    def __exit__(self, *_error: object) -> None:
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait(20)
        self._log.close()

    def get(self, path: str) -> str:
        with self._opener.open(self.url + path, timeout=20) as answer:
            return answer.read().decode()

    def enter(self, login: str) -> str:
        """Choose one of the demo's people; the page that follows."""
        form = urllib.parse.urlencode({"login": login}).encode()
        request = urllib.request.Request(self.url + "/login/demo", form, {"Origin": self.url})
        with self._opener.open(request, timeout=20) as answer:
            return answer.read().decode()

    def _until_ready(self) -> Iterator[None]:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, (self._folder / "demo.log").read_text()
            try:
                self.get("/readyz")
            except (urllib.error.URLError, ConnectionError):
                yield
            else:
                return
        raise AssertionError((self._folder / "demo.log").read_text())
