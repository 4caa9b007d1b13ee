/** Machine names (SEMANTICS §2), as far as the browser must know them: shape, length, uniqueness. */
const SHAPE = /^[a-z](_?[a-z0-9])*$/;
const LONGEST = 40;

export function isKey(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text);
}

/** A key from Latin letters and digits; "" where the label has none (the server knows pinyin). */
export function slug(label: string): string {
  const words = label
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join("_")
    .replace(/^[0-9_]+/, "");
  return words.slice(0, LONGEST).replace(/_$/, "");
}

/** The wanted key, or with the first free number behind it. */
export function freeKey(wanted: string, taken: ReadonlySet<string> | readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const tail = `_${number}`;
    const key = wanted.slice(0, LONGEST - tail.length) + tail;
    if (!used.has(key)) return key;
  }
}
