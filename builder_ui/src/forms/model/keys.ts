/** Machine names (SEMANTICS §2): their shape, and how they are made from labels. */
import { pinyinWords } from "./pinyin";

const SHAPE = /^[a-z](_?[a-z0-9])*$/;
const LONGEST = 40;

/** Words of FEEL, names that expressions can see, and system fields (`engine/keys.py`). */
export const RESERVED: ReadonlySet<string> = new Set(
  [
    "and between else every external false for function if in instance not null of or return satisfies some then true",
    "initiator item nodes now old parent partial record records settings today user vars",
    "id rev created_at created_by updated_at updated_by deleted_at flow_status owner department",
  ].flatMap((words) => words.split(" ")),
);

/** Whether the text may name a field: the form of a key, and not reserved. */
export function isFreeKey(text: string): boolean {
  return isKey(text) && !RESERVED.has(text);
}

export function isKey(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text);
}

/** A key from a label, Chinese by pinyin: 预计毛利 → yu_ji_mao_li. "" where nothing in it can make one. */
export function keyFromLabel(label: string): string {
  const words = pinyinWords(label.normalize("NFKD"))
    .flatMap((word) => word.toLowerCase().split(/[^a-z0-9]+/))
    .filter(Boolean);
  const start = words.findIndex((word) => /^[a-z]/.test(word));
  return start < 0 ? "" : shortened(words.slice(start));
}

/** As many whole words as fit. */
function shortened(words: readonly string[]): string {
  return words.reduce((key, word) => {
    const longer = key ? `${key}_${word}` : word.slice(0, LONGEST);
    return longer.length <= LONGEST ? longer : key;
  }, "");
}

/** The wanted key, or with the first free number behind it. */
export function freeKey(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const tail = `_${number}`;
    const key = wanted.slice(0, LONGEST - tail.length).replace(/_$/, "") + tail;
    if (!used.has(key)) return key;
  }
}

/** The free key that a label makes; a reserved word gets the kind of thing behind it: 部门 → department_field. */
export function newKey(label: string, kind: string, taken: readonly string[]): string {
  const spelt = keyFromLabel(label) || kind;
  return freeKey(RESERVED.has(spelt) ? `${spelt}_${kind}` : spelt, taken);
}
