import type { Label, Numeric } from "@/i18n";
import type { operations } from "./schema";

/** JSON of the server (`/api/v1`). `schema.d.ts` is generated; these name the shapes that screens share. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Problem {
  code: string;
  message: string;
  hint?: string | null;
  /** JSON Pointer, element id or text position, as the code defines. */
  at?: string | null;
  severity?: "error" | "warning" | "info";
  params?: Record<string, Json>;
  span?: { start: number; end: number; line?: number; column?: number } | null;
}

export interface Ref {
  id: number;
  title: string;
}

export interface Person {
  id: number;
  name: string;
}

/** Body of the answer 200 or 201 of an operation, as the server's contract declares it. */
export type Answer<O extends keyof operations> = operations[O]["responses"] extends
  | { 200: { content: { "application/json": infer Body } } }
  | { 201: { content: { "application/json": infer Body } } }
  ? Body
  : never;

// --- who am I ------------------------------------------------------------------------------------

export interface AppItem {
  kind: "form";
  form: string;
  view?: string | null;
  label: Label;
  icon?: string | null;
}

export interface App {
  key: string;
  label: Label;
  icon?: string | null;
  items: AppItem[];
}

export interface Me {
  user: { id: number; name: string; login: string; language: string; zone: string };
  roles: { key: string; label: Label }[];
  rights: { builder?: boolean; users?: boolean; settings?: boolean };
  apps: App[];
  workspace: { name: Label; currency: string; zone: string };
  demo: boolean;
}

// --- forms as rendered for one person ------------------------------------------------------------

export type FieldTypeName =
  | "text"
  | "longtext"
  | "email"
  | "phone"
  | "url"
  | "id_number"
  | "credit_code"
  | "number"
  | "money"
  | "percent"
  | "rating"
  | "date"
  | "datetime"
  | "checkbox"
  | "select"
  | "relation"
  | "member"
  | "department"
  | "subtable"
  | "auto_number";

/** A compiled expression. `ir` is null when the browser must ask the server (`POST /evaluate`). */
export interface Expr {
  id: string;
  ir: unknown;
  deps: string[];
}

export type Condition = boolean | Expr;

export interface Option {
  key: string;
  label: Label;
  color?: string | null;
}

export interface FieldRender {
  key: string;
  type: FieldTypeName;
  label: Label;
  hint?: Label;
  access: "read" | "write" | "mask";
  computed: boolean;
  default?: Json;
  visible: Condition;
  required: Condition;
  readonly: Condition;
  formula?: Expr | null;
  default_expression?: Expr | null;
  options?: Option[];
  /** relation: key of the target form */
  to?: string;
  pick?: { columns?: string[]; where?: string | null } | null;
  fill?: Record<string, string> | null;
  /** subtable: the columns */
  fields?: Record<string, FieldRender>;
  props: {
    max?: Numeric;
    min?: Numeric;
    scale?: number;
    currency?: string;
    grouping?: boolean;
    pattern?: string;
    max_length?: number;
    [name: string]: unknown;
  };
}

export type LayoutNode =
  | {
      kind: "group";
      label?: Label;
      columns?: number;
      collapsed?: boolean;
      visible?: Condition;
      items: LayoutNode[];
    }
  | { kind: "field"; field: string; span?: number }
  | { kind: "tabs"; tabs: { label: Label; items: LayoutNode[] }[] }
  | { kind: "text"; text: Label };

export interface View {
  key: string;
  label: Label;
  columns?: string[] | null;
  where?: string | null;
  sort?: string[] | string | null;
  /** Column widths in px that the view sets. */
  widths?: Record<string, number>;
}

export type RecordAction = "create" | "edit" | "delete" | "import" | "export" | "read" | "share";

export interface FormRender {
  key: string;
  version: number;
  label: Label;
  /** Field keys or a template that make a record's title. */
  title?: unknown;
  icon?: string | null;
  fields: Record<string, FieldRender>;
  layout: LayoutNode[];
  checks: {
    id: string;
    at?: string | null;
    message: Label;
    severity?: "error" | "warning";
    expression: Expr;
  }[];
  actions: string[];
  system: Record<string, FieldRender>;
  views: View[];
  flows: { key: string; label: Label; start: "manual" | "saved" | "created" }[];
}

export interface FormSummary {
  key: string;
  label: Label;
  icon?: string | null;
  actions: string[];
  version: number;
}

// --- records -------------------------------------------------------------------------------------

export interface SubRow {
  id?: number;
  values: Record<string, Value>;
}

/** What a field holds in a record: see the field types. Number fields hold at most 15 digits: exact in a double. */
export type Value = null | boolean | Numeric | Ref | SubRow[] | Json;

export type Values = Record<string, Value>;

/** What PATCH expects for a subtable. */
export interface RowChanges {
  create?: { values: Values }[];
  update?: { id: number; values: Values }[];
  delete?: number[];
  order?: number[];
}

export interface RecordView {
  id: number;
  rev: number;
  title: string;
  values: Values;
  actions?: string[];
  deleted_at?: string;
  /** Running processes that keep people from changing it; `fields` null = all of them. */
  held_by?: HeldBy[];
  /** What was saved although a check warned of it. */
  warnings?: Problem[];
}

