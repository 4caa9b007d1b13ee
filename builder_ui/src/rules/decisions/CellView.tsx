import { memo } from "react";
import { useT, type Translate } from "@/i18n";
import { Icon } from "@/ui";
import { readOutput, readTests, type Test } from "./model/cell";
import type { Area } from "./model/sheet";
import { shownLiteral, type Style } from "./model/style";
import { SHOWN } from "./model/typed";

interface Props {
  area: Area;
  text: string;
  style: Style;
  /** Of outputs with a few small numbers: the largest, drawn as so many steps. */
  steps?: number | undefined;
}

/** What a cell says: values and comparisons as chips, everything else as its FEEL text. */
export const CellView = memo(function CellView({ area, text, style, steps }: Props) {
  const t = useT();
  if (area === "annotations") return <span className="ink2 ell">{text}</span>;
  return area === "inputs" ? inputView(text, style, t) : <Output text={text} style={style} steps={steps} />;
});

function inputView(text: string, style: Style, t: Translate) {
  const cell = readTests(text);
  if (cell.kind === "any") return <AnyValue label={t("decisions.any")} />;
  if (cell.kind === "feel") return <Feel text={cell.text} />;
  return (
    <span className="chips">
      {cell.negated && <span className="not">{t("decisions.not")}</span>}
      {cell.tests.map((test, at) => (
        <span key={at} className={test.op === "range" ? "chip r" : "chip v"} title={spoken(test, style, t)}>
          <TestText test={test} style={style} />
        </span>
      ))}
    </span>
  );
}

function AnyValue({ label }: { label: string }) {
  return (
    <span className="any" title={label}>
      <span aria-hidden>—</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}

function Feel({ text }: { text: string }) {
  return (
    <span className="chip feel" title={text}>
      <Icon name="formula" size="s" />
      <code className="ell">{text}</code>
    </span>
  );
}

function TestText({ test, style }: { test: Test; style: Style }) {
  if (test.op === "=") return <>{shownLiteral(test.value, style)}</>;
  if (test.op !== "range") return <>{`${SHOWN[test.op]} ${shownLiteral(test.value, style)}`}</>;
  const low = shownLiteral(test.low, style);
  return (
    <>
      {style.kind === "percent" ? low.replace(/\s*%$/, "") : low}
      <em>{test.lowIn ? "≤" : "<"}</em>…<em>{test.highIn ? "≤" : "<"}</em>
      {shownLiteral(test.high, style)}
    </>
  );
}

/** The test as one says it, for the pointer that rests on it. */
export function spoken(test: Test, style: Style, t: Translate): string {
  if (test.op === "=") return shownLiteral(test.value, style);
  if (test.op !== "range") return t(`decisions.op.${test.op}`, { value: shownLiteral(test.value, style) });
  const low = t(`decisions.op.${test.lowIn ? ">=" : ">"}`, { value: shownLiteral(test.low, style) });
  const high = t(`decisions.op.${test.highIn ? "<=" : "<"}`, { value: shownLiteral(test.high, style) });
  return t("decisions.op.both", { low, high });
}

/** Unary tests in a sentence: chips in a row, or "any". */
export function TestsView({ text, style }: { text: string; style: Style }) {
  return inputView(text, style, useT());
}

export function Output({ text, style, steps }: Omit<Props, "area">) {
  const cell = readOutput(text);
  if (cell.kind === "none") return null;
  if (cell.kind === "feel") return <Feel text={cell.text} />;
  const shown = cell.values.map((value) => shownLiteral(value, style)).join(", ");
  const [value] = cell.values;
  const level = steps !== undefined && value?.kind === "number" ? Number(value.text) : undefined;
  if (level === undefined) return <span className="ell">{shown}</span>;
  return (
    <span className="lvl">
      {shown}
      <i aria-hidden>
        {Array.from({ length: steps ?? 0 }, (_, at) => (
          <s key={at} className={at < level ? "on" : ""} />
        ))}
      </i>
    </span>
  );
}

const MOST_STEPS = 6;

/** The number of steps of an output whose values are a few small whole numbers. */
export function stepsOf(texts: readonly string[], style: Style): number | undefined {
  if (style.kind !== "number") return undefined;
  const levels = texts.flatMap((text) => {
    const cell = readOutput(text);
    if (cell.kind === "none") return [];
    const [value] = cell.kind === "values" && cell.values.length === 1 ? cell.values : [];
    return [value?.kind === "number" ? Number(value.text) : Number.NaN];
  });
  const most = Math.max(...levels);
  const fits = levels.every((level) => Number.isInteger(level) && level >= 0 && level <= MOST_STEPS);
  return fits && levels.length > 1 && most >= 2 ? most : undefined;
}
