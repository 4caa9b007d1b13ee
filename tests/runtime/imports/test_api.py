"""Imports over HTTP: upload, job, result, the file of failed rows."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from runtime.composition.house import read_register
from runtime.composition.services import Services
from runtime.db.workspace import Workspace
from runtime.outbox.jobs import claim
from runtime.outbox.run import run_job
from runtime.settings import Settings
from tests.support.browser import Browser

if TYPE_CHECKING:
    from tests.runtime.imports.conftest import Office

MAVEN_200 = Path(__file__).parents[2] / "fixtures" / "maven_200"


@pytest.fixture
def admin(office: Office, browser: Browser) -> Browser:
    """Signed in, with the forms in force."""
    assert office.metadata.forms
    browser.sign_in()
    return browser


def upload(who: Browser, form: str, content: bytes, **fields: str) -> Any:
    data = {"file": (io.BytesIO(content), "deals.csv"), **fields}
    return who.post(f"/forms/{form}/imports", data=data, content_type="multipart/form-data")


def work(workspace: Workspace) -> None:
    """Do what the worker does, until nothing is left."""
    services = Services.build(read_register(), "0.1.0", Settings(data_dir=workspace.data_dir))
    while True:
        job = workspace.database.write(lambda conn: claim(conn, workspace.now()))
        if job is None:
            return
        run_job(workspace, job, services.handlers, Event())


def test_an_upload_becomes_a_job_with_a_result_and_a_file_of_failures(
    admin: Browser, workspace: Workspace
) -> None:
    products = upload(admin, "product", (MAVEN_200 / "products.csv").read_bytes(), mapping="maven_products")
    content = b"product,series,sales_price\nKite Pro,Kite,4000\n=Bad,Kite,much\n"
    again = upload(admin, "product", content, mapping="maven_products")
    work(workspace)

    first = admin.get(f"/jobs/{products.json['job']}").json
    second = admin.get(f"/jobs/{again.json['job']}").json
    errors = admin.get(f"/jobs/{again.json['job']}/errors.csv")

    assert (products.status_code, first["state"], first["progress"]) == (202, "done", {"done": 6, "total": 6})
    assert first["result"]["created"] == 6
    assert (second["result"]["updated"], second["result"]["failed"]) == (1, 1)
    assert second["result"]["errors_url"] == f"/api/v1/jobs/{again.json['job']}/errors.csv"
    assert (second["result"]["problems"][0]["row"], second["result"]["problems"][0]["at"]) == (
        2,
        "/list_price",
    )
    lines = list(csv.reader(io.StringIO(errors.get_data(as_text=True).lstrip("\ufeff"))))
    assert lines[0] == ["Row", "Problems", "product", "series", "sales_price"]
    assert lines[1][0] == "2"
    assert lines[1][2:] == ["'=Bad", "Kite", "much"]


def test_the_result_speaks_the_language_of_who_asked(admin: Browser, workspace: Workspace) -> None:
    admin.language = "zh-CN"
    content = b"product,series,sales_price\nA,B,many\n"
    job = upload(admin, "product", content, mapping="maven_products").json["job"]
    work(workspace)

    result = admin.get(f"/jobs/{job}").json["result"]

    assert "数字" in result["problems"][0]["message"]


def test_a_mapping_may_come_with_the_file_and_be_rehearsed(admin: Browser, workspace: Workspace) -> None:
    mapping = {
        "key": "mine",
        "label": "Mine",
        "form": "product",
        "columns": [{"from": "n", "to": "name"}, {"from": "p", "to": "list_price"}],
    }
    document = json.dumps(mapping)
    rehearsal = upload(admin, "product", b"n,p\nA,1.5\n", mapping_document=document, dry_run="1").json["job"]
    work(workspace)

    result = admin.get(f"/jobs/{rehearsal}").json["result"]

    assert (result["dry_run"], result["created"], result["failed"]) == (True, 1, 0)
    assert admin.get("/forms/product/records").json["items"] == []


def test_the_uploaded_file_is_gone_when_the_job_is_done(admin: Browser, workspace: Workspace) -> None:
    upload(admin, "product", (MAVEN_200 / "products.csv").read_bytes(), mapping="maven_products")
    folder = workspace.files_dir / "imports"
    before = len(list(folder.iterdir()))

    work(workspace)

    assert (before, list(folder.iterdir())) == (1, [])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "imports.mapping.missing"),
        ({"mapping": "maven_produkts"}, "imports.mapping.unknown"),
        ({"mapping": "maven_accounts"}, "imports.mapping.unknown"),
        ({"mapping": "maven_products", "mode": "fast"}, "imports.upload.mode"),
        ({"mapping_document": "{"}, "json.syntax"),
        ({"mapping_document": "{}"}, "apps.document.missing"),
    ],
)
def test_what_cannot_be_imported_is_refused_at_the_door(
    admin: Browser, fields: dict[str, str], code: str
) -> None:
    answer = upload(admin, "product", b"product\nA\n", **fields)

    assert answer.status_code == 422
    assert code in {problem["code"] for problem in answer.json["problems"]}


def test_an_upload_without_a_file_is_refused(admin: Browser) -> None:
    answer = admin.post(
        "/forms/product/imports", data={"mapping": "maven_products"}, content_type="multipart/form-data"
    )

    assert (answer.status_code, answer.json["code"]) == (422, "imports.upload.missing")


def test_a_file_that_does_not_fit_fails_its_job_with_the_reason(admin: Browser, workspace: Workspace) -> None:
    job = upload(admin, "product", b"a,b\n1,2\n", mapping="maven_products").json["job"]
    work(workspace)

    answer = admin.get(f"/jobs/{job}").json

    assert answer["state"] == "failed"
    assert answer["problem"]["code"] == "imports.file.column-missing"


def test_only_who_may_import_sees_mappings_and_uploads(office: Office, browser: Browser) -> None:
    assert office.metadata.forms
    browser.sign_in("rep", roles=["rep"])
    manager = browser.another()
    manager.sign_in("director", roles=["director"])

    refused = upload(browser, "product", b"product\nA\n", mapping="maven_products")

    assert refused.status_code == 403
    assert browser.get("/mappings").json["items"] == []
    assert {one["key"] for one in manager.get("/mappings").json["items"]} == {
        "maven_accounts",
        "maven_opportunities",
        "maven_products",
        "maven_sales_teams",
    }
    assert [one["key"] for one in manager.get("/mappings?form=customer").json["items"]] == ["maven_accounts"]


def test_failed_rows_are_for_the_one_who_imported(admin: Browser, workspace: Workspace) -> None:
    job = upload(admin, "product", b"product,series,sales_price\n,,\nA,B,x\n", mapping="maven_products").json[
        "job"
    ]
    work(workspace)
    other = admin.another()
    other.sign_in("rep", roles=["rep"])

    assert other.get(f"/jobs/{job}/errors.csv").status_code == 404
    assert admin.get("/jobs/9999/errors.csv").status_code == 404
