"""The server as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from runtime.settings import Settings

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    environment = {**os.environ, "DOUGONG_MIN_FREE_BYTES": "0", "DOUGONG_DATABASE_URL": settings.database_url}
    port = str(free_port())
    command = [sys.executable, "-m", "runtime.cli", "serve", "--data", str(settings.data_dir), "--port", port]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(url: str, deadline_s: float = 20) -> float:
    """Seconds until the server answers."""
    began = time.monotonic()
    while time.monotonic() - began < deadline_s:
        try:
            with urllib.request.urlopen(url + "/readyz", timeout=2) as answer:
                assert json.load(answer) == {"state": "ready"}
                return time.monotonic() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_it_starts_serves_and_stops_when_asked(settings: Settings) -> None:
    with serving(settings) as (process, url):
        answers(url)
        with urllib.request.urlopen(url + "/login") as page:
            assert "<form" in page.read().decode()

        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=10) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1]))) != 0


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_after_a_kill_nothing_is_left_and_it_starts_again(settings: Settings) -> None:
    with serving(settings) as (process, url):
        answers(url)
        process.kill()
        process.wait()
        port = int(url.rsplit(":", 1)[1])
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) != 0:
                    break
            time.sleep(0.1)

        with serving(settings) as (_second, second_url):
            assert answers(second_url) < 15
