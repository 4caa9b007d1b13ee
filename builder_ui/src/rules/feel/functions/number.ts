import { Decimal as Base } from "decimal.js";
import { finite, negate } from "../arithmetic";
import type { Months } from "../values";
import { Decimal, Fault, isNumber, Nanos, type FeelValue } from "../values";
import { overload, type Overload } from "./signature";

const Wide = Base.clone({ precision: 300, minE: -9e15, maxE: 9e15 });

/** `value` at `scale` decimals. */
export function rounded(value: Base, scale: Base, rounding: Base.Rounding): Base {
  if (scale.lt(-6111) || scale.gt(6176)) throw new Fault("feel.function.scale");
  const digits = scale.trunc().toNumber();
  if (value.decimalPlaces() <= digits && digits >= 0) return value;
  if (digits >= 0) return new Decimal(value.toDecimalPlaces(digits, rounding)).toSignificantDigits(34);
  const unit = new Wide(10).pow(-digits);
  return new Decimal(new Wide(value).div(unit).toDecimalPlaces(0, rounding).mul(unit).toFixed());
}

const rounding = (mode: Base.Rounding, scale: "number" | "number?"): readonly Overload[] => [
  overload(`number,${scale}`, (value: Base, digits?: Base | null) => {
    if (digits === null) throw new Fault("feel.function.null-argument");
    return rounded(value, digits ?? new Decimal(0), mode);
  }),
];

function absolute(value: Base | Nanos | Months): FeelValue {
  if (isNumber(value)) return value.abs();
  const negative = value instanceof Nanos ? value.nanos < 0n : value.months < 0;
  return negative ? negate(value) : value;
}

function modulo(dividend: Base, divisor: Base): Base {
  if (divisor.isZero()) throw new Fault("feel.value.division-by-zero");
  if (dividend.isInteger() && divisor.isInteger()) return new Decimal(dividend).mod(divisor);
  return Decimal.sub(dividend, Decimal.mul(divisor, Decimal.div(dividend, divisor).floor()));
}

function root(value: Base): Base {
  if (value.isNegative() && !value.isZero()) throw new Fault("feel.function.value");
  return finite(Decimal.sqrt(value));
}

export const NUMBER: Readonly<Record<string, readonly Overload[]>> = {
  decimal: rounding(Base.ROUND_HALF_EVEN, "number"),
  floor: rounding(Base.ROUND_FLOOR, "number?"),
  ceiling: rounding(Base.ROUND_CEIL, "number?"),
  "round up": rounding(Base.ROUND_UP, "number"),
  "round down": rounding(Base.ROUND_DOWN, "number"),
  "round half up": rounding(Base.ROUND_HALF_UP, "number"),
  "round half down": rounding(Base.ROUND_HALF_DOWN, "number"),
  abs: [overload("number|days and time duration|years and months duration", absolute)],
  modulo: [overload("number,number", modulo)],
  sqrt: [overload("number", root)],
  odd: [overload("number", (value: Base) => new Decimal(value).mod(2).eq(1))],
  even: [overload("number", (value: Base) => new Decimal(value).mod(2).isZero())],
};
