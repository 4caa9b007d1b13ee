/** Numbers as people type and read them. Fields hold at most 15 digits, which a JSON number carries exactly. */
import { Decimal } from "decimal.js";
import { formatNumber } from "@/i18n";

const Exact = Decimal.clone({ precision: 40, toExpNeg: -40, toExpPos: 40 });
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const DIGITS = 15;

/** The typed text as a number; `percent`: 13 is entered for the stored 0.13. Undefined: not a number we hold. */
export function parseEntry(text: string, percent = false): number | null | undefined {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s,¥$€%]/g, "")
    .replace(/。/g, ".");
  if (plain === "") return null;
  if (!NUMBER.test(plain)) return undefined;
  const number = percent ? new Exact(plain).div(100) : new Exact(plain);
  return number.precision(true) > DIGITS ? undefined : number.toNumber();
}

/** The number as it stands in the box while it is edited: no separators, percent times 100. */
export function entryText(value: number | null, percent = false): string {
  if (value === null) return "";
  const number = new Exact(value);
  return (percent ? number.times(100) : number).toFixed();
}

/** The number as it stands in the box while nobody edits it; `scale` shows that many digits, zeros too; `grouping` false: no separators. */
export function restingText(
  value: number | null,
  options: { scale?: number | undefined; grouping?: boolean | undefined } = {},
  percent = false,
): string {
  if (value === null) return "";
  return percent ? `${formatNumber(entryText(value, true))} %` : formatNumber(value, options);
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** Digits behind the point. */
export function scaleOf(value: number): number {
  return new Exact(value).decimalPlaces();
}
