import type { Value } from "./types";

/** Nothing entered: null, an empty text or a table without rows. false and 0 are values. */
export function isEmpty(value: Value | undefined): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
