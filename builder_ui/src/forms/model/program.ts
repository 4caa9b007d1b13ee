/**
 * The expressions of a form, in the order in which they must be evaluated.
 *
 * Visibility and formulas are one dependency graph (SEMANTICS §3): what is hidden counts as empty for everything
 * that reads it. The server refuses cycles at publish; here a cycle only means that the order is arbitrary.
 */
import type { Condition, Expr, FieldRender, FormRender, LayoutNode } from "@/api";

export type RuleKind = "visible" | "formula" | "required" | "readonly" | "group" | "check" | "default";

/** One expression with its target. `sub`: evaluated once per row of the sub-table `field`. */
export interface Rule {
  readonly kind: RuleKind;
  readonly expr: Expr;
  /** Field key, layout id of a group, or id of a check. */
  readonly field: string;
  readonly sub?: string;
  /** First segments of everything it reads. */
  readonly reads: ReadonlySet<string>;
}

export interface Program {
  readonly form: FormRender;
  readonly rules: readonly Rule[];
}

export function isExpr(condition: Condition | null | undefined): condition is Expr {
  return typeof condition === "object" && condition !== null;
}

/** `computes`: whether values are being entered; a record that is read shows what is stored. */
export function compileProgram(form: FormRender, computes = true): Program {
  const all = [
    ...Object.values(form.fields).flatMap(fieldRules),
    ...groupRules(form.layout),
    ...form.checks.map((check) => rule("check", check.expression, check.id)),
  ];
  const rules = all.filter(({ kind }) => computes || kind === "visible" || kind === "group");
  return { form, rules: inOrder(rules) };
}

function rule(kind: RuleKind, expr: Expr, field: string, sub?: string): Rule {
  const reads = new Set(expr.deps.map((path) => path.split(".")[0] ?? path));
  return { kind, expr, field, reads, ...(sub === undefined ? {} : { sub }) };
}

function fieldRules(field: FieldRender): Rule[] {
  const own = rulesOf(field, field.key);
  const inner = Object.values(field.fields ?? {}).flatMap((column) => rulesOf(column, field.key, column.key));
  return [...own, ...inner];
}

function rulesOf(field: FieldRender, key: string, sub?: string): Rule[] {
  const parts: [RuleKind, Condition | null | undefined][] = [
    ["visible", field.visible],
    ["formula", field.formula ?? undefined],
    ["required", field.required],
    ["readonly", field.readonly],
  ];
  return parts.flatMap(([kind, part]) => (isExpr(part) ? [rule(kind, part, key, sub)] : []));
}

/** Groups are known by their place: the path of child indexes, tabs counted as children. */
export function groupId(path: readonly number[]): string {
  return `#${path.join("/")}`;
}

function groupRules(nodes: readonly LayoutNode[], base: readonly number[] = []): Rule[] {
  return nodes.flatMap((node, index) => {
    const path = [...base, index];
    if (node.kind === "tabs") return node.tabs.flatMap((tab, at) => groupRules(tab.items, [...path, at]));
    if (node.kind !== "group") return [];
    const own = isExpr(node.visible) ? [rule("group", node.visible, groupId(path))] : [];
    return [...own, ...groupRules(node.items, path)];
  });
}

/** Depth first: before a rule come the rules that decide the value of what it reads. */
function inOrder(rules: readonly Rule[]): Rule[] {
  const deciding = new Map<string, Rule[]>();
  for (const each of rules.filter(decidesValue)) {
    for (const name of targets(each)) deciding.set(name, [...(deciding.get(name) ?? []), each]);
  }
  const done = new Set<Rule>();
  const visit = (each: Rule): void => {
    if (done.has(each)) return;
    done.add(each);
    before(each, deciding).forEach(visit);
    ordered.push(each);
  };
  const ordered: Rule[] = [];
  rules.forEach(visit);
  return ordered;
}

function decidesValue({ kind }: Rule): boolean {
  return kind === "visible" || kind === "formula";
}

/** A row rule decides its column, and with it the table as others read it. */
function targets({ field, sub }: Rule): string[] {
  return sub === undefined ? [field] : [field, `${field}.${sub}`];
}

function before(each: Rule, deciding: ReadonlyMap<string, Rule[]>): Rule[] {
  const names = [...each.reads].map((name) => {
    const column = `${each.field}.${name}`;
    return each.sub !== undefined && deciding.has(column) ? column : name;
  });
  const own = each.kind === "formula" ? [targets(each).at(-1) ?? each.field] : [];
  return [...names, ...own].flatMap((name) => deciding.get(name) ?? []).filter((other) => other !== each);
}
