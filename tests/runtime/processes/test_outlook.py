"""What people are told beside their tasks: what can be started, who is asked next, what is held or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.flow_files import approval, end, flow, path

if TYPE_CHECKING:
    from tests.runtime.processes.conftest import Office

MANAGER, DIRECTORS = 'kind="manager"', 'kind="role" ref="director"'


def two_steps(**options: str) -> str:
    return flow(
        "two",
        "request",
        approval("first", MANAGER),
        approval("second", DIRECTORS, mode="all"),
        end("done"),
        path("start", "first", "second", "done"),
        **options,
    )


def flows_of(office: Office, record: int, login: str = "rep") -> Any:
    return seen(office, f"/forms/request/records/{record}/processes", login)["flows"]


def seen(office: Office, address: str, login: str = "rep") -> Any:
    answer = office[login].get(address)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_flow_whose_condition_refuses_the_record_says_what_stands_in_its_way(office: Office) -> None:
    office.publish(two=two_steps(when='record.state != "draft" and amount > 10'))
    record = office.create(amount=5)["id"]

    (told,) = flows_of(office, record)
    preview = seen(office, f"/processes/preview?flow=two&record={record}")

    assert told["flow"]["label"] == {"zh-CN": "two流程", "en": "The two flow"}
    assert told["refused"]["code"] == "process.start.refused-because"
    for words in ("The two flow", "Amount: 5", "State: Draft"):
        assert words in told["refused"]["message"]
    assert "record." not in told["refused"]["message"]
    assert preview["refused"]["code"] == "process.start.refused-because"


def test_a_flow_can_be_started_once_and_only_by_who_may_edit(office: Office) -> None:
    office.publish(two=two_steps())
    record = office.create()["id"]

    before = flows_of(office, record)
    office.start("two", record)
    after = flows_of(office, record)

    assert [one["refused"] for one in before] == [None]
    assert [one["refused"]["code"] for one in after] == ["process.already-running"]
    assert flows_of(office, record, "manager") == []


def test_a_field_that_the_reader_may_not_see_is_not_told_by_a_condition(office: Office) -> None:
    office.publish(two=two_steps(when='secret = "open" and amount > 10'))
    record = office.create(amount=5)["id"]
    office["admin"].patch(f"/forms/request/records/{record}", {"values": {"secret": "treasure"}})
    hidden = {
        "key": "rep", "label": "Rep", "rights": [],
        "grants": [{"form": "request", "actions": ["view", "edit"], "record_filter": "own",
                    "fields": {"*": "write", "secret": "hidden"}}],
    }  # fmt: skip
    office.publish(hidden)

    (told,) = flows_of(office, record)

    assert "Amount: 5" in told["refused"]["message"]
    assert "treasure" not in told["refused"]["message"]


def test_the_preview_says_why_each_person_is_asked(office: Office) -> None:
    office.publish(two=two_steps())
    record = office.create()["id"]

    stops = seen(office, f"/processes/preview?flow=two&record={record}")["stops"]

    assert [(stop["label"], stop["mode"]) for stop in stops] == [("first", "any"), ("second", "all")]
    why = [
        [(one["name"], one["why"]["kind"], one["why"]["label"]) for one in stop["people"]] for stop in stops
    ]
    assert why == [
        [("Manager", "manager", None)],
        [("Ann", "role", "Director"), ("Bob", "role", "Director")],
    ]


def test_a_running_process_tells_who_will_be_asked_after_those_who_are_asked_now(office: Office) -> None:
    office.publish(two=two_steps())
    started = office.start("two", office.create()["id"])

    first = office.process(started["id"], "rep")["ahead"]
    office.decide("manager", "approve")
    second = office.process(started["id"], "rep")["ahead"]

    assert [(stop["node"], [one["name"] for one in stop["people"]]) for stop in first] == [
        ("second", ["Ann", "Bob"])
    ]
    assert second == []


def test_a_held_record_names_what_holds_it(office: Office) -> None:
    office.publish(two=two_steps(hold="all"))
    record = office.create()["id"]
    free = office.record(record, login="rep")

    started = office.start("two", record)

    label = {"zh-CN": "two流程", "en": "The two flow"}
    held = {"process": started["id"], "flow": {"key": "two", "label": label}, "fields": None}
    assert "held_by" not in free
    assert office.record(record, login="rep")["held_by"] == [held]


def test_a_decided_task_of_a_deleted_record_is_shown_with_its_title(office: Office) -> None:
    office.publish(one=flow("one", "request", approval("ask", MANAGER), end("e"), path("start", "ask", "e")))
    record = office.create(name="Gone tomorrow")["id"]
    office.start("one", record)
    task = office.todo("manager")[0]["id"]
    office.decide("manager", "approve")
    office["admin"].delete(f"/forms/request/records/{record}")

    shown = seen(office, f"/tasks/{task}", "manager")

    assert (shown["deleted"], shown["render"]) == (True, None)
    assert (shown["record"]["title"], shown["outcome"]) == ("Gone tomorrow", "approved")
