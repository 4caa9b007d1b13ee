"""`backup`, `restore`, `doctor`: looking after an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from runtime.backup.doctor import Finding, examine
from runtime.backup.load import restore_backup
from runtime.backup.save import save_backup
from runtime.commands.installation import installation, open_workspace, tell, workspace_option
from runtime.composition.house import read_register
from runtime.settings import Settings

_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("target", type=_FILE)
@workspace_option
@installation
def backup(settings: Settings, key: str, target: Path) -> None:
    """备份并校验一个工作区 / save a workspace and verify what was written."""
    with open_workspace(settings, key) as workspace:
        manifest = save_backup(workspace, target)
    tell(settings, "cli.backup-done", target=target, parts=len(manifest.parts))


@click.command()
@click.argument("archive", type=_FILE)
@installation
def restore(settings: Settings, archive: Path) -> None:
    """把备份恢复到空的安装 / restore a backup into an installation that does not have the workspace."""
    manifest = restore_backup(settings, archive)
    tell(settings, "cli.restore-done", workspace=manifest.workspace)


@click.command()
@installation
@click.pass_context
def doctor(context: click.Context, settings: Settings) -> None:
    """检查安装 / examine the installation; exit code 1 if something is wrong."""
    register = read_register()
    findings = examine(settings)
    for finding in findings:
        mark = "✓" if finding.is_fine else "✗"
        hint = "" if finding.is_fine else register.hint(finding.problem, settings.language)
        click.echo(f"{mark} {register.message(finding.problem, settings.language)} {hint}".rstrip())
    if not all(map(_is_fine, findings)):
        context.exit(1)


def _is_fine(finding: Finding) -> bool:
    return finding.is_fine
