import {
  isReference,
  NO_CONDITIONS,
  type Condition,
  type Group,
  type Item,
  type Operand,
} from "./conditions";
import type { TypeOf } from "./print";
import { tokenize, type Token } from "./tokens";

/** Why a text is no tree of the condition builder, and at which of its words. */
export interface Obstacle {
  readonly why: "unfinished" | "unknown" | "path" | "call" | "other";
  readonly text: string;
}

/** The text is valid FEEL perhaps, but no tree of the condition builder. */
class NotConditions extends Error {
  constructor(readonly obstacle: Obstacle) {
    super(obstacle.text);
  }
}

export type Reading = { readonly group: Group } | { readonly obstacle: Obstacle };

const OPERATORS: Record<string, Condition["operator"]> = {
  "=": "is",
  "!=": "is_not",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};
const NEGATIONS: Partial<Record<Condition["operator"], Condition["operator"]>> = {
  any_of: "none_of",
  yes: "no",
};
const CALLS: Record<string, Condition["operator"]> = {
  contains: "contains",
  "starts with": "starts_with",
  "ends with": "ends_with",
};
/** Types whose `=` the builder shows as "is any of". */
const CHOSEN = new Set(["select", "relation", "member", "department"]);

const LITERALS = new Set(["date", "date and time"]);

