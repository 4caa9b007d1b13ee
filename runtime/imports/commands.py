"""`dougong data import`: the import of the browser on the command line."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
import sqlalchemy as sa

from engine.keys import nearest
from engine.problems import InputError, Problem, Register
from runtime.catalog.catalog import Catalog
from runtime.catalog.metadata import Metadata
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM, Actor
from runtime.identity.asking import user_by_login
from runtime.imports.actors import importing_actor
from runtime.imports.batches import find_batch, list_failed
from runtime.imports.job import parse_mapping
from runtime.imports.model import ImportOrder, ImportResult
from runtime.imports.results import error_lines
from runtime.imports.run import Importer

T = TypeVar("T")
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FAILED_EXIT = 3
"""Some rows were not taken; what could be imported was."""


@dataclass(frozen=True, slots=True)
class ImportDesk:
    """What the command works with; opened by the composition root."""

    workspace: Workspace
    catalog: Catalog
    importer: Importer
    register: Register
    language: str


OpenDesk = Callable[[Path | None, str], AbstractContextManager[ImportDesk]]
"""Opens the installation in a data folder (None = the settings'), and a workspace by key."""


def data_group(open_desk: OpenDesk) -> click.Group:
    """`dougong data` with its commands."""

    @click.group("data")
    def data() -> None:
        """数据 / data."""

    @data.command("import")
    @click.argument("form")
    @click.argument("file", type=_FILE)
    @click.option("--mapping", required=True, help="映射的标识或文件 / key of a mapping, or a file with one")
    @click.option("--dry-run", is_flag=True, help="只检查，不写入 / check only, write nothing")
    @click.option("--mode", type=click.Choice(["live", "history"]), help="导入方式 / mode")
    @click.option("--as", "login", default="", help="以谁的身份 / on whose behalf (default: the system)")
    @click.option("--errors", type=click.Path(path_type=Path), help="失败的行写到哪里 / where failed rows go")
    @click.option("--workspace", "key", default="main", show_default=True, help="工作区 / workspace")
    @click.option("--data", "data_dir", type=click.Path(path_type=Path), help="数据目录 / data folder")
    @click.pass_context
    def import_file(
        context: click.Context,
        *,
        form: str,
        file: Path,
        mapping: str,
        dry_run: bool,
        mode: str | None,
        login: str,
        errors: Path | None,
        key: str,
        data_dir: Path | None,
    ) -> None:
        """把 CSV 文件导入表单 / import a CSV file into a form."""
        with open_desk(data_dir, key) as desk:
            text = _mapping_text(desk, form, mapping)
            chosen = parse_mapping(text, mode)
            if chosen.form != form:
                raise InputError([_unknown(desk, form, mapping)])
            order = ImportOrder(secrets.token_hex(8), chosen, file, file.name, dry_run)
            result = desk.importer.run(desk.workspace, _actor_of(login), order, _Console(desk.workspace))
            _tell(desk, result, errors or Path(f"{file.stem}.errors.csv"))
        if result.counts.failed:
            context.exit(_FAILED_EXIT)

    return data


@dataclass(frozen=True, slots=True)
class _Console:
    """Steps of an import at a terminal."""

    workspace: Workspace

    def write(self, work: Callable[[sa.Connection], T]) -> T:
        return self.workspace.database.write(work)

    def report(self, done: int, total: int) -> None:
        click.echo(f"{done}/{total}", err=True)


def _mapping_text(desk: ImportDesk, form: str, mapping: str) -> str:
    """Of a file, or of the mapping in force with this key."""
    path = Path(mapping)
    if path.suffix == ".json" and path.is_file():
        return path.read_text(encoding="utf-8-sig")
    with desk.workspace.database.read() as conn:
        metadata = desk.catalog.load(conn, desk.workspace)
    found = next((one for ref, one in metadata.published.items() if str(ref) == f"mapping/{mapping}"), None)
    if found is None:
        raise InputError([_unknown(desk, form, mapping)])
    return found.text


def _unknown(desk: ImportDesk, form: str, mapping: str) -> Problem:
    with desk.workspace.database.read() as conn:
        metadata = desk.catalog.load(conn, desk.workspace)
    known = [one.key for one in metadata.mappings.values() if one.form == form]
    meant = nearest(mapping, known) or ", ".join(known) or "-"
    return Problem("imports.mapping.unknown", params={"key": mapping, "form": form, "meant": meant})


def _actor_of(login: str) -> Callable[[sa.Connection, Metadata], Actor]:
    def find(conn: sa.Connection, metadata: Metadata) -> Actor:
        if not login:
            return SYSTEM
        user = user_by_login(conn, login)
        if user is None:
            raise InputError([Problem("imports.actor.unknown", params={"login": login})])
        return importing_actor(conn, metadata, user)

    return find


def _tell(desk: ImportDesk, result: ImportResult, errors: Path) -> None:
    counts = result.counts
    said = Problem(
        "imports.result.dry-run" if result.dry_run else "imports.result.done",
        params={
            "total": counts.total,
            "created": counts.created,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "failed": counts.failed,
            "batch": result.batch_id,
        },
    )
    click.echo(desk.register.message(said, desk.language))
    if not counts.failed:
        return
    with desk.workspace.database.read() as conn:
        batch = find_batch(conn, result.batch_id)
        lines = error_lines(batch.headings, list_failed(conn, batch.id), desk.register, desk.language)
        errors.write_text("".join(lines), encoding="utf-8", newline="")
    where = Problem("imports.result.errors", params={"file": str(errors)})
    click.echo(desk.register.message(where, desk.language))
