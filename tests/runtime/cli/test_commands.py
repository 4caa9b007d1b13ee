from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from runtime.cli import main
from runtime.db.lock import folder_lock
from runtime.db.workspaces import Workspaces
from runtime.http.errors import Unavailable
from runtime.settings import Settings


@pytest.fixture
def dougong(settings: Settings, monkeypatch, capsys):
    """Runs a command on the test's installation; returns exit code, output and errors."""
    monkeypatch.setenv("DOUGONG_LANGUAGE", "en")
    monkeypatch.setenv("DOUGONG_MIN_FREE_BYTES", "0")
    if settings.database_url:
        monkeypatch.setenv("DOUGONG_DATABASE_URL", settings.database_url)

    def run(*arguments: str, stdin: str = "", data: Path | None = None) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", _Pipe(stdin))
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--data", str(data or settings.data_dir)])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


class _Pipe:
    def __init__(self, text: str) -> None:
        self._text = text

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self._text


def test_init_prints_a_link_for_the_first_administrator_until_there_is_one(dougong, browser) -> None:
    code, said, _ = dougong("init")
    token = re.search(r"/setup/(\S+)", said).group(1)
    browser.post(f"//setup/{token}", data={"name": "周宁", "login": "zhou", "password": "a quiet river bend"})

    again, _, refused = dougong("init")

    assert code == 0
    assert browser.get("/me").json["rights"]["settings"] is True
    assert again == 1
    assert "已有用户" in refused
    assert "has people already" in refused


def test_people_are_added_listed_and_deactivated(dougong, browser) -> None:
    dougong("user", "add", "zhou", "--name", "周宁", "--role", "admin")
    _, link, _ = dougong("user", "add", "shen", "--name", "沈亦舟", "--role", "rep")
    dougong("user", "set-password", "shen", stdin="a quiet river bend\n")
    signed_in = browser.post("/session", {"user": "shen", "password": "a quiet river bend"})

    gone, _, _ = dougong("user", "deactivate", "shen")
    _, people, _ = dougong("user", "list")

    assert "/setup/" in link
    assert (signed_in.status_code, gone) == (204, 0)
    assert browser.get("/me").status_code == 401
    assert "shen\t沈亦舟\tdeactivated\trep\t-" in people


def test_a_password_that_is_too_weak_is_told_in_both_languages(dougong) -> None:
    dougong("user", "add", "zhou", "--name", "周宁")

    code, _, refused = dougong("user", "set-password", "zhou", stdin="short\n")

    assert code == 1
    assert "至少需要 12 个字符" in refused
    assert "at least 12 characters" in refused
    assert "Traceback" not in refused


def test_the_doctor_finds_what_is_missing_and_says_so_by_its_exit_code(dougong, settings) -> None:
    sick, said, _ = dougong("doctor")
    dougong("user", "add", "zhou", "--name", "周宁", "--role", "admin")

    assert sick == 1
    assert "✗ There is no administrator" in said
    assert "no administrator" not in dougong("doctor")[1]


def test_backup_and_restore_by_command(dougong, settings, tmp_path, request, monkeypatch) -> None:
    if not settings.is_embedded and request.getfixturevalue("postgres").binaries:
        monkeypatch.setenv("PATH", str(request.getfixturevalue("postgres").binaries), prepend=os.pathsep)
    dougong("user", "add", "zhou", "--name", "周宁")

    saved, told, _ = dougong("backup", str(tmp_path / "b.zip"))
    refused, _, why = dougong("restore", str(tmp_path / "b.zip"))

    assert saved == 0, told
    assert "verified" in told
    assert refused == 1
    assert "nothing was changed" in why
    if settings.is_embedded:
        assert dougong("restore", str(tmp_path / "b.zip"), data=tmp_path / "new")[0] == 0
        assert "zhou" in dougong("user", "list", data=tmp_path / "new")[1]


def test_a_worker_of_its_own_needs_postgresql(dougong, settings) -> None:
    if settings.is_embedded:
        code, _, refused = dougong("worker")
        assert code == 1
        assert "needs PostgreSQL" in refused


def test_a_setting_that_cannot_be_read_is_named(dougong, monkeypatch) -> None:
    monkeypatch.setenv("DOUGONG_PORT", "eighty")

    code, _, refused = dougong("doctor")

    assert code == 1
    assert "DOUGONG_PORT" in refused
    assert "eighty" in refused


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_second_server_on_one_folder_is_refused(dougong, settings) -> None:
    with folder_lock(settings.data_dir):
        code, _, refused = dougong("serve", "--port", "18999")

    assert code == 69
    assert "in use by another running dougong" in refused


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_port_in_use_is_named_before_anything_is_touched(dougong, tmp_path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, _, refused = dougong("serve", "--port", port, data=tmp_path / "new")

    assert code == 69
    assert f"Port {port} is in use" in refused
    assert not (tmp_path / "new" / "control.db").exists()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_absent_postgresql_is_told_in_one_sentence(dougong, monkeypatch) -> None:
    monkeypatch.setenv("DOUGONG_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    code, _, refused = dougong("serve", "--port", "18998")

    assert code == 69
    assert "连不上数据库" in refused
    assert "cannot be reached" in refused
    assert "Traceback" not in refused


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_folder_that_cannot_be_made_is_named(dougong, tmp_path) -> None:
    (tmp_path / "file").write_text("not a folder")

    code, _, refused = dougong("init", data=tmp_path / "file" / "below")

    assert code == 69
    assert "cannot be used" in refused


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_newer_database_is_left_alone(dougong, settings) -> None:
    file = settings.data_dir / "workspaces" / "main" / "workspace.db"
    with sqlite3.connect(file) as connection:
        connection.execute("update platform_version set version_num = '9999'")
    connection.close()

    code, _, refused = dougong("init")

    assert code == 69
    assert "9999" in refused


def test_the_lock_is_free_again_when_its_holder_is_gone(tmp_path) -> None:
    with folder_lock(tmp_path), pytest.raises(Unavailable), folder_lock(tmp_path):
        pass

    with folder_lock(tmp_path):
        pass


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_disk_without_room_stops_writing_and_keeps_reading(settings, workspaces) -> None:
    full = Workspaces.open(replace(settings, min_free_bytes=10**18))
    database = full.get().database

    with pytest.raises(Unavailable) as caught:
        database.write(lambda _connection: None)
    with database.read():
        pass

    assert caught.value.problems[0].code == "db.disk-nearly-full"
    full.close()
    shutil.rmtree(settings.data_dir)
