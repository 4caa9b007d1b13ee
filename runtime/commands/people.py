"""`init` and `user`: the first administrator, and people without the browser."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click
from sqlalchemy.engine import Connection

from runtime.commands.installation import installation, open_house, open_workspace, tell, workspace_option
from runtime.db.workspace import Workspace
from runtime.http.actor import SYSTEM
from runtime.http.errors import Conflict, NotFound
from runtime.identity.asking import user_by_login
from runtime.identity.directory import find_person, is_empty, list_people
from runtime.identity.links import make_link
from runtime.identity.people import NewUser, create_user, fold, set_password, update_user
from runtime.identity.roles import give_roles
from runtime.settings import Settings

_PASSWORD = click.option(
    "--password-stdin", is_flag=True, help="从标准输入读取密码 / read the password from standard input"
)


@click.command()
@click.option("--name", default="", help="工作区名称 / name of the workspace")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="时区 / time zone")
@click.option("--currency", default="CNY", show_default=True, help="本位币 / base currency")
@installation
def init(settings: Settings, name: str, zone: str, currency: str) -> None:
    """准备数据库，打印一次性的设置链接 / prepare the database, print the one-time set-up link."""
    with open_house(settings) as house:
        workspace = house.workspaces.create(name=name, zone=zone, currency=currency)

        def work(connection: Connection) -> str:
            if not is_empty(connection):
                raise Conflict.because("cli.people-exist")
            return make_link(connection, "setup", None, workspace.now())

        token = workspace.database.write(work)
    tell(settings, "cli.setup-link")
    click.echo(f"{settings.url}/setup/{token}")


@click.group()
def user() -> None:
    """用户 / people."""


@user.command("add")
@click.argument("login")
@click.option("--name", required=True, help="姓名 / name")
@click.option("--email", help="邮箱 / e-mail")
@click.option("--role", "roles", multiple=True, help="角色，可多次 / role, repeatable")
@_PASSWORD
@workspace_option
@installation
def add_user(
    settings: Settings,
    key: str,
    login: str,
    name: str,
    email: str | None,
    roles: tuple[str, ...],
    password_stdin: bool,
) -> None:
    """添加用户；没有密码则打印一次性链接 / add a person; without a password print a one-time link."""
    password = _read_password() if password_stdin else None
    new = NewUser(login=login, name=name, email=email, password=password)

    def work(connection: Connection, workspace: Workspace) -> str | None:
        now = workspace.now()
        user_id = create_user(connection, SYSTEM, new, now)
        give_roles(connection, SYSTEM, ("user", user_id), roles, now)
        return None if password else make_link(connection, "password", user_id, now)

    with open_workspace(settings, key) as workspace:
        token = workspace.database.write(lambda connection: work(connection, workspace))
    tell(settings, "cli.user-added", login=login)
    if token:
        tell(settings, "cli.password-link", name=name)
        click.echo(f"{settings.url}/setup/{token}")


@user.command("list")
@workspace_option
@installation
def list_users(settings: Settings, key: str) -> None:
    """列出用户 / list people."""
    with open_workspace(settings, key) as workspace, workspace.database.read() as connection:
        people = list_people(connection, limit=10_000, with_deactivated=True)
    for person in people:
        roles = ",".join(person.roles) or "-"
        click.echo(f"{person.login}\t{person.name}\t{person.state}\t{roles}\t{person.department or '-'}")


@user.command("set-password")
@click.argument("login")
@workspace_option
@installation
def set_user_password(settings: Settings, key: str, login: str) -> None:
    """从标准输入读取并设置密码 / set the password read from standard input."""
    password = _read_password()
    _change(settings, key, login, lambda c, user_id, now: set_password(c, SYSTEM, user_id, password, now))
    tell(settings, "cli.password-set", login=login)


@user.command("deactivate")
@click.argument("login")
@workspace_option
@installation
def deactivate_user(settings: Settings, key: str, login: str) -> None:
    """停用用户，立即退出其所有会话 / deactivate a person and end all her sessions."""
    gone = {"state": "deactivated"}
    _change(settings, key, login, lambda c, user_id, now: update_user(c, SYSTEM, user_id, gone, now))
    tell(settings, "cli.user-deactivated", login=login)


def _change(settings: Settings, key: str, login: str, change: Callable[[Connection, int, Any], None]) -> None:
    with open_workspace(settings, key) as workspace:

        def work(connection: Connection) -> None:
            user_id = user_by_login(connection, fold(login))
            if user_id is None:
                raise NotFound.because("identity.user.unknown", user=login)
            change(connection, find_person(connection, user_id).id, workspace.now())

        workspace.database.write(work)


def _read_password() -> str:
    """From a pipe as one line, from a terminal hidden and twice."""
    if sys.stdin.isatty():
        return str(click.prompt("密码 / password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
