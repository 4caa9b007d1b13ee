"""Importing files into forms: what comes in, what stays out and why, and what an interruption leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.problems import InputError
from runtime.http.actor import Actor
from runtime.http.errors import Forbidden, NotFound
from runtime.imports.model import Counts, FailedRow, ImportOrder

if TYPE_CHECKING:
    from tests.runtime.imports.conftest import MakeSteps, Office

ROOT = Path(__file__).parents[3]
MAVEN_200 = ROOT / "tests" / "fixtures" / "maven_200"
EXPECTED = json.loads((MAVEN_200 / "expected.json").read_text())
FILES = {
    "maven_products": "products.csv",
    "maven_sales_teams": "sales_teams.csv",
    "maven_accounts": "accounts.csv",
}


def import_basics(office: Office) -> None:
    for mapping, file in FILES.items():
        result = office.run(office.mapping(mapping), MAVEN_200 / file, batch=mapping)
        assert result.counts.failed == 0, result.failed


def renamed(office: Office) -> Any:
    """The shipped mapping of deals with one line more."""
    shipped = ROOT / "templates/solutions/sales_pipeline/mappings/maven_opportunities.json"
    columns = json.loads(shipped.read_text(encoding="utf-8"))["columns"]
    for column in columns:
        if column["to"] == "product":
            column["replace"] = {"KitePro": "Kite Pro"}
    return office.mapping("maven_opportunities", columns=columns)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path


def reasons(failed: list[FailedRow]) -> list[tuple[int, list[tuple[str, str]]]]:
    return [(one.row.number, [(problem.code, problem.at) for problem in one.problems]) for one in failed]


def test_a_real_export_comes_in_by_mapping_files_only(office: Office) -> None:
    import_basics(office)

    first = office.run(office.mapping("maven_opportunities"), MAVEN_200 / "sales_pipeline.csv")
    counts, won = office.by_stage()

    renamed_rows = EXPECTED["renamed_product_rows"]
    assert first.counts == Counts(200, created=200 - renamed_rows, failed=renamed_rows)
    assert counts == EXPECTED["stages_without_renamed"]
    assert won == Decimal(EXPECTED["won_amount_without_renamed"])
    assert {code for one in office.failed() for code in [one.problems[0].code]} == {"imports.row.no-match"}
    assert len(office.failed()) == renamed_rows
    assert office.failed()[0].problems[0].params["text"] == "KitePro"


@pytest.mark.thorough
def test_rows_left_out_come_in_after_one_line_more_and_nothing_is_doubled(office: Office) -> None:
    import_basics(office)
    office.run(office.mapping("maven_opportunities"), MAVEN_200 / "sales_pipeline.csv")

    second = office.run(renamed(office), MAVEN_200 / "sales_pipeline.csv", batch="b2")
    counts, won = office.by_stage()

    renamed_rows = EXPECTED["renamed_product_rows"]
    assert second.counts == Counts(200, created=renamed_rows, unchanged=200 - renamed_rows)
    assert counts == EXPECTED["stages"]
    assert won == Decimal(EXPECTED["won_amount"])


def test_dirt_is_cleaned_by_the_mapping_and_parents_come_first(office: Office) -> None:
    import_basics(office)

    customers = {record.title: record for record in office.all("customer")}

    aldermoor, yewbank = customers["Aldermoor"], customers["Yewbank Group"]
    assert aldermoor.values["industry"] == "technology"
    assert customers["Copperfall"].values["country"] == "Philippines"
    assert aldermoor.values["annual_revenue"] == Decimal(420_500_000)
    assert aldermoor.values["parent_customer"] == yewbank.id
    assert yewbank.id < aldermoor.id


def test_history_brings_its_own_creation_date(office: Office) -> None:
    import_basics(office)
    office.run(renamed(office), MAVEN_200 / "sales_pipeline.csv")

    won = office.all("opportunity", 'stage = "won"')

    zone = office.workspace.zone
    days = [(deal.values["created_at"], deal.values["started_on"]) for deal in won]
    assert all(created.astimezone(zone).date() == started for created, started in days)  # type: ignore[attr-defined]


@pytest.mark.thorough
def test_a_dry_run_says_the_same_and_writes_nothing(office: Office) -> None:
    import_basics(office)
    mapping = office.mapping("maven_opportunities")

    rehearsal = office.run(mapping, MAVEN_200 / "sales_pipeline.csv", batch="dry", dry_run=True)
    after_rehearsal = office.by_stage()
    real = office.run(mapping, MAVEN_200 / "sales_pipeline.csv")

    assert rehearsal.counts == real.counts
    assert after_rehearsal == ({}, 0)
    assert reasons(office.failed("dry")) == reasons(office.failed())


def test_a_dry_run_of_a_file_that_names_itself_finds_no_fault(office: Office) -> None:
    result = office.run(office.mapping("maven_accounts"), MAVEN_200 / "accounts.csv", dry_run=True)

    assert result.counts == Counts(20, created=20)
    assert office.all("customer") == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_chinese_files_come_in_as_excel_writes_them(office: Office, tmp_path: Path, encoding: str) -> None:
    mapping = office.mapping(
        "maven_accounts",
        encoding="auto",
        columns=[
            {"from": "名称", "to": "name"},
            {"from": "行业", "to": "industry"},
            {"from": "营收", "to": "annual_revenue"},
        ],
    )

    result = office.run(
        mapping, write(tmp_path, '名称,行业,营收\n无锡蠡园半导体,制造业,"1,200.50"\n', encoding)
    )

    [customer] = office.all("customer")
    assert result.counts.created == 1
    assert customer.values["name"] == "无锡蠡园半导体"
    assert customer.values["industry"] == "manufacturing"
    assert customer.values["annual_revenue"] == Decimal("1200.50")


def test_every_row_says_what_is_wrong_with_it(office: Office, tmp_path: Path) -> None:
    mapping = office.mapping(
        "maven_accounts",
        columns=[
            {"from": "name", "to": "name"},
            {"from": "sector", "to": "industry"},
            {"from": "staff", "to": "employees"},
            {"from": "follow", "to": "next_follow_on", "format": "%d/%m/%Y"},
            {"from": "parent", "to": "parent_customer", "match": "name"},
        ],
    )
    rows = [
        "name,sector,staff,follow,parent",
        "Good,retail,10,24/12/2026,",
        ",retail,1,,",
        "Odd,retial,ten,2026-12-24,Nobody",
        "Good,retail,11,,",
        "Wide,retail,1,,,extra",
        "Child,retail,1,,Good",
        "Loop,,,,Pool",
        "Pool,,,,Loop",
    ]

    result = office.run(mapping, write(tmp_path, "\n".join(rows)))

    assert result.counts == Counts(8, created=2, failed=6)
    assert reasons(office.failed()) == [
        (2, [("form.value.required", "/name")]),
        (
            3,
            [
                ("form.text.option", "/industry"),
                ("form.text.number", "/employees"),
                ("form.text.date", "/next_follow_on"),
            ],
        ),
        (4, [("imports.row.key-twice", "/name")]),
        (5, [("imports.row.too-many-cells", "")]),
        (7, [("imports.row.no-match", "/parent_customer")]),
        (8, [("imports.row.no-match", "/parent_customer")]),
    ]


def test_records_that_are_there_are_updated_where_something_differs(office: Office, tmp_path: Path) -> None:
    mapping = office.mapping(
        "maven_accounts", columns=[{"from": "name", "to": "name"}, {"from": "staff", "to": "employees"}]
    )
    office.run(mapping, write(tmp_path, "name,staff\nA,1\nB,2\nC,3\n"))

    again = office.run(mapping, write(tmp_path, "name,staff\nA,1\nB,20\nC,\nD,4\nA,9\n"), batch="b2")

    assert again.counts == Counts(5, created=1, updated=2, unchanged=1, failed=1)
    staff = {record.title: record.values["employees"] for record in office.all("customer")}
    assert staff == {"A": 1, "B": 20, "C": None, "D": 4}


def test_an_update_that_is_refused_undoes_only_itself(office: Office, tmp_path: Path) -> None:
    mapping = office.mapping(
        "maven_accounts",
        columns=[{"from": "no", "to": "short_name"}, {"from": "name", "to": "name"}],
        match_by=["short_name"],
    )
    office.run(mapping, write(tmp_path, "no,name\n1,A\n2,B\n3,C\n"))

    again = office.run(mapping, write(tmp_path, "no,name\n1,A2\n2,C\n3,C3\n"), batch="b2")

    assert again.counts == Counts(3, updated=2, failed=1)
    assert sorted(record.title for record in office.all("customer")) == ["A2", "B", "C3"]
    assert [one.row.number for one in office.failed("b2")] == [2]


@pytest.mark.thorough
def test_an_import_goes_on_where_it_was_interrupted(
    office: Office, monkeypatch: pytest.MonkeyPatch, steps: MakeSteps
) -> None:
    monkeypatch.setattr("runtime.imports.run.BATCH", 30)
    import_basics(office)
    mapping = renamed(office)
    for writes in (1, 2, 4, 3):
        with pytest.raises(Exception, match="killed"):
            office.run(mapping, MAVEN_200 / "sales_pipeline.csv", steps=steps(writes))

    result = office.run(mapping, MAVEN_200 / "sales_pipeline.csv")

    assert result.counts == Counts(200, created=200)
    assert office.by_stage()[0] == EXPECTED["stages"]


def test_a_file_without_a_column_is_refused_as_a_whole(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        office.run(office.mapping("maven_products"), write(tmp_path, "product,price\nA,1\n"))

    missing = [(problem.code, problem.params["column"]) for problem in caught.value.problems]
    assert missing == [
        ("imports.file.column-missing", "series"),
        ("imports.file.column-missing", "sales_price"),
    ]


def test_a_mapping_that_does_not_fit_the_form_any_more_is_refused(office: Office, tmp_path: Path) -> None:
    mapping = office.mapping("maven_products", columns=[{"from": "product", "to": "nmae"}], match_by=["nmae"])

    with pytest.raises(InputError) as caught:
        office.run(mapping, write(tmp_path, "product\nA\n"))

    assert [problem.code for problem in caught.value.problems] == ["apps.link.unknown-field"]


def test_who_may_not_import_imports_nothing(office: Office) -> None:
    rep = Actor(id=5, name="Rep", login="rep", roles=frozenset({"rep"}))

    with pytest.raises(Forbidden):
        office.run(office.mapping("maven_accounts"), MAVEN_200 / "accounts.csv", actor=rep)

    assert office.all("customer") == []


def test_history_needs_a_right_of_its_own(office: Office) -> None:
    manager = Actor(id=5, name="M", login="m", roles=frozenset({"director"}))

    with pytest.raises(Forbidden):
        office.run(office.mapping("maven_accounts"), MAVEN_200 / "accounts.csv", actor=manager)
    live = office.run(
        office.mapping("maven_accounts", mode="live"), MAVEN_200 / "accounts.csv", actor=manager, batch="b2"
    )

    assert live.counts.created == 20
    assert {record.values["owner"] for record in office.all("customer")} == {5}


def test_other_peoples_records_are_not_found_by_name(office: Office, tmp_path: Path) -> None:
    import_basics(office)
    manager = Actor(id=5, name="M", login="m", roles=frozenset({"manager"}), department_tree=(9,))
    mapping = office.mapping(
        "maven_accounts",
        form="contact",
        mode="live",
        columns=[{"from": "name", "to": "name"}, {"from": "customer", "to": "customer", "match": "name"}],
        constants={},
        match_by=["name"],
    )

    result = office.run(mapping, write(tmp_path, "name,customer\nJo,Aldermoor\n"), actor=manager)

    assert result.counts == Counts(1, failed=1)
    assert reasons(office.failed()) == [(1, [("imports.row.no-match", "/customer")])]


def test_a_right_that_is_taken_away_stops_the_import(
    office: Office, monkeypatch: pytest.MonkeyPatch, steps: MakeSteps
) -> None:
    monkeypatch.setattr("runtime.imports.run.BATCH", 5)
    able = Actor(id=5, name="M", login="m", roles=frozenset({"director"}))
    asked: list[int] = []

    def actor_of(_conn: object, _metadata: object) -> Actor:
        asked.append(1)
        return able if len(asked) < 4 else replace(able, roles=frozenset())

    order = ImportOrder("b1", office.mapping("maven_accounts", mode="live"), MAVEN_200 / "accounts.csv", "f")
    with pytest.raises((Forbidden, NotFound)):
        office.importer.run(office.workspace, actor_of, order, steps(None))

    assert 0 < len(office.all("customer")) < 20