export interface HeldBy {
  process: number;
  flow: { key: string; label: Label };
  fields: string[] | null;
}

export interface Count {
  value: number;
  exact: boolean;
}

export interface RecordPage {
  items: RecordView[];
  next: string | null;
  count?: Count | null;
}

export interface Change {
  field: string;
  label: Label;
  old: Value;
  new: Value;
  /** The change is in a row of this sub-table. */
  subtable?: string;
  row?: number;
}

export interface HistoryEntry {
  id: number;
  rev: number;
  at: string;
  actor: Person | null;
  action: string;
  cause?: string | null;
  changes: Change[];
}

// --- flows and tasks -----------------------------------------------------------------------------

export interface ProcessNode {
  id: string;
  label: Label;
  kind: string;
  state: string;
  people: Asked[];
}

export interface Asked {
  id: number;
  name: string;
  status?: string;
  outcome?: string | null;
  opinion?: string;
  at?: string | null;
}

/** Why somebody will be asked: the rule that found her; `label` of its role or field. */
export interface Why {
  kind: string;
  level: number;
  label: Label | null;
  of: Label | null;
}

/** One stop on the expected way of a process. */
export interface ExpectedStop {
  node: string;
  label: Label;
  mode: string | null;
  people: { id: number; name: string; fate: string; why: Why }[];
  /** Why nobody is asked, and what follows from it. */
  by_rule: string | null;
  empty: string | null;
  problem: Said | null;
}

/** A problem as it is told: its text is in the reader's language. */
export interface Said {
  code: string;
  message: string;
  hint: string;
}

export interface FlowPreview {
  flow: { key: string; label: Label; version: number };
  stops: ExpectedStop[];
  outcome: string | null;
  refused: Said | null;
}

/** A flow that is started by hand; `refused` says why not on this record. */
export interface Startable {
  flow: { key: string; label: Label; version: number };
  refused: Said | null;
}

export interface LogEntry {
  seq: number;
  at: string;
  actor?: Person | null;
  kind: string;
  node?: string | null;
  label?: Label;
  outcome?: string | null;
  opinion?: string | null;
  /** Whom the node's rule found, and what became of each. */
  people?: { id: number; name: string; fate?: string }[];
  problem?: Problem | null;
}

export interface ProcessSummary {
  id: number;
  flow: { key: string; label: Label; version: number };
  form: string;
  record: Ref;
  status: string;
  incident: boolean;
  initiator: Person;
  started_at: string;
  ended_at?: string | null;
}

export interface Process extends ProcessSummary {
  /** `withdraw` and `retry`, where the reader may. */
  actions: TaskAction[];
  ahead: ExpectedStop[];
  active: string[];
  done: string[];
  nodes: ProcessNode[];
  log: LogEntry[];
  xml_url?: string;
}

export interface TaskAction {
  id: string;
  outcome?: string;
  label?: Label;
  opinion: "none" | "optional" | "required";
}

export interface Task {
  id: number;
  /** In the box `started` a line is a process and its id the process's. */
  kind: "task" | "process";
  title: string;
  flow: { key: string; label: Label; version: number };
  node: { id: string; label: Label };
  form: string;
  record: Ref;
  process: number;
  process_status?: string;
  initiator: Person;
  arrived_at: string;
  due_at?: string | null;
  status: string;
  outcome?: string | null;
  opinion?: string | null;
  version: number;
  actions: TaskAction[];
  summary: SummaryPart[];
  /** Its record is gone; known of a single task. */
  deleted?: boolean;
}

/** One value of a task's record that says much about it. */
export interface SummaryPart {
  label: Label;
  text: string;
  type: FieldTypeName;
  /** Of an amount: its code, "" where it is not known; none = the workspace's own. */
  currency?: string;
}

export interface TaskDetail extends Task {
  /** Null when the record is gone. */
  render: FormRender | null;
  record_view?: RecordView;
}

export type Box = "todo" | "done" | "started";

// --- definitions ---------------------------------------------------------------------------------

export interface Draft {
  kind: string;
  key: string;
  rev: number;
  document?: Json;
  text?: string;
  base_version?: number | null;
  published_version?: number | null;
  updated_at?: string | null;
  updated_by?: Person | string | null;
  problems: Problem[];
}

export interface DefinitionSummary {
  kind: string;
  key: string;
  label: Label;
  version: number | null;
  draft: boolean;
  updated_at?: string | null;
  updated_by?: Person | string | null;
  /** Of rules: whose records wake it, and the type of its first trigger. */
  form?: string | null;
  trigger?: string | null;
}

// --- jobs ----------------------------------------------------------------------------------------

export interface ImportResult {
  batch_id?: string | number | null;
  total: number;
  created: number;
  updated: number;
  unchanged?: number;
  failed: number;
  dry_run: boolean;
  errors_url?: string | null;
  problems: (Problem & { row?: number })[];
}

export interface Job {
  id: number | string;
  kind: string;
  state: "queued" | "running" | "done" | "failed";
  progress?: { done: number; total: number | null } | null;
  result?: ImportResult | null;
  problem?: Problem | null;
}
