"""A small workspace that the tests of the rule language talk about."""

from __future__ import annotations

from collections.abc import Mapping

from engine.rules.feel import Result
from engine.rules.feel.types import (
    BOOLEAN,
    DATE,
    DATE_TIME,
    NUMBER,
    STRING,
    ContextType,
    FeelType,
    ListType,
    SelectType,
)
from engine.rules.language.known import (
    ConnectorShape,
    DecisionShape,
    FieldShape,
    FormShape,
    Known,
    TemplateShape,
)
from engine.values import DateTime

USER = ContextType(fields={"id": NUMBER, "title": STRING, "roles": ListType(item=STRING)})
CUSTOMER_TYPE = ContextType(
    fields={"id": NUMBER, "title": STRING, "status": STRING, "owner": USER, "visits": NUMBER}
)


def zh(chinese: str, english: str) -> Mapping[str, str]:
    return {"zh-CN": chinese, "en": english}


def field(
    key: str, label: Mapping[str, str], kind: str, feel: FeelType, target: str | None = None, **more: object
) -> FieldShape:
    return FieldShape(key, label, kind, feel, target, **more)  # type: ignore[arg-type]


def select(key: str, label: Mapping[str, str], **options: Mapping[str, str]) -> FieldShape:
    return FieldShape(key, label, "select", SelectType(keys=tuple(options)), options=options)


def form(key: str, label: Mapping[str, str], *fields: FieldShape) -> FormShape:
    system = (
        field("id", zh("编号", "ID"), "number", NUMBER, writable=False),
        field("created_at", zh("创建时间", "Created at"), "datetime", DATE_TIME, writable=False),
        field("owner", zh("负责人", "Owner"), "member", USER, "user"),
    )
    return FormShape(key, label, {one.key: one for one in (*fields, *system)})


LEAD = form(
    "lead",
    zh("线索", "Lead"),
    field("company", zh("公司", "Company"), "text", STRING),
    field("email", zh("邮箱", "Email"), "text", STRING),
    select("source", zh("来源", "Source"), website=zh("官网", "Website"), expo=zh("展会", "Expo")),
    select("tier", zh("等级", "Tier"), a=zh("甲", "A"), b=zh("乙", "B")),
    field("employees", zh("员工数", "Employees"), "number", NUMBER),
    field("lead_score", zh("线索得分", "Lead score"), "number", NUMBER),
    field("number", zh("线索号", "Number"), "auto_number", STRING, writable=False),
    field("due_on", zh("到期日", "Due on"), "date", DATE),
    field("active", zh("有效", "Active"), "checkbox", BOOLEAN),
)
DEAL = form(
    "opportunity",
    zh("商机", "Opportunity"),
    field("amount", zh("金额", "Amount"), "money", NUMBER),
    select(
        "stage", zh("阶段", "Stage"), open=zh("洽谈", "Open"), won=zh("赢单", "Won"), lost=zh("输单", "Lost")
    ),
    field("customer", zh("客户", "Customer"), "relation", CUSTOMER_TYPE, "customer"),
    field("health", zh("健康度", "Health"), "text", STRING),
)
CUSTOMER = form(
    "customer",
    zh("客户", "Customer"),
    select("status", zh("状态", "Status"), active=zh("正式", "Active"), lost=zh("流失", "Lost")),
    field("last_won_on", zh("最近成交", "Last won on"), "date", DATE),
    field("visits", zh("拜访数", "Visits"), "number", NUMBER),
)
CONTRACT = form(
    "contract",
    zh("合同", "Contract"),
    field("customer", zh("客户", "Customer"), "relation", CUSTOMER_TYPE, "customer"),
    field(
        "opportunity",
        zh("商机", "Opportunity"),
        "relation",
        ContextType(fields={"id": NUMBER}),
        "opportunity",
    ),
    field("amount", zh("金额", "Amount"), "money", NUMBER),
)
TASK = form(
    "task",
    zh("任务", "Task"),
    field("title", zh("标题", "Title"), "text", STRING),
    field("due_at", zh("截止", "Due at"), "datetime", DATE_TIME),
    field("lead", zh("线索", "Lead"), "relation", ContextType(fields={"id": NUMBER}), "lead"),
)


def _tier(inputs: Mapping[str, object], now: DateTime) -> Result:
    employees = inputs["employees"]
    return Result("a" if isinstance(employees, int) and employees > 100 else "b")


KNOWN = Known(
    forms={one.key: one for one in (LEAD, DEAL, CUSTOMER, CONTRACT, TASK)},
    decisions={"lead_tier": DecisionShape(zh("线索分级", "Lead tier"), {"employees": NUMBER}, STRING, _tier)},
    connectors={"erp.order": ConnectorShape(zh("ERP 订单", "ERP order"), {"amount": True, "note": False})},
    templates={"new_lead": TemplateShape(zh("新线索提醒", "New lead"), "lead")},
    calendars={"office": zh("办公日历", "Office")},
    roles={"sales_director": zh("销售总监", "Sales director")},
    groups={"east": zh("华东", "East")},
    user=USER,
)
