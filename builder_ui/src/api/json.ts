/**
 * JSON with exact numbers. The server writes decimals as JSON numbers of up to 34 digits; a double keeps 15.
 * A number with more digits is read as its text and written back as the same number.
 */
interface Source {
  source?: string;
}

type Reviver = (key: string, value: unknown, context?: Source) => unknown;

function beyondDouble(source: string): boolean {
  const digits = source
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "");
  return digits.length > 15;
}

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === "number" && context?.source && beyondDouble(context.source) ? context.source : value;

export function parseJson(text: string): unknown {
  return JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]);
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Decimal text as a JSON number with every digit; where the browser lacks raw JSON, the nearest double. */
export function exactNumber(text: string): unknown {
  if (!NUMBER.test(text)) throw new RangeError(`Not a JSON number: ${text}`);
  const raw = (JSON as { rawJSON?: (source: string) => unknown }).rawJSON;
  return raw && beyondDouble(text) ? raw(text) : Number(text);
}
