/** The tree of a rule, as the server reads and writes it: FEEL, keys and texts are plain strings, defaults are left out. */

interface Statement {
  /** From the first to the last character in the text that is shown; absent in what was not read from one. */
  readonly span?: readonly [number, number];
  /** Comments, without their sign. */
  readonly notes?: readonly string[];
}

export interface Event extends Statement {
  readonly type: "Saving" | "Created" | "Saved" | "Deleted";
}
export interface Changed extends Statement {
  readonly type: "Changed";
  readonly fields?: readonly string[];
  readonly before?: readonly string[];
  readonly to?: readonly string[];
}
export interface Button extends Statement {
  readonly type: "Button";
  readonly label?: string;
}
export const UNITS = ["days", "working days", "hours", "working hours", "minutes"] as const;
export interface RelativeDate extends Statement {
  readonly type: "RelativeDate";
  readonly amount: number;
  readonly unit: (typeof UNITS)[number];
  readonly before: boolean;
  readonly field: string;
  readonly at?: string | null;
  readonly calendar?: string | null;
}
interface Zoned extends Statement {
  readonly zone?: string;
}
export interface EveryDay extends Zoned {
  readonly type: "EveryDay";
  readonly at: string;
}
export interface EveryWorkingDay extends Zoned {
  readonly type: "EveryWorkingDay";
  readonly at: string;
  readonly calendar?: string | null;
}
export interface EveryWeekday extends Zoned {
  readonly type: "EveryWeekday";
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly at: string;
}
export interface EveryMonth extends Zoned {
  readonly type: "EveryMonth";
  /** 0 is the last one. */
  readonly day: number;
  readonly at: string;
}
export interface EveryMinutes extends Zoned {
  readonly type: "EveryMinutes";
  readonly minutes: number;
}
export interface Cron extends Zoned {
  readonly type: "Cron";
  readonly text: string;
}
export type Schedule = EveryDay | EveryWorkingDay | EveryWeekday | EveryMonth | EveryMinutes | Cron;
export type Trigger = Event | Changed | Button | RelativeDate | Schedule;
export type TriggerType = Trigger["type"];

export interface Assignment {
  readonly type: "Assignment";
  readonly field: string;
  readonly value: string;
}

export interface SetFields extends Statement {
  readonly type: "Set";
  readonly values: readonly Assignment[];
}
export interface Reject extends Statement {
  readonly type: "Reject";
  readonly message: string;
  readonly field?: string | null;
}
export const STRATEGIES = ["round robin", "weighted", "least open"] as const;
export interface Assign extends Statement {
  readonly type: "Assign";
  readonly field: string;
  readonly strategy: (typeof STRATEGIES)[number];
  readonly among: readonly string[];
  readonly sticky_to?: string | null;
  readonly skipping_absent?: boolean;
  readonly at_most?: string | null;
  readonly counting?: string | null;
  readonly counting_where?: string | null;
}
export interface Create extends Statement {
  readonly type: "Create";
  readonly form: string;
  readonly values: readonly Assignment[];
  readonly unless?: string | null;
  readonly unless_where?: string | null;
}
export interface Notify extends Statement {
  readonly type: "Notify";
  readonly recipients: readonly string[];
  readonly channels?: readonly string[];
  readonly template?: string | null;
  readonly message?: string | null;
}
export interface Update extends Statement {
  readonly type: "Update";
  readonly target: string;
  readonly values: readonly Assignment[];
  readonly where?: string | null;
}
export interface Call extends Statement {
  readonly type: "Call";
  readonly connector: string;
  readonly values?: readonly Assignment[];
}
/** Inputs that are not given are the record's fields of the same key. */
export interface Decide extends Statement {
  readonly type: "Decide";
  readonly fields: readonly string[];
  readonly table: string;
  readonly inputs?: readonly Assignment[];
}
/** `by` = the fields that say which record is meant; each has a value. */
export interface Upsert extends Statement {
  readonly type: "Upsert";
  readonly form: string;
  readonly by: readonly string[];
  readonly values: readonly Assignment[];
}
export type Action = SetFields | Reject | Assign | Create | Notify | Update | Call | Decide | Upsert;
export type ActionType = Action["type"];

export interface ForEach extends Statement {
  readonly type: "ForEach";
  readonly form: string;
  readonly where?: string | null;
}
export interface Test extends Statement {
  readonly type: "Test";
  readonly name: string;
  readonly given: string;
}

interface Common extends Statement {
  readonly form: string | null;
  readonly triggers?: readonly Trigger[];
  readonly for_each?: ForEach | null;
  readonly do?: readonly Action[];
  readonly priority?: number;
  readonly on_failure?: "incident" | "refuse";
  readonly tests?: readonly Test[];
}
export interface Rule extends Common {
  readonly type: "Rule";
  readonly label: string;
  readonly where?: string | null;
  readonly otherwise?: readonly Action[];
}
export interface ScoreLine extends Statement {
  readonly points: number;
  readonly where: string;
}
/** A number field kept up to date with what speaks for it. */
export interface Score extends Common {
  readonly type: "Score";
  readonly field: string;
  readonly low: number;
  readonly high: number;
  readonly lines: readonly ScoreLine[];
}
export type Tree = Rule | Score;

/** Key of the form whose records the rule looks at. */
export function formOfTree(tree: Tree): string | undefined {
  return tree.form ?? tree.for_each?.form;
}

const SCHEDULES: ReadonlySet<TriggerType> = new Set<TriggerType>([
  "EveryDay",
  "EveryWorkingDay",
  "EveryWeekday",
  "EveryMonth",
  "EveryMinutes",
  "Cron",
]);

export function isScheduleType(type: TriggerType): type is Schedule["type"] {
  return SCHEDULES.has(type);
}

export function isScheduled(tree: Tree): boolean {
  return (tree.triggers ?? []).some(({ type }) => isScheduleType(type));
}
