/** Who is meant by `among` and `notify`: what can be chosen is read from its FEEL text, everything else stays text. */

export type PersonForm =
  | { readonly kind: "field"; readonly path: string }
  | { readonly kind: "manager"; readonly path: string }
  | { readonly kind: "group"; readonly key: string }
  | { readonly kind: "role"; readonly key: string }
  | { readonly kind: "user" }
  | { readonly kind: "feel"; readonly text: string };

const CALL = /^(group|role)\("([^"\\]+)"\)$/;
const MANAGER = /^manager\(([a-z_][a-z0-9_]*)\)$/;

/** `known` = keys of the record's fields that hold people. */
export function readPerson(text: string, known: readonly string[]): PersonForm {
  const trimmed = text.trim();
  const call = CALL.exec(trimmed);
  if (call) return { kind: call[1] as "group" | "role", key: call[2]! };
  const manager = MANAGER.exec(trimmed)?.[1];
  if (manager !== undefined && known.includes(manager)) return { kind: "manager", path: manager };
  if (trimmed === "user") return { kind: "user" };
  return known.includes(trimmed) ? { kind: "field", path: trimmed } : { kind: "feel", text };
}

export function printPerson(person: PersonForm): string {
  switch (person.kind) {
    case "field":
      return person.path;
    case "manager":
      return `manager(${person.path})`;
    case "group":
    case "role":
      return `${person.kind}("${person.key}")`;
    case "user":
      return "user";
    case "feel":
      return person.text;
  }
}
