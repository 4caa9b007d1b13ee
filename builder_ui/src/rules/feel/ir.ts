/**
 * The JSON form of an expression as the server compiles it (`engine/rules/feel/ir.py`). There is no parser here.
 */
export type Ir =
  | readonly ["num", string]
  | readonly ["str", string]
  | readonly ["bool", boolean]
  | readonly ["null"]
  | readonly ["at", "date" | "time" | "datetime" | "days" | "months", string]
  | readonly ["name", string]
  | readonly ["path", Ir, string]
  | readonly ["bin", "+" | "-" | "*" | "/" | "**", Ir, Ir]
  | readonly ["neg", Ir]
  | readonly ["cmp", Order, Ir, Ir]
  | readonly ["and", ...Ir[]]
  | readonly ["or", ...Ir[]]
  | readonly ["between", Ir, Ir, Ir]
  | readonly ["in", Ir, readonly Ir[]]
  | readonly ["test", Order, Ir]
  | readonly ["range", string, Ir | null, Ir | null]
  | readonly ["if", Ir, Ir, Ir]
  | readonly ["for", readonly IrLoop[], Ir]
  | readonly ["some", readonly IrLoop[], Ir]
  | readonly ["every", readonly IrLoop[], Ir]
  | readonly ["filter", Ir, Ir]
  | readonly ["item", Ir, Ir]
  | readonly ["list", readonly Ir[]]
  | readonly ["ctx", readonly (readonly [string, Ir])[]]
  | readonly ["call", string, readonly Ir[]];

export type Order = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Name, source, and the end of `source..end`. */
export type IrLoop = readonly [string, Ir, Ir | null];
