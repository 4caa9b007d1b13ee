import { describe, expect, it } from "vitest";
import type { FieldRender, FormRender, Value, Values } from "@/api";
import { FIELD_SPECS } from "../fields/specs";
import { clearedFields, createPayload, patchPayload } from "../model/payload";
import { compileProgram } from "../model/program";
import { settle, type Inputs } from "../model/settle";
import { validate } from "../model/validate";
import { defaultValues, editValues } from "../model/values";
import { isClaimed } from "./claims";
import { makeEvaluator } from "./evaluator";
import quote from "./fixtures/quote.json";

/** The demo's quote as the server draws it. */
const form = quote as unknown as FormRender;
const evaluator = makeEvaluator(form, "Asia/Shanghai");
const inputs = (values: Values): Inputs => ({ values, answers: {}, scope: { user: { id: 1 } } });
const row = (key: string, values: Values, id?: number) => ({
  key,
  values,
  ...(id === undefined ? {} : { id }),
});
const rows = (...list: ReturnType<typeof row>[]) => list as unknown as Value;

const field = (key: string, parts: Partial<FieldRender>): FieldRender => ({
  key,
  type: "text",
  label: key,
  access: "write",
  computed: false,
  visible: true,
  required: false,
  readonly: false,
  props: {},
  ...parts,
});
const formOf = (...fields: FieldRender[]): FormRender => ({
  ...form,
  fields: Object.fromEntries(fields.map((each) => [each.key, each])),
  layout: [],
  checks: [],
});
type Ir = readonly unknown[];
const is = (name: string, value: string) => ["cmp", "=", ["name", name], ["str", value]];

describe("formulas", () => {
  it("are computed through rows, totals and taxes in one pass", () => {
    const line = { product: { id: 3, title: "DTU" }, qty: 48, price: 18600, discount: 0.08 };

    const { values } = settle(
      compileProgram(form),
      evaluator,
      inputs({ lines: rows(row("r1", line)), tax_rate: 0.13 }),
    );

    expect(values["lines"]).toMatchObject([{ values: { amount: 821376 } }]);
    expect(values).toMatchObject({ subtotal: 821376, max_discount: 0.08, tax: 106778.88, total: 928154.88 });
  });

  it("are rounded half-even to the scale of their field", () => {
    const half = field("half", {
      type: "money",
      computed: true,
      formula: { id: "half.formula", ir: ["bin", "/", ["name", "a"], ["num", "8"]], deps: ["a"] },
      props: { scale: 2 },
    });
    const halves = formOf(field("a", { type: "number" }), half);

    const { values } = settle(compileProgram(halves), makeEvaluator(halves, "UTC"), inputs({ a: 1.0 }));

    expect(values["half"]).toBe(0.12);
  });

  it("are evaluated again only when what they read has changed", () => {
    const program = compileProgram(form);
    const evaluated: string[] = [];
    const watching = {
      ...evaluator,
      evaluate: (...args: Parameters<typeof evaluator.evaluate>) => (
        evaluated.push(args[0].id),
        evaluator.evaluate(...args)
      ),
    };
    const before = inputs({ lines: rows(), tax_rate: 0.13, name: "A" });
    const settled = settle(program, watching, before);
    evaluated.length = 0;

    const after = { ...before, values: { ...before.values, tax_rate: 0.09 } };
    settle(program, watching, after, { inputs: before, settled });

    expect(evaluated).toEqual(["tax.formula"]);
  });
});

describe("visibility", () => {
  const reason = field("reason", {
    visible: { id: "reason.visible", ir: is("stage", "lost"), deps: ["stage"] },
    required: true,
  });
  const note = field("note", {
    visible: { id: "note.visible", ir: ["cmp", "!=", ["name", "reason"], ["null"]], deps: ["reason"] },
  });
  const lost = formOf(field("stage", {}), note, reason);
  const run = (values: Values) => settle(compileProgram(lost), makeEvaluator(lost, "UTC"), inputs(values));

  it("hides what its condition says", () => {
    expect(run({ stage: "won" }).states["reason"]?.visible).toBe(false);
    expect(run({ stage: "lost" }).states["reason"]?.visible).toBe(true);
  });

  it("makes a hidden field empty for what reads it, but keeps what was entered", () => {
    const settled = run({ stage: "won", reason: "price" });

    expect(settled.states["note"]?.visible).toBe(false);
    expect(settled.values["reason"]).toBe("price");
  });

  it("frees a hidden field from being required", () => {
    const check = (values: Values) =>
      validate(lost, run(values), (each, value) => FIELD_SPECS[each.type].check(each, value));

    expect(check({ stage: "won" }).has("reason")).toBe(false);
    expect(check({ stage: "lost" }).get("reason")?.key).toBe("problem.required");
  });

  it("names stored values that saving will clear", () => {
    const stored = { stage: "lost", reason: "price" };

    expect(clearedFields(lost, run({ ...stored, stage: "won" }), stored).map(({ key }) => key)).toEqual([
      "reason",
    ]);
    expect(clearedFields(lost, run(stored), stored)).toEqual([]);
  });
});

