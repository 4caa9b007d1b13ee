from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.problems import InputError
from runtime.backup import postgresql_tools
from runtime.backup.load import restore_backup, verify_backup
from runtime.backup.save import save_backup
from runtime.db.workspace import Workspace
from runtime.db.workspaces import Workspaces
from runtime.http.actor import SYSTEM
from runtime.http.errors import Conflict, Unavailable
from runtime.identity.directory import list_people
from runtime.identity.people import NewUser, create_user
from runtime.settings import Settings


@pytest.fixture
def filled(
    workspace: Workspace, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    """A workspace with a person and two files; the tools of the test's own server come first on the path."""
    if workspace.database.dialect == "postgresql":
        server = request.getfixturevalue("postgres")
        if server.binaries is not None:
            monkeypatch.setenv("PATH", str(server.binaries), prepend=":")
    now = workspace.now()
    workspace.database.write(lambda c: create_user(c, SYSTEM, NewUser("shen", "沈亦舟"), now))
    (workspace.files_dir / "ab").mkdir(parents=True)
    (workspace.files_dir / "ab" / "contract.pdf").write_bytes(b"%PDF" * 1000)
    (workspace.files_dir / "empty").write_bytes(b"")
    return workspace


@pytest.fixture
def elsewhere(settings: Settings, request: pytest.FixtureRequest, tmp_path: Path):
    """An installation without any workspace, on the same kind of database."""
    folder = tmp_path / "elsewhere"
    if settings.is_embedded:
        yield replace(settings, data_dir=folder)
        return
    server = request.getfixturevalue("postgres")
    name = server.create()
    yield replace(settings, data_dir=folder, database_url=server.url_of(name))
    server.drop(name)


def test_what_was_saved_comes_back_elsewhere(filled: Workspace, elsewhere: Settings, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"

    manifest = save_backup(filled, archive)
    restore_backup(elsewhere, archive)
    workspaces = Workspaces.open(elsewhere)
    restored = workspaces.get()

    assert verify_backup(archive) == manifest
    assert archive.stat().st_mode & 0o077 == 0
    with restored.database.read() as connection:
        assert [person.name for person in list_people(connection)] == ["沈亦舟"]
    assert (restored.files_dir / "ab" / "contract.pdf").read_bytes() == b"%PDF" * 1000
    assert (restored.files_dir / "empty").read_bytes() == b""
    assert (restored.name, restored.zone, restored.currency) == (filled.name, filled.zone, filled.currency)
    workspaces.close()


def test_work_goes_on_after_a_restore(filled: Workspace, elsewhere: Settings, tmp_path: Path) -> None:
    save_backup(filled, tmp_path / "backup.zip")

    restore_backup(elsewhere, tmp_path / "backup.zip")
    workspaces = Workspaces.open(elsewhere)

    now = filled.now()
    new = workspaces.get().database.write(lambda c: create_user(c, SYSTEM, NewUser("gu", "顾岚"), now))
    assert new == 2
    workspaces.close()


def test_a_restore_never_writes_over_anything(
    filled: Workspace, elsewhere: Settings, settings: Settings, tmp_path: Path
) -> None:
    save_backup(filled, tmp_path / "backup.zip")
    restore_backup(elsewhere, tmp_path / "backup.zip")

    for target in (settings, elsewhere):
        with pytest.raises(Conflict) as caught:
            restore_backup(target, tmp_path / "backup.zip")
        assert caught.value.problems[0].code == "backup.target-not-empty"


def test_a_backup_never_writes_over_a_file(filled: Workspace, tmp_path: Path) -> None:
    (tmp_path / "backup.zip").write_text("precious")

    with pytest.raises(Unavailable):
        save_backup(filled, tmp_path / "backup.zip")

    assert (tmp_path / "backup.zip").read_text() == "precious"


def change(archive: Path, **parts: bytes | None) -> Path:
    """A copy of the archive with some parts replaced, added or (None) left out."""
    changed = archive.with_name("changed.zip")
    given = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        contents = {info.filename: old.read(info) for info in old.infolist()}
        for name, content in {**contents, **given}.items():
            if content is not None:
                new.writestr(name, content)
    return changed


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"files__empty": b"not empty"}, "backup.part-changed"),
        ({"files__empty": None}, "backup.part-missing"),
        ({"files__virus": b"x"}, "backup.part-unknown"),
        ({"manifest.json": None}, "backup.manifest-missing"),
        ({"manifest.json": b"{"}, "backup.manifest-unknown"),
        ({"manifest.json": b'{"format": 99}'}, "backup.manifest-unknown"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_is_restored(
    filled: Workspace, elsewhere: Settings, tmp_path: Path, parts: dict, code: str
) -> None:
    save_backup(filled, tmp_path / "backup.zip")
    damaged = change(tmp_path / "backup.zip", **parts)

    with pytest.raises(InputError) as caught:
        restore_backup(elsewhere, damaged)

    assert {problem.code for problem in caught.value.problems} == {code}
    assert not elsewhere.data_dir.exists()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_truncated_archive_is_refused(filled: Workspace, elsewhere: Settings, tmp_path: Path) -> None:
    save_backup(filled, tmp_path / "backup.zip")
    content = (tmp_path / "backup.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(content[: len(content) // 2])

    for broken in ("half.zip", "absent.zip"):
        with pytest.raises(InputError) as caught:
            restore_backup(elsewhere, tmp_path / broken)
        assert caught.value.problems[0].code == "backup.unreadable"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_newer_or_foreign_backup_is_refused(filled: Workspace, elsewhere: Settings, tmp_path: Path) -> None:
    save_backup(filled, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    newer = change(
        tmp_path / "backup.zip",
        **{"manifest.json": json.dumps({**manifest, "platform_version": "9999"}).encode()},
    )

    with pytest.raises(Unavailable) as caught:
        restore_backup(elsewhere, newer)
    assert caught.value.problems[0].code == "db.newer-than-program"

    foreign = replace(elsewhere, database_url="postgresql://nobody@127.0.0.1:1/x")
    with pytest.raises(Conflict) as refused:
        restore_backup(foreign, tmp_path / "backup.zip")
    assert refused.value.problems[0].code == "backup.other-database"


@pytest.mark.parametrize("backend", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_without_the_tools_the_message_names_them(filled: Workspace, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(postgresql_tools, "_candidates", lambda _tool: iter(()))

    with pytest.raises(Unavailable) as caught:
        save_backup(filled, tmp_path / "backup.zip")

    assert caught.value.problems[0].code == "backup.tool-missing"
    assert list(tmp_path.glob("backup.zip*")) == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_damaged_database_is_not_saved_as_if_it_were_whole(filled: Workspace, tmp_path: Path) -> None:
    filled.database.close()
    file = Path(str(filled.database.url.database))
    content = bytearray(file.read_bytes())
    content[4096:40_960] = bytes(36_864)
    file.write_bytes(content)

    with pytest.raises(Unavailable) as caught:
        save_backup(filled, tmp_path / "backup.zip")

    assert caught.value.problems[0].code == "db.damaged"
    shutil.rmtree(file.parent)
