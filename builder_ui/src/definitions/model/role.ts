/** A role document: what its holders may do with the records of each form (SEMANTICS §4). */
import type { Label } from "@/i18n";

/** In the order people read them; the first four have a column of their own. */
export const ACTIONS = [
  "view",
  "create",
  "edit",
  "delete",
  "copy",
  "import",
  "export",
  "print",
  "bulk",
  "transfer",
  "import_history",
] as const;
export type Action = (typeof ACTIONS)[number];

export const RIGHTS = ["builder", "users", "settings"] as const;
export const FILTERS = ["own", "department", "department_tree", "all"] as const;
export const LEVELS = ["write", "read", "mask", "hidden"] as const;
export type Level = (typeof LEVELS)[number];

export interface GrantDocument {
  readonly form: string;
  readonly actions: readonly string[];
  readonly record_filter?: string;
  readonly fields?: Readonly<Record<string, Level>>;
}

export interface RoleDocument {
  readonly key: string;
  readonly label: Label;
  readonly rights?: readonly string[];
  readonly grants?: readonly GrantDocument[];
}

export function grantOf(role: RoleDocument, form: string): GrantDocument | undefined {
  return role.grants?.find((grant) => grant.form === form);
}

export function actionsOf(grant: GrantDocument | undefined): ReadonlySet<string> {
  if (grant === undefined) return new Set();
  return new Set<string>(grant.actions.includes("*") ? ACTIONS : grant.actions);
}

/** With one grant changed; a new one sees the holder's own records, one without actions is taken out. */
export function withGrant(role: RoleDocument, form: string, change: Partial<GrantDocument>): RoleDocument {
  const grants = role.grants ?? [];
  const before = grantOf(role, form) ?? { form, actions: [], record_filter: "own" };
  const after = { ...before, ...change };
  const others = grants.filter((grant) => grant.form !== form);
  if (after.actions.length === 0) return { ...role, grants: others };
  const known = grantOf(role, form) !== undefined;
  return {
    ...role,
    grants: known ? grants.map((grant) => (grant.form === form ? after : grant)) : [...grants, after],
  };
}

/** Everything else needs the right to see: it comes with the first action, and takes all away when it goes. */
export function withAction(role: RoleDocument, form: string, action: Action, on: boolean): RoleDocument {
  const actions = new Set(actionsOf(grantOf(role, form)));
  if (on) actions.add(action).add("view");
  else if (action === "view") actions.clear();
  else actions.delete(action);
  const ordered = ACTIONS.filter((one) => actions.has(one));
  return withGrant(role, form, { actions: ordered.length === ACTIONS.length ? ["*"] : ordered });
}

type Levels = Readonly<Record<string, Level>>;

/** The level of a field that is not named: of a column its table's, of all others what `*` says. */
function inherited(levels: Levels, field: string): Level {
  const table = field.includes(".") ? levels[field.split(".")[0] ?? ""] : undefined;
  return table ?? levels["*"] ?? "write";
}

/** `*` is the level of the fields that are not named; a field at that level needs no line of its own. */
export function withLevel(role: RoleDocument, form: string, field: string, level: Level): RoleDocument {
  const levels: Levels = { "*": "write", ...grantOf(role, form)?.fields, [field]: level };
  const kept = Object.entries(levels).filter(
    ([name, each]) => name === "*" || each !== inherited(levels, name),
  );
  return withGrant(role, form, { fields: Object.fromEntries(kept) });
}

export function levelOf(grant: GrantDocument | undefined, field: string): Level {
  return grant?.fields?.[field] ?? inherited(grant?.fields ?? {}, field);
}

/** How many fields differ from the rest. */
export function exceptions(grant: GrantDocument | undefined): number {
  return Object.keys(grant?.fields ?? {}).filter((name) => name !== "*").length;
}

/** The FEEL text of a filter by condition; undefined for the named ones. */
export function conditionOf(grant: GrantDocument | undefined): string | undefined {
  const filter = grant?.record_filter ?? "own";
  return filter.startsWith("=") ? filter.slice(1) : undefined;
}

export function withRight(role: RoleDocument, right: string, on: boolean): RoleDocument {
  const rights = RIGHTS.filter((one) => (one === right ? on : role.rights?.includes(one)));
  const { rights: _old, ...rest } = role;
  return rights.length > 0 ? { ...rest, rights } : rest;
}
