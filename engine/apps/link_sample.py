"""Links the sample data of a solution with the definitions it is an example of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.apps.kinds import Kind, Ref
from engine.apps.link import Linked
from engine.apps.sample import PEOPLE_FILE, SampleData, SampleRecord
from engine.keys import nearest
from engine.problems import Problem, pointer


def link_sample(sample: SampleData, linked: Linked) -> tuple[Problem, ...]:
    """Forms, fields, flows and roles that the sample data names and that do not exist."""
    problems = list(_roles(sample, linked))
    for record in sample.records:
        problems += _record(record, linked)
    return tuple(problems)


def _roles(sample: SampleData, linked: Linked) -> Iterator[Problem]:
    known = [ref.key for ref in linked.definitions if ref.kind is Kind.ROLE]
    for number, user in enumerate(sample.users):
        for role in user.roles:
            if role not in known:
                yield _missing("role", role, known, PEOPLE_FILE, pointer("users", number, "roles"))


def _record(record: SampleRecord, linked: Linked) -> Iterator[Problem]:
    document, _, at = record.at.partition("#")
    form = linked.forms.get(record.form)
    if form is None:
        yield _missing("form", record.form, linked.forms, document, "/form")
        return
    for name in record.values:
        if name not in form.form.fields:
            at_value = at + pointer("values", name)
            yield _missing("field", name, form.form.fields, document, at_value, form=record.form)
    for number, process in enumerate(record.flows):
        if Ref(Kind.FLOW, process.flow) not in linked.definitions:
            at_flow = at + pointer("flows", number, "flow")
            yield _missing("flow", process.flow, linked.flows, document, at_flow)


def _missing(
    kind: str, key: str, known: Collection[str], document: str, at: str, **params: object
) -> Problem:
    meant = nearest(key, known) or ", ".join(sorted(known)) or "-"
    return Problem(f"apps.link.unknown-{kind}", at, {"key": key, "meant": meant, **params}, document=document)
