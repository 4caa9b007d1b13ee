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

/** The text is valid FEEL perhaps, but no tree of the condition builder. */
class NotConditions extends Error {}

const OPERATORS: Record<string, Condition["operator"]> = {
  "=": "is",
  "!=": "is_not",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};
const CALLS: Record<string, Condition["operator"]> = {
  contains: "contains",
  "starts with": "starts_with",
  "ends with": "ends_with",
};
/** Types whose `=` the builder shows as "is any of". */
const CHOSEN = new Set(["select", "relation", "member", "department"]);

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly typeOf: TypeOf,
  ) {}

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  private sees(text: string): boolean {
    const token = this.peek();
    return token.kind !== "string" && token.text === text;
  }

  private take(text: string): void {
    if (!this.sees(text)) throw new NotConditions(text);
    this.at += 1;
  }

  private next<K extends Token["kind"]>(kind: K): string {
    const token = this.peek();
    if (token.kind !== kind) throw new NotConditions(kind);
    this.at += 1;
    return token.text;
  }

  /** The whole text is one group. */
  whole(): Group {
    const item = this.either();
    if (this.peek().kind !== "end") throw new NotConditions("end");
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
    if (condition.operator !== "any_of") throw new NotConditions("not");
    return { ...condition, operator: "none_of" };
  }

  private call(operator: Condition["operator"]): Condition {
    this.take("(");
    const field = this.field(this.next("name"));
    this.take(",");
    const text = this.next("string");
    this.take(")");
    return { kind: "condition", field, operator, operands: [{ kind: "text", text }] };
  }

  /** `owner.id` of a reference is the field owner; any other path is not the builder's. */
  private field(path: string): string {
    const [key = "", tail, ...more] = path.split(".");
    const type = this.typeOf(key);
    const wanted = tail === undefined || (tail === "id" && type !== undefined && isReference(type));
    if (type === undefined || !wanted || more.length > 0) throw new NotConditions(path);
    return key;
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
    const mark = this.next("mark");
    const operator = OPERATORS[mark];
    if (!operator) throw new NotConditions(mark);
    return this.special(operator, condition) ?? condition(this.chosen(field, operator), [this.operand()]);
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
    if (!meant) throw new NotConditions(token.text);
    this.at += 1;
    return condition(meant);
  }

  private chosen(field: string, operator: Condition["operator"]): Condition["operator"] {
    if (!CHOSEN.has(this.typeOf(field) ?? "")) return operator;
    if (operator === "is") return "any_of";
    if (operator === "is_not") return "none_of";
    throw new NotConditions(operator);
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
    this.take("(");
    const text = this.next("string");
    this.take(")");
    if (name === "date") return { kind: "date", date: text };
    if (name === "date and time" && text.endsWith("T00:00:00"))
      return { kind: "date", date: text.slice(0, 10) };
    throw new NotConditions(name);
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
    if (days === undefined) throw new NotConditions("duration");
    return { kind: "days", days: sign * Number(days) };
  }
}

/**
 * The tree behind a FEEL text that the builder can show, else null: the text is then edited as text.
 * Reads what `printConditions` writes (read ∘ print = identity on finished trees); the server judges the rest.
 */
export function readConditions(text: string, typeOf: TypeOf): Group | null {
  if (text.trim() === "") return NO_CONDITIONS;
  const tokens = tokenize(text);
  if (!tokens) return null;
  try {
    return new Reader(tokens, typeOf).whole();
  } catch (error) {
    if (error instanceof NotConditions) return null;
    throw error;
  }
}
