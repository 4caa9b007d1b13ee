from __future__ import annotations

from pathlib import Path

import pytest

from engine.problems import DefinitionError
from runtime.settings import Settings


def test_without_an_environment_it_is_an_embedded_server_on_loopback() -> None:
    settings = Settings.from_environment({})

    assert (settings.is_embedded, settings.on_loopback, settings.port) == (True, True, 8000)
    assert (settings.demo, settings.secure_cookies) == (False, False)


def test_options_win_over_the_environment() -> None:
    environment = {"DOUGONG_DATA_DIR": "/srv/dougong", "DOUGONG_PORT": "9000"}

    settings = Settings.from_environment(environment, data_dir=Path("here"), port=None)

    assert (settings.data_dir, settings.port) == (Path("here"), 9000)


def test_https_makes_cookies_secure_unless_said_otherwise() -> None:
    https = {"DOUGONG_PUBLIC_URL": "https://crm.example.com/"}

    assert Settings.from_environment(https).secure_cookies
    assert Settings.from_environment(https).url == "https://crm.example.com"
    assert not Settings.from_environment({**https, "DOUGONG_SECURE_COOKIES": "no"}).secure_cookies


def test_everything_that_cannot_be_read_is_named_at_once() -> None:
    environment = {
        "DOUGONG_PORT": "-1",
        "DOUGONG_DEMO": "perhaps",
        "DOUGONG_PUBLIC_URL": "crm.example.com",
        "DOUGONG_LANGUAGE": "fr",
    }

    with pytest.raises(DefinitionError) as caught:
        Settings.from_environment(environment)

    assert {problem.at for problem in caught.value.problems} == set(environment)


def test_the_address_of_the_database_is_not_shown() -> None:
    settings = Settings.from_environment({"DOUGONG_DATABASE_URL": "postgresql://me:secret@db/x"})

    assert "secret" not in repr(settings)