describe("references", () => {
  const customer = { type: "relation", to: "customer" } as const;
  const fields = [field("customer", customer), field("other", customer), field("owner", { type: "member" })];
  const holds = (ir: Ir) => {
    const shown = formOf(...fields, field("note", { visible: { id: "note.visible", ir, deps: [] } }));
    const values = {
      customer: { id: 1, title: "Ada" },
      other: { id: 1, title: "Ada Ltd." },
      owner: { id: 1, title: "王小明" },
    };
    return settle(compileProgram(shown), makeEvaluator(shown, "UTC"), inputs(values)).states["note"]?.visible;
  };
  const name = (key: string) => ["name", key];
  const ours = (key: string) => ["path", name("record"), key];

  it("equal each other by id, whatever title they came with", () => {
    expect(holds(["cmp", "=", name("customer"), name("other")])).toBe(true);
    expect(holds(["cmp", "=", name("customer"), ours("other")])).toBe(true);
    expect(holds(["in", name("customer"), [["null"], name("other")]])).toBe(true);
    expect(holds(["in", name("customer"), [["null"]]])).toBe(false);
  });

  it("equal the one who acts", () => {
    expect(holds(["cmp", "=", name("owner"), name("user")])).toBe(true);
    expect(holds(["cmp", "!=", name("owner"), name("user")])).toBe(false);
  });
});

describe("expressions the browser does not hold", () => {
  const level = field("hint", {
    visible: {
      id: "hint.visible",
      ir: ["cmp", "=", ["path", ["name", "customer"], "level"], ["str", "a"]],
      deps: ["customer"],
    },
  });
  const needs = formOf(field("customer", { type: "relation", to: "customer" }), level);

  it("are not evaluated over a reference that came with id and title only", () => {
    expect(isClaimed(needs, level.visible as never)).toBe(false);
    expect(isClaimed(needs, { id: "x", ir: ["path", ["name", "customer"], "id"], deps: [] })).toBe(true);
    expect(isClaimed(needs, { id: "x", ir: null, deps: [] })).toBe(false);
  });

  it("are asked once per change and take the server's answer", () => {
    const program = compileProgram(needs);
    const own = makeEvaluator(needs, "UTC");
    const first = inputs({ customer: { id: 1, title: "A" } });
    const asked = settle(program, own, first);
    const answered = { ...first, answers: { "hint.visible": false } };

    const settled = settle(program, own, answered, { inputs: first, settled: asked });

    expect(asked.ask.map(({ expr }) => expr.id)).toEqual(["hint.visible"]);
    expect(asked.states["hint"]?.visible).toBe(true);
    expect(settled.ask).toEqual([]);
    expect(settled.states["hint"]?.visible).toBe(false);
  });
});

describe("defaults", () => {
  it("are constants and what the browser can evaluate", () => {
    const values = defaultValues(Object.values(form.fields), evaluator, {});

    expect(values["tax_rate"]).toBe(0.13);
    expect(values["valid_until"]).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

describe("what is sent", () => {
  const settled = (values: Values) => settle(compileProgram(form), evaluator, inputs(values));

  it("of a new record are the entered fields, references as ids, nothing computed", () => {
    const line = { product: { id: 3, title: "DTU" }, qty: 1, price: 100, discount: 0 };
    const values = {
      name: "Offer",
      customer: { id: 7, title: "ACME" },
      terms: null,
      lines: rows(row("new-1", line)),
      tax_rate: 0.13,
      state: "draft",
    };

    expect(createPayload(form, settled(values))).toEqual({
      name: "Offer",
      customer: 7,
      tax_rate: 0.13,
      valid_until: null,
      lines: [{ values: { product: 3, qty: 1, price: 100, discount: 0 } }],
    });
  });

  it("of a change are only the fields that differ", () => {
    const stored = editValues(form, { name: "Offer", customer: { id: 7, title: "ACME" }, tax_rate: 0.13 });

    const payload = patchPayload(
      form,
      settled({ ...stored, name: "Offer 2", customer: { id: 7, title: "Acme Inc." } }),
      stored,
    );

    expect(payload).toEqual({ name: "Offer 2" });
  });

  it("of a sub-table are operations on its rows", () => {
    const stored = {
      lines: rows(
        row("row-1", { qty: 1, price: 10, discount: 0 }, 1),
        row("row-2", { qty: 2, price: 20, discount: 0 }, 2),
      ),
    };
    const edited = {
      lines: rows(
        row("new-1", { qty: 5, price: 50, discount: 0 }),
        row("row-1", { qty: 3, price: 10, discount: 0 }, 1),
      ),
    };

    expect(patchPayload(form, settled(edited), stored)["lines"]).toEqual({
      create: [{ values: { qty: 5, price: 50, discount: 0 } }],
      update: [{ id: 1, values: { qty: 3 } }],
      delete: [2],
      order: [-1, 1],
    });
  });
});

describe("answers of the server", () => {
  const price = field("price", {
    type: "money",
    computed: true,
    formula: { id: "price.formula", ir: null, deps: ["product"] },
    props: { scale: 2 },
  });
  const asked = formOf(field("product", { type: "relation" }), price);

  it("fill a formula that only the server can compute", () => {
    const values = { product: { id: 1, title: "DTU" } };

    const settled = settle(compileProgram(asked), makeEvaluator(asked, "UTC"), {
      ...inputs(values),
      answers: { "price.formula": 12.5 },
    });

    expect(settled.values["price"]).toBe(12.5);
  });
});
