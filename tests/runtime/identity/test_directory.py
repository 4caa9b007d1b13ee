from __future__ import annotations

import pytest
from sqlalchemy.engine import Connection

from runtime.http.actor import SYSTEM
from runtime.identity import directory
from runtime.identity.departments import create_department, set_heads
from runtime.identity.people import NewUser, create_user, update_user
from runtime.identity.roles import give_roles


@pytest.fixture
def company(workspace) -> dict[str, int]:
    """company (boss) › sales (head, second) › east (lead); a clerk in east, a floater in east and south."""
    now, ids = workspace.now(), dict[str, int]()

    def build(connection: Connection) -> None:
        for name, parent in (("company", None), ("sales", "company"), ("east", "sales"), ("south", "sales")):
            above = ids[parent] if parent else None
            ids[name] = create_department(connection, SYSTEM, name, now=now, parent=above)
        for login, main, further in (
            ("boss", "company", ()),
            ("head", "sales", ()),
            ("second", "sales", ()),
            ("lead", "east", ()),
            ("clerk", "east", ()),
            ("floater", "south", ("east",)),
        ):
            user = NewUser(
                login, login, main_department=ids[main], departments=tuple(ids[d] for d in further)
            )
            ids[login] = create_user(connection, SYSTEM, user, now)
        heads(connection, company=["boss"], sales=["head", "second"], east=["lead"])

    def heads(connection: Connection, **of: list[str]) -> None:
        for name, people in of.items():
            set_heads(connection, ids[name], [ids[person] for person in people])

    workspace.database.write(build)
    return ids


def ask(workspace, question, *arguments):
    with workspace.database.read() as connection:
        return question(connection, *arguments)


def test_the_manager_is_the_nearest_head_who_is_somebody_else(workspace, company) -> None:
    managers = {
        who: ask(workspace, directory.manager_of, company[who])
        for who in ("clerk", "lead", "floater", "head", "boss")
    }

    assert managers == {
        "clerk": company["lead"],
        "lead": company["head"],
        "floater": company["head"],
        "head": company["second"],
        "boss": None,
    }


def test_managers_of_higher_levels_follow_the_chain_and_stop_at_a_circle(workspace, company) -> None:
    levels = [ask(workspace, directory.manager_of, company["clerk"], level) for level in (1, 2, 3, 4)]

    assert levels == [company["lead"], company["head"], company["second"], None]


def test_a_manager_set_by_hand_wins_unless_deactivated(workspace, company) -> None:
    def change(user: str, **fields: object) -> None:
        workspace.database.write(lambda c: update_user(c, SYSTEM, company[user], fields, workspace.now()))

    change("clerk", manager_id=company["boss"])
    assert ask(workspace, directory.manager_of, company["clerk"]) == company["boss"]

    change("boss", state="deactivated")
    assert ask(workspace, directory.manager_of, company["clerk"]) == company["lead"]
    change("lead", state="deactivated")
    assert ask(workspace, directory.manager_of, company["clerk"]) == company["head"]


def test_heads_of_a_department_without_any_are_those_above(workspace, company) -> None:
    assert ask(workspace, directory.heads_of, company["sales"]) == (company["head"], company["second"])
    assert ask(workspace, directory.heads_of, company["south"]) == (company["head"], company["second"])
    assert ask(workspace, directory.heads_of, company["east"]) == (company["lead"],)


def test_members_are_counted_once_however_they_belong(workspace, company) -> None:
    everybody = {company[who] for who in ("boss", "head", "second", "lead", "clerk", "floater")}

    assert set(ask(workspace, directory.members_of, company["company"])) == everybody
    assert ask(workspace, directory.members_of, company["south"]) == (company["floater"],)


def test_holders_of_a_role_come_by_person_and_department_and_work_here(workspace, company) -> None:
    def give(connection: Connection) -> None:
        now = workspace.now()
        give_roles(connection, SYSTEM, ("user", company["clerk"]), ["approver"], now)
        give_roles(connection, SYSTEM, ("department", company["south"]), ["approver"], now)
        give_roles(connection, SYSTEM, ("user", company["boss"]), ["approver"], now)
        update_user(connection, SYSTEM, company["boss"], {"state": "deactivated"}, now)

    workspace.database.write(give)

    holders = ask(workspace, directory.users_with_role, "approver")
    assert holders == (company["clerk"], company["floater"])
    assert ask(workspace, directory.find_person, company["floater"]).roles == ("approver",)


def test_names_are_found_for_everybody_and_for_the_system(workspace, company) -> None:
    names = ask(workspace, directory.names_of, [company["boss"], 0, 999])

    assert names == {0: "Dougong", company["boss"]: "boss"}
