"""Solutions over HTTP and at the command line."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from runtime.cli import build_commands
from tests.support.browser import Browser

SHIPPED = Path(__file__).parents[3] / "templates" / "solutions" / "sales_pipeline"
MAVEN_200 = Path(__file__).parents[2] / "fixtures" / "maven_200"
Files = Mapping[str, bytes]


def zipped(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"sales_pipeline/{name}", content)
    return stream.getvalue()


def send(who: Browser, content: bytes, query: str = "") -> Any:
    data = {"file": (io.BytesIO(content), "sales.zip")}
    return who.post("/solutions" + query, data=data, content_type="multipart/form-data")


@pytest.mark.thorough
def test_a_zip_is_planned_installed_and_used(browser: Browser, pipeline: Files) -> None:
    browser.sign_in()

    plan = send(browser, zipped(pipeline), "?plan=1")
    installed = send(browser, zipped(pipeline), "?sample=1")

    assert plan.status_code == 200
    assert (plan.json["plan"]["blocked"], plan.json["problems"]) == (False, [])
    assert plan.json["solution"]["label"]["zh-CN"] == "销售管道"
    assert installed.status_code == 201
    assert installed.json["sample"]["records"]["opportunity"] == 60
    assert [one["key"] for one in browser.get("/solutions").json["items"]] == ["sales_pipeline"]
    assert len(browser.get("/forms/quote/records?limit=50").json["items"]) == 15
    chen = browser.another()
    chen.sign_in("chen_jing")
    assert 0 < len(chen.get("/forms/opportunity/records?limit=100").json["items"]) < 60


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"no zip", 422, "solutions.zip.damaged"),
        (zipped({"solution.json": b"{}"}), 422, "apps.document.missing"),
        (zipped({"../../x": b""}), 422, "solutions.zip.path"),
        (zipped({"forms/a.json": b"[" * 200_000}), 422, "solutions.zip.ratio"),
    ],
)
def test_a_bad_zip_is_refused_with_a_reason(browser: Browser, content: bytes, status: int, code: str) -> None:
    browser.sign_in()

    answer = send(browser, content)

    assert answer.status_code == status
    assert code in {problem["code"] for problem in answer.json["problems"]}
    assert browser.get("/solutions").json["items"] == []


def test_nobody_lifts_herself_by_a_role_in_a_package(browser: Browser, pipeline: Files) -> None:
    admin = browser.another()
    admin.sign_in()
    role = {"key": "maker", "label": "Maker", "rights": ["builder"]}
    admin.put("/drafts/role/maker", {"rev": 0, "document": role})
    admin.post("/publish", {"drafts": [{"kind": "role", "key": "maker"}]})
    browser.sign_in("maker")

    answer = send(browser, zipped(pipeline))

    assert (answer.status_code, answer.json["code"]) == (403, "solutions.install.beyond-own-rights")


def test_an_upload_needs_a_file_and_the_right_to_build(browser: Browser, pipeline: Files) -> None:
    browser.sign_in()
    empty = browser.post("/solutions", data={}, content_type="multipart/form-data")
    rep = browser.another()
    rep.sign_in("rep", roles=["rep"])

    assert (empty.status_code, empty.json["code"]) == (422, "solutions.upload.missing")
    assert send(rep, zipped(pipeline)).status_code == 403


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a new embedded installation."""
    assert run("init", "--data", str(tmp_path / "data")).exit_code == 0
    return tmp_path / "data"


def run(*arguments: str) -> Any:
    env = {"DOUGONG_LANGUAGE": "en", "DOUGONG_MIN_FREE_BYTES": "0", "DOUGONG_DATABASE_URL": ""}
    return CliRunner().invoke(build_commands("en"), arguments, env=env, catch_exceptions=False)


@pytest.mark.thorough
def test_a_solution_is_planned_and_installed_at_the_command_line(data: Path) -> None:
    plan = run("solution", "plan", str(SHIPPED), "--data", str(data))
    installed = run("solution", "install", str(SHIPPED), "--data", str(data))
    again = run("solution", "plan", str(SHIPPED), "--data", str(data))

    assert plan.exit_code == 0
    assert 'form/quote.lines: A new table for the rows of "Lines" keeps 5 fields.' in plan.output
    assert (installed.exit_code, installed.output.strip()) == (
        0,
        "sales_pipeline 1.0.0 is installed: 32 definitions.",
    )
    assert again.exit_code == 3
    assert "installed already" in again.output


def test_lint_speaks_of_files(tmp_path: Path, pipeline: Files) -> None:
    for name, content in pipeline.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    good = run("solution", "lint", str(tmp_path))
    (tmp_path / "apps/sales.json").write_text(
        json.dumps({"key": "sales", "label": "S", "items": [{"form": "x"}]})
    )
    bad = run("solution", "lint", str(tmp_path))

    assert (good.exit_code, good.output.strip()) == (0, "0 errors, 0 warnings.")
    assert bad.exit_code == 3
    assert 'There is no form "x".' in bad.output


@pytest.mark.thorough
def test_files_are_imported_at_the_command_line(data: Path, tmp_path: Path) -> None:
    run("solution", "install", str(SHIPPED), "--data", str(data))
    errors = tmp_path / "errors.csv"
    basics = (("product", "products"), ("sales_agent", "sales_teams"), ("customer", "accounts"))
    for form, name in basics:
        done = run(
            "data",
            "import",
            form,
            str(MAVEN_200 / f"{name}.csv"),
            "--mapping",
            f"maven_{name}",
            "--data",
            str(data),
        )
        assert done.exit_code == 0, done.output
    deals = ("data", "import", "opportunity", str(MAVEN_200 / "sales_pipeline.csv"), "--data", str(data))

    rehearsal = run(*deals, "--mapping", "maven_opportunities", "--dry-run", "--errors", str(errors))
    real = run(*deals, "--mapping", "maven_opportunities", "--errors", str(errors))
    unknown = CliRunner().invoke(build_commands("en"), [*deals, "--mapping", "maven_opportunity"])

    assert rehearsal.exit_code == 3
    assert "156 would be created" in rehearsal.output
    assert "200 rows: 156 created, 0 updated, 0 unchanged, 44 failed." in real.output
    assert len(errors.read_text(encoding="utf-8-sig").splitlines()) == 45
    assert unknown.exception is not None
    assert "imports.mapping.unknown" in str(unknown.exception)
