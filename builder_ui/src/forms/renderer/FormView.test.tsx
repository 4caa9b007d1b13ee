import { QueryClientProvider } from "@tanstack/react-query";
import axe from "axe-core";
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  ApiProblem,
  keys,
  makeQueryClient,
  type FormRender,
  type Me,
  type RecordView,
  type Values,
} from "@/api";
import quote from "./fixtures/quote.json";
import { FormView, type FormViewProps } from "./FormView";

const form = quote as unknown as FormRender;
const me = {
  user: { id: 1, name: "Zhou", login: "zhou", language: "zh-CN", zone: "Asia/Shanghai" },
  roles: [],
  rights: {},
  apps: [],
  workspace: { name: "Q", currency: "CNY", zone: "Asia/Shanghai" },
  demo: false,
} satisfies Me;

const lost: FormRender = {
  ...form,
  fields: {
    stage: { ...form.fields["name"]!, key: "stage", label: "Stage", required: false },
    reason: {
      ...form.fields["name"]!,
      key: "reason",
      label: "Reason",
      required: true,
      visible: {
        id: "reason.visible",
        ir: ["cmp", "=", ["name", "stage"], ["str", "lost"]],
        deps: ["stage"],
      },
    },
  },
  layout: [
    { kind: "field", field: "stage", span: 6 },
    { kind: "field", field: "reason", span: 6 },
  ],
  checks: [],
};

let root: Root;
let container: HTMLElement;

beforeAll(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});

afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

function show(props: Partial<FormViewProps>): void {
  const queries = makeQueryClient();
  queries.setQueryData(keys.me, me);
  container = document.body.appendChild(document.createElement("main"));
  root = createRoot(container);
  act(() =>
    root.render(
      <QueryClientProvider client={queries}>
        <MemoryRouter>
          <FormView form={form} mode="create" {...props} />
        </MemoryRouter>
      </QueryClientProvider>,
    ),
  );
}

/** The input that a label, or its own spoken name, belongs to. */
function boxOf(name: string): HTMLInputElement | null {
  const label = [...document.querySelectorAll("label")].find((each) => each.textContent === name);
  const own = document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`);
  return label ? (document.getElementById(label.htmlFor) as HTMLInputElement | null) : own;
}

function box(name: string): HTMLInputElement {
  const found = boxOf(name);
  if (!found) throw new Error(`No box is called ${name}.`);
  return found;
}

const setText = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;

function type(name: string, text: string): void {
  act(() => {
    setText?.call(box(name), text);
    box(name).dispatchEvent(new Event("input", { bubbles: true }));
  });
}

async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll("button")].find((each) => each.textContent?.includes(name));
  if (!button) throw new Error(`No button is called ${name}.`);
  await act(async () => button.click());
}

const save = () => press("保存");

describe("a form being filled", () => {
  it("computes while rows are typed", async () => {
    show({ onSubmit: vi.fn() });
    await press("添加一行");

    type("单价，第 1 行", "100");
    type("数量，第 1 行", "3");
    type("折扣，第 1 行", "10");

    expect(box("小计，第 1 行").value).toBe("270.00");
    expect(box("价税合计").value).toBe("305.10");
  });

  it("says what is missing at the field, for screen readers too", async () => {
    const send = vi.fn();
    show({ form: lost, onSubmit: send, initial: { stage: "lost" } });

    await save();

    const reason = box("Reason");
    expect(reason.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(reason.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("必填");
    expect(send).not.toHaveBeenCalled();
  });

  it("shows and hides with its conditions, and sends only what is shown", async () => {
    const send = vi.fn<(values: Values) => Promise<void>>(() => Promise.resolve());
    show({ form: lost, onSubmit: send });
    expect(boxOf("Reason")).toBeNull();

    type("Stage", "lost");
    type("Reason", "price");
    type("Stage", "won");
    await save();

    expect(send).toHaveBeenCalledWith({ stage: "won" });
  });

  it("puts what the server refuses at the field it is about, the rest above", async () => {
    const problems = [
      { code: "a", message: "Taken", at: "/stage" },
      { code: "b", message: "Closed today", at: "" },
    ];
    show({ form: lost, onSubmit: () => Promise.reject(new ApiProblem(422, { problems })) });

    type("Stage", "won");
    await save();

    expect(document.querySelector("[role=alert]")?.textContent).toBe("Closed today");
    expect(box("Stage").getAttribute("aria-invalid")).toBe("true");
    type("Stage", "open");
    expect(box("Stage").getAttribute("aria-invalid")).toBeNull();
  });

  it("asks before stored values are cleared", async () => {
    const send = vi.fn<(values: Values) => Promise<void>>(() => Promise.resolve());
    const record: RecordView = { id: 1, rev: 1, title: "x", values: { stage: "lost", reason: "price" } };
    show({ form: lost, mode: "edit", record, onSubmit: send });

    type("Stage", "won");
    await save();

    expect(document.querySelector("[role=dialog]")?.textContent).toContain("Reason");
    expect(send).not.toHaveBeenCalled();
    await press("清空并保存");
    expect(send).toHaveBeenCalledWith({ stage: "won" });
  });

  it("asks the server once for what the browser does not hold", async () => {
    const asked: FormRender = {
      ...lost,
      fields: {
        ...lost.fields,
        reason: { ...lost.fields["reason"]!, visible: { id: "v", ir: null, deps: ["stage"] } },
      },
    };
    const ask = vi.fn(() => Promise.resolve(false));
    vi.useFakeTimers();
    show({ form: asked, ask });

    await act(async () => vi.runAllTimersAsync());

    expect(boxOf("Reason")).toBeNull();
    expect(ask).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});

describe("a form being read", () => {
  const record: RecordView = {
    id: 1,
    rev: 1,
    title: "Q1",
    values: { name: "Offer", total: 1234.5, tax_rate: 0.13, customer: { id: 7, title: "ACME" }, lines: [] },
  };

  it("shows facts instead of inputs", () => {
    show({ mode: "view", record });

    expect(container.querySelector("input, textarea")).toBeNull();
    const facts = [...container.querySelectorAll("dd")].map((fact) => fact.textContent);
    expect(facts).toEqual(expect.arrayContaining(["Offer", "¥1,234.50", "13 %", "ACME"]));
    expect(container.querySelector("a")?.getAttribute("href")).toBe("/forms/customer/7");
  });

  it.each(["view", "create"] as const)("or filled is free of accessibility faults: %s", async (mode) => {
    show({ mode, ...(mode === "view" ? { record } : { onSubmit: vi.fn() }) });

    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});