function whyNot(name: string, isCall: boolean): Obstacle["why"] {
  if (isCall) return "call";
  return name.includes(".") ? "path" : "unknown";
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly typeOf: TypeOf,
  ) {}

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  /** Refuses the text at the token that stands here. */
  private refuse(why: Obstacle["why"] = "other", text = this.peek().text): NotConditions {
    return new NotConditions(this.peek().kind === "end" ? { why: "unfinished", text: "" } : { why, text });
  }

  private sees(text: string): boolean {
    const token = this.peek();
    return token.kind !== "string" && token.text === text;
  }

  private take(text: string): void {
    if (!this.sees(text)) throw this.refuse();
    this.at += 1;
  }

  private next<K extends Token["kind"]>(kind: K): string {
    const token = this.peek();
    if (token.kind !== kind) throw this.refuse();
    this.at += 1;
    return token.text;
  }

  /** The whole text is one group. */
  whole(): Group {
    const item = this.either();
    if (this.peek().kind !== "end") throw this.refuse();
    return item.kind === "group" ? item : { kind: "group", any: false, items: [item] };
  }

  private either(): Item {
    return this.chain("or", () => this.chain("and", () => this.unit()));
  }

  private chain(word: "or" | "and", part: () => Item): Item {
    const items = [part()];
    while (this.sees(word)) {
      this.take(word);
      items.push(part());
    }
    const [only] = items;
    return items.length === 1 && only ? only : { kind: "group", any: word === "or", items };
  }

  private unit(): Item {
    if (this.sees("(")) {
      this.take("(");
      const item = this.either();
      this.take(")");
      return item;
    }
    if (this.sees("not")) return this.negated();
    const name = this.next("name");
    const call = CALLS[name];
    return call && this.sees("(") ? this.call(call) : this.comparison(name);
  }

  private negated(): Condition {
    this.take("not");
    this.take("(");
    const condition = this.comparison(this.next("name"));
    this.take(")");
    const negation = NEGATIONS[condition.operator];
    if (!negation) throw new NotConditions({ why: "other", text: "not" });
    return { ...condition, operator: negation };
  }

  private call(operator: Condition["operator"]): Condition {
    this.take("(");
    const field = this.field(this.next("name"));
    this.take(",");
    const text = this.next("string");
    this.take(")");
    return { kind: "condition", field, operator, operands: [{ kind: "text", text }] };
  }

  /** `owner.id` of a reference is the field owner; other paths are the builder's if they are offered as fields. */
  private field(path: string): string {
    if (this.sees("(")) throw new NotConditions({ why: "call", text: path });
    const reference = path.endsWith(".id") ? path.slice(0, -".id".length) : path;
    const type = this.typeOf(reference);
    if (type !== undefined && (reference === path || isReference(type))) return reference;
    if (this.typeOf(path) === undefined) throw new NotConditions({ why: whyNot(path, false), text: path });
    return path;
  }

  /** The field that a name on the right side is; undefined for anything else. */
  private other(name: string): Operand | undefined {
    const path = name.endsWith(".id") ? name.slice(0, -".id".length) : name;
    return this.typeOf(path) === undefined ? undefined : { kind: "field", path };
  }

  private comparison(path: string): Condition {
    const field = this.field(path);
    const condition = (operator: Condition["operator"], operands: Operand[] = []): Condition => ({
      kind: "condition",
      field,
      operator,
      operands,
    });
    if (this.sees("in")) return condition("any_of", this.list());
    if (this.sees("between")) return condition("between", this.bounds());
    if (this.typeOf(field) === "checkbox" && !this.sees("=") && !this.sees("!=")) return condition("yes");
    const operator = OPERATORS[this.peek().text];
    if (!operator) throw this.refuse();
    this.take(this.peek().text);
    const special = this.special(operator, condition);
    if (special) return special;
    const operand = this.operand();
    return condition(this.chosen(field, operator, operand), [operand]);
  }

  private special(
    operator: Condition["operator"],
    condition: (operator: Condition["operator"]) => Condition,
  ): Condition | null {
    const words: Record<string, readonly [Condition["operator"], Condition["operator"] | null]> = {
      null: ["empty", "filled"],
      true: ["yes", "no"],
      false: ["no", "yes"],
      "user.id": ["me", null],
    };
    const token = this.peek();
    const pair = token.kind === "name" ? words[token.text] : undefined;
    if (!pair) return null;
    const meant = operator === "is" ? pair[0] : operator === "is_not" ? pair[1] : null;
    if (!meant) throw this.refuse();
    this.at += 1;
    return condition(meant);
  }

  private chosen(field: string, operator: Condition["operator"], operand: Operand): Condition["operator"] {
    if (!CHOSEN.has(this.typeOf(field) ?? "")) return operator;
    const isField = operand.kind === "field";
    if (operator === "is") return isField ? "same" : "any_of";
    if (operator === "is_not") return isField ? "not_same" : "none_of";
    throw this.refuse();
  }

  private list(): Operand[] {
    this.take("in");
    this.take("(");
    const operands = [this.operand()];
    while (this.sees(",")) {
      this.take(",");
      operands.push(this.operand());
    }
    this.take(")");
    return operands;
  }

  private bounds(): Operand[] {
    this.take("between");
    const low = this.operand();
    this.take("and");
    return [low, this.operand()];
  }

  private operand(): Operand {
    const token = this.peek();
    if (token.kind === "string") return { kind: "text", text: this.next("string") };
    if (token.kind === "number") return { kind: "number", text: this.next("number") };
    const name = this.next("name");
    if (name === "today") return this.relativeDay();
    const other = this.sees("(") ? undefined : this.other(name);
    if (other) return other;
    if (!LITERALS.has(name)) throw new NotConditions({ why: whyNot(name, this.sees("(")), text: name });
    this.take("(");
    const text = this.next("string");
    this.take(")");
    if (name === "date") return { kind: "date", date: text };
    if (name === "date and time" && text.endsWith("T00:00:00"))
      return { kind: "date", date: text.slice(0, 10) };
    throw new NotConditions({ why: "other", text });
  }

  /** After the name `today`. */
  private relativeDay(): Operand {
    this.take("(");
    this.take(")");
    if (!this.sees("-") && !this.sees("+")) return { kind: "days", days: 0 };
    const sign = this.next("mark") === "-" ? -1 : 1;
    this.take("duration");
    this.take("(");
    const days = /^P(\d+)D$/.exec(this.next("string"))?.[1];
    this.take(")");
    if (days === undefined) throw this.refuse();
    return { kind: "days", days: sign * Number(days) };
  }
}

/** The tree behind a FEEL text, or why the builder cannot show it. */
export function readReasoned(text: string, typeOf: TypeOf): Reading {
  if (text.trim() === "") return { group: NO_CONDITIONS };
  const tokens = tokenize(text);
  if (!tokens) return { obstacle: { why: "other", text } };
  try {
    return { group: new Reader(tokens, typeOf).whole() };
  } catch (error) {
    if (error instanceof NotConditions) return { obstacle: error.obstacle };
    throw error;
  }
}

/**
 * The tree behind a FEEL text that the builder can show, else null: the text is then edited as text.
 * Reads what `printConditions` writes (read ∘ print = identity on finished trees); the server judges the rest.
 */
export function readConditions(text: string, typeOf: TypeOf): Group | null {
  const reading = readReasoned(text, typeOf);
  return "group" in reading ? reading.group : null;
}
