from __future__ import annotations

from datetime import timedelta

import pytest

from runtime.http.errors import TooMany
from runtime.identity import brake
from runtime.identity.brake import Brake, brakes_for, count_attempt


def attempt(workspace, login: str, address: str, device: str | None = None) -> bool:
    """Whether an attempt was let through to the password."""
    try:
        workspace.database.write(
            lambda c: count_attempt(c, brakes_for(login, address, device), workspace.now())
        )
    except TooMany:
        return False
    return True


def test_waiting_doubles_and_is_bounded() -> None:
    one = Brake("pair:x", free=5, longest_s=900)

    assert [one.wait_after(n).total_seconds() for n in (5, 6, 7, 8, 30)] == [0, 2, 4, 8, 900]


def test_one_password_over_many_accounts_is_slowed_by_address(workspace) -> None:
    passed = [attempt(workspace, f"user{n}", "203.0.113.9") for n in range(60)]

    assert passed[:30] == [True] * 30
    assert not all(passed[30:])


def test_one_account_from_everywhere_never_waits_longer_than_half_a_minute(workspace, clock) -> None:
    for n in range(200):
        attempt(workspace, "owner", f"198.51.100.{n}")
        clock.advance(seconds=1)

    clock.advance(seconds=31)

    assert attempt(workspace, "owner", "192.0.2.1")


def test_an_attempt_while_the_brake_holds_does_not_lengthen_it(workspace, clock) -> None:
    for _ in range(6):
        attempt(workspace, "owner", "192.0.2.1")
    assert not any(attempt(workspace, "owner", "192.0.2.1") for _ in range(50))

    clock.advance(seconds=3)

    assert attempt(workspace, "owner", "192.0.2.1")


def test_the_wait_is_told_in_seconds(workspace) -> None:
    for _ in range(8):
        attempt(workspace, "owner", "192.0.2.1")

    with pytest.raises(TooMany) as caught:
        workspace.database.write(
            lambda c: count_attempt(c, brakes_for("owner", "192.0.2.1", None), workspace.now())
        )

    assert caught.value.retry_after_s == caught.value.problems[0].params["seconds"] == 2


def test_a_device_cookie_belongs_to_one_account_and_cannot_be_made_up(workspace) -> None:
    cookie = brake.new_device(workspace, "owner")

    assert brake.known_device(workspace, "owner", cookie)
    assert not brake.known_device(workspace, "other", cookie)
    assert not brake.known_device(workspace, "owner", "made-up.00")
    assert not brake.known_device(workspace, "owner", "")


def test_old_brakes_are_forgotten(workspace, clock) -> None:
    for _ in range(8):
        attempt(workspace, "owner", "192.0.2.1")
    clock.advance(days=2)

    workspace.database.write(lambda c: brake.forget_old_brakes(c, clock.now))

    assert all(attempt(workspace, "owner", "192.0.2.1") for _ in range(5))
    assert Brake("x", 5, 900).wait_after(6) == timedelta(seconds=2)
