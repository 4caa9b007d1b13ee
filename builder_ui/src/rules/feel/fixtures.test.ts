import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporalText } from "./calendarText";
import { evaluate, momentOf, readContext, run, type EvaluationContext, type Ir, type Json } from "./index";
import {
  FeelDate,
  FeelDateTime,
  FeelRange,
  FeelTime,
  isContext,
  isList,
  isNumber,
  Months,
  type FeelValue,
} from "./values";

/** Further cases may lie elsewhere: `tests/engine/rules/feel/test_browser.py` writes those of the DMN TCK. */
const FOLDER = process.env["DOUGONG_FEEL_FIXTURES"] ?? resolve(process.cwd(), "../tests/fixtures/feel");

interface Case {
  readonly text: string;
  readonly ir: Ir | null;
  readonly value: Json;
  readonly problems: readonly string[];
  /** Names of this case alone, beside those of its file. */
  readonly types?: EvaluationContext["types"];
  readonly values?: EvaluationContext["values"];
}

interface FixtureFile extends EvaluationContext {
  readonly now: string;
  readonly cases: readonly Case[];
}

/** As `plain` of `tests/engine/rules/feel/fixture_files.py`. */
function plain(value: FeelValue): unknown {
  if (isList(value)) return value.map(plain);
  if (isContext(value)) return Object.fromEntries([...value].map(([name, item]) => [name, plain(item)]));
  if (isNumber(value)) {
    const text = value.isZero() ? "0" : value.toFixed();
    const digits = text.replace("-", "").replace(".", "").replace(/^0+/, "");
    const small = !value.isZero() && value.abs().lt("0.0001");
    const exact = digits.length <= 15 && !small && String(Number(text)) === text;
    return exact ? Number(text) : { number: text };
  }
  if (value instanceof FeelRange) {
    const brackets = (value.lowIncluded ? "[" : "(") + (value.highIncluded ? "]" : ")");
    return { range: [value.operator || brackets, plain(value.low), plain(value.high)] };
  }
  if (value === null || typeof value !== "object") return value;
  return { [tagOf(value)]: temporalText(value as FeelDate) };
}

function tagOf(value: FeelValue): string {
  if (value instanceof FeelDate) return "date";
  if (value instanceof FeelTime) return "time";
  if (value instanceof FeelDateTime) return "datetime";
  return value instanceof Months ? "months" : "days";
}

/** 0.000001 and 1e-6 are one number; both sides are compared by value. */
const readable = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".json"))) {
  const file = JSON.parse(readFileSync(resolve(FOLDER, name), "utf8")) as FixtureFile;
  describe(`the browser answers as the server: ${name}`, () => {
    const now = momentOf(file.now, file.zone);
    for (const { text, ir, value, problems, ...own } of file.cases) {
      if (ir === null) continue;
      it(text, () => {
        const types = { ...file.types, ...own.types };
        const names = readContext({ ...file, types, values: { ...file.values, ...own.values } });
        const outcome = run(ir, names, now, new Set(Object.keys(types)));

        expect(readable(plain(outcome.value))).toEqual(value);
        expect(outcome.problems.map((problem) => problem.code)).toEqual(problems);
      });
    }
  });
}

describe("evaluate", () => {
  const context: EvaluationContext = {
    values: { amount: 0.1, due: "2026-02-28", seen: "2026-01-30T16:30:00Z", other: 5 },
    types: { amount: "number", due: "date", seen: "datetime", late: "date" },
    zone: "Asia/Shanghai",
  };
  const of = (ir: Ir) => evaluate(ir, context, "2026-01-31T00:30:00Z").value;

  it("takes and gives JSON: numbers, ISO dates, moments in UTC", () => {
    expect(of(["bin", "+", ["name", "amount"], ["num", "0.2"]])).toBe(0.3);
    expect(of(["bin", "+", ["name", "due"], ["at", "days", "P1D"]])).toBe("2026-03-01");
    expect(of(["name", "seen"])).toBe("2026-01-30T16:30:00Z");
    expect(of(["call", "today", []])).toBe("2026-01-31");
  });

  it("sees only what is declared", () => {
    const codes = (ir: Ir) => evaluate(ir, context, new Date(0)).problems.map((problem) => problem.code);

    expect(codes(["name", "other"])).toEqual(["feel.name.unknown"]);
    expect(codes(["name", "late"])).toEqual(["feel.name.absent"]);
    expect(codes(["path", ["ctx", []], "constructor"])).toEqual(["feel.name.no-entry"]);
  });
});
