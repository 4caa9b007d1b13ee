import type { Values } from "@/api";

/** `fill: {price: "list_price"}`: our field price gets the target's list_price. */
export function filled(fill: Readonly<Record<string, string>>, target: Values): Values {
  return Object.fromEntries(Object.entries(fill).map(([own, theirs]) => [own, target[theirs] ?? null]));
}
