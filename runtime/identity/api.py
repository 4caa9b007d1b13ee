"""HTTP of identity: session, me, people, departments, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Response
from sqlalchemy.engine import Connection

from engine.problems import InputError, Problem
from runtime.http.call import Call
from runtime.http.endpoint import endpoint
from runtime.http.errors import Forbidden
from runtime.http.guard import PUBLIC, SIGNED_IN, right
from runtime.http.reply import Reply
from runtime.http.session_cookie import clear_session, session_token, set_session
from runtime.identity import departments, directory, groups, people, schemas
from runtime.identity.authentication import RightsOf
from runtime.identity.links import make_link
from runtime.identity.roles import ADMIN, ALL_RIGHTS, give_roles
from runtime.identity.sessions import LONGEST, end_session
from runtime.identity.sign_in import Visitor, sign_in
from runtime.settings import Settings

DEVICE_COOKIE: Final = "dougong_device"
_DEVICE_LIFE_S: Final = 180 * 86_400

Apps = Callable[[Call], list[object]]
"""What she finds in the navigation, as JSON; told by the catalog."""
RoleLabels = Callable[[Call], Mapping[str, object]]
"""Label of each role, by key; told by the catalog."""


def visitor_of(call: Call) -> Visitor:
    request = call.request
    agent = request.headers.get("User-Agent", "")
    return Visitor(request.remote_addr or "", agent, request.cookies.get(DEVICE_COOKIE, ""))


def let_in(response: Response, call: Call, settings: Settings, tokens: tuple[str, str]) -> Response:
    """Put the session's and the device's token into cookies."""
    session, device = tokens
    set_session(response, settings, call.workspace, session, int(LONGEST.total_seconds()))
    response.set_cookie(
        DEVICE_COOKIE, device, _DEVICE_LIFE_S, secure=settings.secure_cookies, httponly=True, samesite="Lax"
    )
    return response


class SessionApi:
    """Signing in and out by JSON; people without script use the pages of `runtime.public`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @endpoint("POST", "/session", guard=PUBLIC, summary="Sign in", body=schemas.CREDENTIALS, status=204)
    def start(self, call: Call) -> Response:
        given = call.fields
        entered = sign_in(call.workspace, str(given["user"]), str(given["password"]), visitor_of(call))
        return let_in(Reply(204).response(), call, self._settings, (entered.session, entered.device))

    @endpoint("DELETE", "/session", guard=SIGNED_IN, summary="Sign out", status=204)
    def end(self, call: Call) -> Response:
        token = session_token(call.request, self._settings)
        call.workspace.database.write(lambda connection: end_session(connection, token))
        response = Reply(204).response()
        clear_session(response, self._settings)
        return response


class MeApi:
    """The caller herself: who she is, what she may do, where she can go."""

    def __init__(self, settings: Settings, apps: Apps, role_labels: RoleLabels) -> None:
        self._settings = settings
        self._apps = apps
        self._role_labels = role_labels

    @endpoint(
        "GET", "/me", guard=SIGNED_IN, summary="The caller, her rights and her apps", response=schemas.ME
    )
    def show(self, call: Call) -> object:
        actor, labels = call.actor, self._role_labels(call)
        own = ("id", "name", "login", "language", "zone")
        return {
            "user": {name: getattr(actor, name) for name in own},
            "roles": [{"key": role, "label": labels.get(role, role)} for role in sorted(actor.roles)],
            "rights": {name: name in actor.rights for name in sorted(ALL_RIGHTS)},
            "apps": self._apps(call),
            "workspace": {
                "name": call.workspace.name,
                "currency": call.workspace.currency,
                "zone": call.workspace.zone.key,
            },
            "demo": self._settings.demo,
        }

    @endpoint(
        "PATCH", "/me", guard=SIGNED_IN, summary="Change one's language or time zone", body=schemas.ME_CHANGE
    )
    def change(self, call: Call) -> object:
        actor, changes, now = call.actor, dict(call.fields), call.now
        call.write(lambda connection: people.update_user(connection, actor, actor.id, changes, now))
        return {"language": actor.language, "zone": actor.zone, **changes}


