"""Sample data of a solution, said declaratively: people, records and what was decided about them.

A value may be relative to the day of the installation, `{"today": -12}` or `{"today": 3, "time": "09:30"}`,
to another sample record, `{"ref": "acme"}`, or to a sample user, `{"user": "chen_jing"}`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, cast

from engine.apps.shape import check_shape
from engine.problems import Problem, errors, pointer

PEOPLE_FILE: Final = "sample_data/people.json"


@dataclass(frozen=True, slots=True)
class SampleDepartment:
    """A department; `above` and `heads` name others by key and login."""

    key: str
    name: str
    above: str | None = None
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleUser:
    """A person with one department and roles; only a demo gives her a way to sign in."""

    login: str
    name: str
    department: str
    roles: tuple[str, ...]
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class SampleDecision:
    """One task that was done: who, with what outcome and which words."""

    by: str
    outcome: str
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class SampleProcess:
    """A flow started by the record's owner and the decisions taken in it so far."""

    flow: str
    decisions: tuple[SampleDecision, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day counted from the day of installation, with a time of that day in the workspace zone if given."""

    days: int
    time: str | None = None


@dataclass(frozen=True, slots=True)
class SampleRef:
    """The sample record that bears this ref, whatever its form."""

    ref: str


@dataclass(frozen=True, slots=True)
class SampleUserRef:
    """The sample user with this login."""

    login: str


@dataclass(frozen=True, slots=True)
class SampleRecord:
    """A record of `owner`; in its values JSON stands beside `Moment`, `SampleRef` and `SampleUserRef`."""

    form: str
    values: Mapping[str, object]
    at: str
    ref: str | None = None
    owner: str | None = None
    created_at: Moment | None = None
    flows: tuple[SampleProcess, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleData:
    """Everything a solution brings as an example, in an order in which it can be created."""

    departments: tuple[SampleDepartment, ...] = ()
    users: tuple[SampleUser, ...] = ()
    records: tuple[SampleRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleReading:
    """The sample data, if no document has an error, and everything that is wrong with them."""

    sample: SampleData | None
    problems: tuple[Problem, ...]


def read_sample(documents: Mapping[str, object]) -> SampleReading:
    """Read the parsed files of `sample_data/` by path: `people.json`, and any number with records."""
    people: dict[str, Any] = {"departments": [], "users": []}
    problems: list[Problem] = []
    records: list[SampleRecord] = []
    for path, document in documents.items():
        schema = "sample_people" if path == PEOPLE_FILE else "sample_records"
        faults = [problem.within(document=path) for problem in check_shape(document, schema)]
        problems += faults
        if faults:
            continue
        if schema == "sample_people":
            people = cast(dict[str, Any], document)
        else:
            records += _records(path, cast(dict[str, Any], document))
    if errors(problems):
        return SampleReading(None, tuple(problems))
    sample = _sample(people, records)
    problems += [*_check_people(sample), *_check_records(sample)]
    if errors(problems):
        return SampleReading(None, tuple(problems))
    ordered, circle = _in_order(sample.records)
    problems += [_at(record, "apps.sample.circle", {"ref": record.ref or ""}) for record in circle]
    complete = SampleData(sample.departments, sample.users, ordered)
    return SampleReading(None if circle else complete, tuple(problems))


def _sample(people: dict[str, Any], records: list[SampleRecord]) -> SampleData:
    departments = tuple(
        SampleDepartment(item["key"], item["name"], item.get("above"), tuple(item.get("heads", ())))
        for item in people["departments"]
    )
    users = tuple(
        SampleUser(
            item["login"],
            item["name"],
            item["department"],
            tuple(item["roles"]),
            item.get("language", "zh-CN"),
        )
        for item in people["users"]
    )
    return SampleData(departments, users, tuple(records))


def _records(path: str, document: dict[str, Any]) -> Iterator[SampleRecord]:
    for number, item in enumerate(document["records"]):
        yield SampleRecord(
            form=document["form"],
            values=MappingProxyType({key: _value(value) for key, value in item["values"].items()}),
            at=path + "#" + pointer("records", number),
            ref=item.get("ref"),
            owner=item.get("owner"),
            created_at=_moment(item["created_at"]) if "created_at" in item else None,
            flows=tuple(_process(flow) for flow in item.get("flows", ())),
        )


def _process(item: dict[str, Any]) -> SampleProcess:
    decisions = tuple(SampleDecision(**decision) for decision in item.get("decisions", ()))
    return SampleProcess(item["flow"], decisions)


def _moment(value: Mapping[str, Any]) -> Moment:
    return Moment(value["today"], value.get("time"))


def _value(value: object) -> object:
    if isinstance(value, list):
        return [_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    match sorted(value):
        case ["today"] | ["time", "today"]:
            return _moment(value)
        case ["ref"]:
            return SampleRef(value["ref"])
        case ["user"]:
            return SampleUserRef(value["user"])
    return {key: _value(item) for key, item in value.items()}


def references(value: object) -> Iterator[SampleRef | SampleUserRef]:
    """The records and users that a sample value names, rows of sub-tables included."""
    if isinstance(value, (SampleRef, SampleUserRef)):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def _check_people(sample: SampleData) -> Iterator[Problem]:
    departments = {department.key for department in sample.departments}
    logins = {user.login for user in sample.users}
    for number, department in enumerate(sample.departments):
        at = pointer("departments", number)
        if department.above is not None and department.above not in departments:
            yield _unknown("department", department.above, at + "/above")
        yield from (_unknown("user", head, at + "/heads") for head in department.heads if head not in logins)
    for number, user in enumerate(sample.users):
        if user.department not in departments:
            yield _unknown("department", user.department, pointer("users", number, "department"))


def _unknown(kind: str, name: str, at: str) -> Problem:
    return Problem(f"apps.sample.unknown-{kind}", at, {"name": name}, document=PEOPLE_FILE)


def _check_records(sample: SampleData) -> Iterator[Problem]:
    logins = {user.login for user in sample.users}
    refs = Counter(record.ref for record in sample.records if record.ref)
    for record in sample.records:
        if record.ref and refs[record.ref] > 1:
            yield _at(record, "apps.sample.ref-repeated", {"ref": record.ref}, "/ref")
        for login in sorted(set(_logins(record)) - logins):
            yield _at(record, "apps.sample.unknown-user", {"name": login})
        for ref in sorted(_needs(record) - refs.keys()):
            yield _at(record, "apps.sample.unknown-ref", {"name": ref}, "/values")


def _at(record: SampleRecord, code: str, params: Mapping[str, object], below: str = "") -> Problem:
    document, _, at = record.at.partition("#")
    return Problem(code, at + below, params, document=document)


def _logins(record: SampleRecord) -> Iterator[str]:
    if record.owner:
        yield record.owner
    yield from (item.login for item in references(record.values) if isinstance(item, SampleUserRef))
    yield from (decision.by for flow in record.flows for decision in flow.decisions)


def _in_order(records: Sequence[SampleRecord]) -> tuple[tuple[SampleRecord, ...], list[SampleRecord]]:
    """The records such that each stands behind those it names, and those that name each other in a circle."""
    ordered: list[SampleRecord] = []
    known: set[str] = set()
    waiting = list(records)
    while waiting:
        ready = [record for record in waiting if _needs(record) <= known]
        if not ready:
            break
        waiting = [record for record in waiting if not _needs(record) <= known]
        ordered += ready
        known |= {record.ref for record in ready if record.ref}
    return tuple(ordered), waiting


def _needs(record: SampleRecord) -> set[str]:
    return {item.ref for item in references(record.values) if isinstance(item, SampleRef)}
