import { describe, expect, it } from "vitest";
import type { FieldRender } from "@/api";
import { conditionOf, newTrigger, removeTrigger, replaceTrigger, withActions, withCondition } from "./edits";
import { firstRule } from "./first";
import { printPerson, readPerson } from "./people";
import type { Rule } from "./tree";
import { fittingFields, kindsFor, newValue, printValue, readValue, writableFields } from "./values";

const field = (key: string, type: FieldRender["type"], more: Partial<FieldRender> = {}): FieldRender => ({
  ...{ key, type, label: key, access: "write", computed: false },
  ...{ visible: true, required: false, readonly: false, props: {} },
  ...more,
});
const RULE: Rule = {
  ...{ type: "Rule", label: "New", form: "lead", for_each: null, where: 'source = "website"' },
  triggers: [{ type: "Created", notes: ["why"] }, { type: "Deleted" }],
  do: [
    { type: "Upsert", form: "todo", by: ["lead"], values: [] },
    { type: "Notify", recipients: ["owner"], message: "Hello" },
  ],
};

describe("triggers of a rule", () => {
  it("leave everything else as it was", () => {
    const changed = replaceTrigger(RULE, 1, { type: "Saved" });

    expect(changed).toEqual({ ...RULE, triggers: [RULE.triggers![0], { type: "Saved" }] });
    expect(removeTrigger(RULE, 0).triggers).toEqual([{ type: "Deleted" }]);
  });

  it("take form and condition to `for each` when they become a schedule, and back", () => {
    const scheduled = replaceTrigger(RULE, 0, newTrigger("EveryDay", [])!);
    const again = replaceTrigger(scheduled, 0, { type: "Created" });

    expect(scheduled).toMatchObject({
      triggers: [{ type: "EveryDay", at: "09:00" }],
      form: null,
      where: null,
      for_each: { form: "lead", where: 'source = "website"' },
    });
    expect(conditionOf(scheduled)).toBe('source = "website"');
    expect(withCondition(scheduled, " ").for_each).toMatchObject({ form: "lead", where: null });
    expect(again).toMatchObject({ form: "lead", for_each: null, where: 'source = "website"' });
    expect(replaceTrigger(scheduled, 0, newTrigger("EveryMinutes", [])!).for_each).toEqual(
      scheduled.for_each,
    );
  });

  it("count from a date only where there is one", () => {
    expect(newTrigger("RelativeDate", [field("name", "text")])).toBeUndefined();
    expect(newTrigger("RelativeDate", [field("due", "date")])).toMatchObject({ field: "due", at: "09:00" });
    expect(newTrigger("RelativeDate", [field("due", "datetime")])).toMatchObject({ at: null });
  });
});

describe("actions of a rule", () => {
  it("are changed in their branch only", () => {
    const [first, second] = RULE.do!;

    expect(withActions(RULE, "do", [second!, first!])).toEqual({ ...RULE, do: [second, first] });
    expect(withActions(RULE, "otherwise", [first!])).toMatchObject({ do: RULE.do, otherwise: [first] });
  });
});

describe("a value", () => {
  const own = [
    field("name", "text"),
    field("amount", "money"),
    field("customer", "relation", { to: "customer" }),
    field("owner", "member"),
  ];
  const scope = { own, form: "lead", foreign: false };
  const foreign = { ...scope, foreign: true };
  const lead = field("lead", "relation", { to: "lead" });

  it.each([
    ["null", field("a", "text"), scope],
    ['"a \\"b\\""', field("a", "text"), scope],
    ["-12.50", field("a", "money"), scope],
    ["true", field("a", "checkbox"), scope],
    ["today()", field("a", "date"), scope],
    ['today() - duration("P3D")', field("a", "date"), scope],
    ['date("2026-11-24")', field("a", "date"), scope],
    ['now() + duration("PT4H")', field("a", "datetime"), scope],
    ['now() + duration("P2D")', field("a", "datetime"), scope],
    ["name", field("a", "text"), scope],
    ["record.amount", field("a", "number"), foreign],
    ["record", lead, scope],
    ["user", field("a", "member"), scope],
  ])("that reads %s is chosen, and printed as it was", (text, target, where) => {
    const value = readValue(text, target, where);

    expect(value.kind).not.toBe("feel");
    expect(printValue(value, where)).toBe(text);
  });

  it.each([
    ["amount * 2", field("a", "number"), scope],
    ["amount", field("a", "number"), foreign],
    ["12", field("a", "text"), scope],
    ["record", field("a", "relation", { to: "deal" }), scope],
    ["anything", undefined, scope],
  ])("that reads %s stays text", (text, target, where) => {
    expect(readValue(text, target, where)).toEqual({ kind: "feel", text });
  });

  it("is offered what fits the field", () => {
    expect(kindsFor(field("a", "number"), scope)).toEqual(["number", "field", "empty", "feel"]);
    expect(kindsFor(lead, scope)).toEqual(["record", "empty", "feel"]);
    expect(fittingFields(field("a", "relation", { to: "customer" }), own).map(({ key }) => key)).toEqual([
      "customer",
    ]);
    expect(printValue(newValue("field", field("a", "text"), scope), foreign)).toBe("record.name");
    expect(writableFields([field("no", "auto_number"), field("x", "text", { computed: true })])).toEqual([]);
  });
});

describe("people", () => {
  it.each(["owner", "manager(owner)", 'group("east")', 'role("sales")', "user"])(
    "written %s are chosen, and printed as they were",
    (text) => {
      const person = readPerson(text, ["owner"]);

      expect(person.kind).not.toBe("feel");
      expect(printPerson(person)).toBe(text);
    },
  );

  it("written otherwise stay text", () => {
    expect(readPerson("customer.owner", ["owner"])).toEqual({ kind: "feel", text: "customer.owner" });
    expect(readPerson("manager(creator)", ["owner"]).kind).toBe("feel");
  });
});

describe("a new rule", () => {
  it("begins with its name and its event", () => {
    expect(firstRule('新"线索', "lead", "Created")).toBe('rule "新\\"线索" on lead\nwhen  created\n');
    expect(firstRule("每日", "lead", "EveryDay")).toBe('rule "每日"\nevery day at 09:00\nfor each lead\n');
  });
});