@dataclass(frozen=True, slots=True)
class PeopleApi:
    """People for pickers (everybody signed in) and for administration (right `users`)."""

    settings: Settings
    rights_of: RightsOf
    role_labels: RoleLabels

    @endpoint(
        "GET", "/users", guard=SIGNED_IN, summary="Find people", query=schemas.SEARCH, response=schemas.USERS
    )
    def find(self, call: Call) -> object:
        with call.read() as connection:
            found = directory.list_people(connection, **_search(call))
        return {"items": [{"id": p.id, "title": p.name, "department": p.department} for p in found]}

    @endpoint("GET", "/users/<id:user>", guard=right("users"), summary="One person", response=schemas.PERSON)
    def show(self, call: Call, user: int) -> object:
        with call.read() as connection:
            return directory.find_person(connection, user)

    @endpoint(
        "GET",
        "/people",
        guard=right("users"),
        summary="People, for administration",
        query=schemas.PEOPLE_SEARCH,
        response=schemas.PEOPLE,
    )
    def list_people(self, call: Call) -> object:
        with call.read() as connection:
            deactivated = bool(call.args["deactivated"])
            return {"items": directory.list_people(connection, **_search(call), with_deactivated=deactivated)}

    @endpoint(
        "POST",
        "/users",
        guard=right("users"),
        summary="Add a person",
        body=schemas.NEW_PERSON,
        response=schemas.PERSON,
        status=201,
    )
    def create(self, call: Call) -> object:
        given, actor, now = dict(call.fields), call.actor, call.now
        roles = self._grantable(call, given.pop("roles", []))
        given["departments"] = tuple(given.get("departments", ()))

        def work(connection: Connection) -> Reply:
            user_id = people.create_user(connection, actor, people.NewUser(**given), now)
            give_roles(connection, actor, ("user", user_id), roles, now)
            return Reply(201, directory.find_person(connection, user_id))

        return call.write(work)

    @endpoint(
        "PATCH",
        "/users/<id:user>",
        guard=right("users"),
        summary="Change a person",
        body=schemas.PERSON_CHANGE,
        response=schemas.PERSON,
    )
    def change(self, call: Call, user: int) -> object:
        given, actor, now = dict(call.fields), call.actor, call.now
        roles = self._grantable(call, given.pop("roles", []), user) if "roles" in given else None

        def work(connection: Connection) -> object:
            if given:
                people.update_user(connection, actor, user, given, now)
            if roles is not None:
                give_roles(connection, actor, ("user", user), roles, now)
            return directory.find_person(connection, user)

        return call.write(work)

    @endpoint(
        "POST",
        "/users/<id:user>/password-link",
        guard=right("users"),
        summary="Make a one-time link by which she chooses a password",
        response=schemas.LINK,
        status=201,
    )
    def make_password_link(self, call: Call, user: int) -> object:
        now = call.now

        def work(connection: Connection) -> Reply:
            person = directory.find_person(connection, user)
            self._grantable(call, person.roles, user)
            token = make_link(connection, "password", user, now)
            return Reply(201, {"url": f"{self.settings.url}/setup/{token}"})

        return call.write(work)

    def _grantable(self, call: Call, roles: Any, user: int | None = None) -> tuple[str, ...]:
        """Raises Forbidden if the roles open rights that the giver has not: nobody lifts herself that way.

        Raises InputError for a role that she does not hold and that is not defined: whoever defined it later
        would give her what nobody looked at.
        """
        held: frozenset[str] = frozenset()
        if user is not None:
            with call.read() as connection:
                held = frozenset(directory.find_person(connection, user).roles)
        missing = self.rights_of(call.workspace, call.stamps, held.union(roles)) - call.actor.rights
        if missing:
            raise Forbidden.because("identity.role.beyond-own", "/roles", rights=sorted(missing))
        unknown = set(roles) - held - {ADMIN} - self.role_labels(call).keys()
        if unknown:
            raise InputError(
                Problem("identity.role.unknown", "/roles", {"role": role}) for role in sorted(unknown)
            )
        return tuple(roles)


class DepartmentsApi:
    """The tree for pickers, and its administration."""

    @endpoint("GET", "/departments", guard=SIGNED_IN, summary="All departments", response=schemas.DEPARTMENTS)
    def list_departments(self, call: Call) -> object:
        with call.read() as connection:
            found = departments.list_departments(connection)
        return {"items": [_department(item) for item in found]}

    @endpoint(
        "POST",
        "/departments",
        guard=right("users"),
        summary="Add a department",
        body=schemas.NEW_DEPARTMENT,
        response=schemas.DEPARTMENT,
        status=201,
    )
    def create(self, call: Call) -> object:
        given, actor, now = dict(call.fields), call.actor, call.now

        def work(connection: Connection) -> Reply:
            number = departments.create_department(connection, actor, **given, now=now)
            return Reply(201, _department(_one(connection, number)))

        return call.write(work)

    @endpoint(
        "PATCH",
        "/departments/<id:department>",
        guard=right("users"),
        summary="Rename, move, set heads",
        body=schemas.DEPARTMENT_CHANGE,
        response=schemas.DEPARTMENT,
    )
    def change(self, call: Call, department: int) -> object:
        given, actor, now = call.fields, call.actor, call.now

        def work(connection: Connection) -> object:
            if "name" in given:
                departments.rename_department(connection, actor, department, str(given["name"]), now)
            if "parent" in given:
                departments.move_department(connection, actor, department, given["parent"], now)
            if "heads" in given:
                departments.set_heads(connection, department, given["heads"])
            return _department(_one(connection, department))

        return call.write(work)

    @endpoint(
        "DELETE",
        "/departments/<id:department>",
        guard=right("users"),
        summary="Delete a department",
        status=204,
    )
    def delete(self, call: Call, department: int) -> object:
        actor, now = call.actor, call.now

        def work(connection: Connection) -> Reply:
            departments.delete_department(connection, actor, department, now)
            return Reply(204)

        return call.write(work)


class GroupsApi:
    """Groups of people."""

    @endpoint("GET", "/groups", guard=SIGNED_IN, summary="All groups", response=schemas.GROUPS)
    def list_groups(self, call: Call) -> object:
        with call.read() as connection:
            return {"items": groups.list_groups(connection)}

    @endpoint(
        "PUT",
        "/groups/<key:group>",
        guard=right("users"),
        summary="Create or change a group",
        body=schemas.GROUP,
    )
    def put(self, call: Call, group: str) -> object:
        given, actor, now = call.fields, call.actor, call.now
        members = [groups.Member(**member) for member in given["members"]]

        def work(connection: Connection) -> object:
            number = groups.put_group(
                connection, actor, group, name=str(given["name"]), members=members, now=now
            )
            return {"id": number, "key": group, "name": given["name"], "members": members}

        return call.write(work)


def _search(call: Call) -> dict[str, Any]:
    return {"search": call.args.get("search", ""), "limit": call.args["limit"]}


def _department(item: departments.Department) -> dict[str, object]:
    return {"id": item.id, "title": item.name, "parent": item.parent, "heads": list(item.heads)}


def _one(connection: Connection, number: int) -> departments.Department:
    found = {item.id: item for item in departments.list_departments(connection)}
    if number not in found:
        raise InputError([Problem("identity.department.unknown", params={"department": number})])
    return found[number]
