import { useState } from "react";
import { useT } from "@/i18n";
import { readTests, writeTests, type InputCell, type Literal, type Test } from "./model/cell";
import type { Style } from "./model/style";
import { outputFromTyped, testsFromTyped, typedFromOutput, typedFromTests } from "./model/typed";

interface Props {
  style: Style;
  typed: string;
  onType: (typed: string) => void;
  onDone: (typed: string) => void;
}

const COMPARISONS = ["=", "!=", "<", "<=", ">", ">=", "range"] as const;
type Operation = (typeof COMPARISONS)[number];

/** A comparison with figures or dates: what kind, and with what. */
export function Range({ style, typed, onType, onDone }: Props) {
  const t = useT();
  const cell = readTests(testsFromTyped(typed, style));
  const current = operationOf(cell);
  const test = cell.kind === "tests" ? cell.tests[0] : undefined;
  const pick = (operation: Operation) => onType(typedOf(operation, test, style));
  return (
    <div className="range">
      <div className="ops" role="group" aria-label={t("decisions.pick.operation")}>
        <button type="button" className="btn xs" onClick={() => onDone("-")}>
          {t("decisions.any")}
        </button>
        {COMPARISONS.map((one) => (
          <button
            key={one}
            type="button"
            className={one === current ? "btn xs sel" : "btn xs"}
            aria-pressed={one === current}
            onClick={() => pick(one)}
          >
            {t(`decisions.pick.op.${one}`)}
          </button>
        ))}
        <button
          type="button"
          className="btn xs"
          onClick={() => onDone(typedFromTests(readTests("null"), style))}
        >
          {t("decisions.empty")}
        </button>
      </div>
      {test?.op === "range" ? (
        <Ends
          test={test}
          style={style}
          onTest={(next) => onType(typedFromTests(tests(next, false), style))}
        />
      ) : (
        test && (
          <ValueBox
            label={t("decisions.pick.value")}
            value={test.value}
            style={style}
            onValue={(value) => {
              const negated = cell.kind === "tests" && cell.negated;
              onType(typedFromTests(tests({ ...test, value }, negated), style));
            }}
          />
        )
      )}
    </div>
  );
}

const tests = (test: Test, negated: boolean): InputCell =>
  readTests(writeTests({ kind: "tests", negated, tests: [test] }));

function operationOf(cell: InputCell): Operation | null {
  if (cell.kind !== "tests" || cell.tests.length !== 1) return null;
  const [test] = cell.tests;
  if (!test) return null;
  if (test.op === "=") return cell.negated ? "!=" : "=";
  return cell.negated ? null : test.op;
}

/** Another comparison with the same figures; without one it begins at zero, or today. */
function typedOf(operation: Operation, before: Test | undefined, style: Style): string {
  const first = before ? (before.op === "range" ? before.low : before.value) : fresh(style);
  const second = before?.op === "range" ? before.high : before ? first : farther(style);
  if (operation === "range") {
    const range: Test = { op: "range", low: first, high: second, lowIn: true, highIn: true };
    return typedFromTests(tests(range, false), style);
  }
  const op = operation === "!=" ? "=" : operation;
  return typedFromTests(tests({ op, value: first }, operation === "!="), style);
}

function fresh({ kind }: Style): Literal {
  if (kind !== "date") return { kind: "number", text: "0" };
  return { kind: "temporal", maker: "date", text: new Date().toISOString().slice(0, 10) };
}

/** An end for a range that nobody has thought of yet. */
function farther(style: Style): Literal {
  const begun = fresh(style);
  return begun.kind === "number" ? { ...begun, text: style.kind === "percent" ? "0.1" : "100" } : begun;
}

interface EndsProps {
  test: Extract<Test, { op: "range" }>;
  style: Style;
  onTest: (test: Test) => void;
}

function Ends({ test, style, onTest }: EndsProps) {
  const t = useT();
  return (
    <div className="ends">
      <ValueBox
        label={t("decisions.pick.from")}
        value={test.low}
        style={style}
        onValue={(low) => onTest({ ...test, low })}
      />
      <Included
        label={t("decisions.pick.from.included")}
        on={test.lowIn}
        onChange={(lowIn) => onTest({ ...test, lowIn })}
      />
      <ValueBox
        label={t("decisions.pick.to")}
        value={test.high}
        style={style}
        onValue={(high) => onTest({ ...test, high })}
      />
      <Included
        label={t("decisions.pick.to.included")}
        on={test.highIn}
        onChange={(highIn) => onTest({ ...test, highIn })}
      />
    </div>
  );
}

function Included({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

interface ValueBoxProps {
  label: string;
  value: Literal;
  style: Style;
  onValue: (value: Literal) => void;
}

/** What is typed here is told once it is a value of the column; until then it stands as it was typed. */
function ValueBox({ label, value, style, onValue }: ValueBoxProps) {
  const [own, setOwn] = useState("");
  const typed = typedFromOutput({ kind: "values", values: [value] }, style);
  const isOwn = own !== "" && (valueOf(own, style) === null || sameText(valueOf(own, style), value));
  return (
    <label className="value">
      <span>{label}</span>
      <input
        className="input sm"
        type={style.kind === "date" ? "date" : "text"}
        inputMode={style.kind === "date" ? undefined : "decimal"}
        value={isOwn ? own : typed}
        onChange={(event) => {
          setOwn(event.target.value);
          const next = valueOf(event.target.value, style);
          if (next && next.kind === value.kind) onValue(next);
        }}
        onBlur={() => setOwn("")}
      />
    </label>
  );
}

function valueOf(typed: string, style: Style): Literal | null {
  const cell = readTests(outputFromTyped(typed, style));
  const [test] = cell.kind === "tests" ? cell.tests : [];
  return test?.op === "=" ? test.value : null;
}

const sameText = (one: Literal | null, other: Literal) => JSON.stringify(one) === JSON.stringify(other);
