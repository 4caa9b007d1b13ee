/** What the check found, laid out over the rows: gaps between them, groups of rows that meet, marked cells. */
import { readTests } from "./cell";
import type { Sheet } from "./sheet";
import type { Finding } from "./state";

export interface Gap {
  readonly finding: Finding;
  /** Shown behind this row, counted from 1; 0 is before the first. */
  readonly after: number;
  /** Unary tests of every input. */
  readonly cells: readonly string[];
}

/** Rows, from 0, that can match at once; drawn as one bracket. */
export interface Meeting {
  readonly rows: readonly number[];
  readonly findings: readonly Finding[];
}

export type Tone = "error" | "warning";

export interface Marks {
  readonly gaps: readonly Gap[];
  readonly meetings: readonly Meeting[];
  /** By `row.column`, both from 0; the column counts through. A whole row is `row.`. */
  readonly cells: ReadonlyMap<string, Tone>;
  /** By column, from 0. */
  readonly heads: ReadonlyMap<number, Tone>;
}

export const GAP = "decision.lint.gap";
const MEETING: ReadonlySet<string> = new Set(["decision.lint.overlap", "decision.lint.any-conflict"]);

export const isError = ({ severity }: Finding): boolean => severity !== "warning" && severity !== "info";
export const isMeeting = ({ code }: Finding): boolean => MEETING.has(code);

/** The cells of a gap, or of what two rows share. */
export function cellsOf({ params }: Finding): readonly string[] {
  const cells = params?.["cells"];
  return Array.isArray(cells) ? cells.map(String) : [];
}

export function numberIn({ params }: Finding, name: string): number {
  const value = params?.[name];
  return typeof value === "number" ? value : 0;
}

export function marksOf(sheet: Sheet, findings: readonly Finding[]): Marks {
  const cells = new Map<string, Tone>();
  const heads = new Map<number, Tone>();
  const mark = (key: string, finding: Finding) => {
    if (cells.get(key) !== "error") cells.set(key, isError(finding) ? "error" : "warning");
  };
  for (const finding of findings) {
    const column = finding.input > 0 ? finding.input - 1 : sheet.inputs.length + finding.output - 1;
    const inColumn = finding.input > 0 || finding.output > 0;
    if (isMeeting(finding)) markMeeting(sheet, finding, mark);
    else if (finding.row > 0 && inColumn) mark(`${finding.row - 1}.${column}`, finding);
    else if (finding.row > 0) mark(`${finding.row - 1}.`, finding);
    else if (inColumn) heads.set(column, isError(finding) ? "error" : "warning");
  }
  const gaps = findings
    .filter(({ code }) => code === GAP)
    .map((finding) => ({
      ...{ finding, cells: cellsOf(finding) },
      after: Math.min(numberIn(finding, "after"), sheet.rows.length),
    }));
  return { gaps, meetings: meetingsOf(findings), cells, heads };
}

/** Of rows that meet, the cells where one takes only part of the values of the other's. */
function markMeeting(sheet: Sheet, finding: Finding, mark: (key: string, finding: Finding) => void): void {
  const rows = [numberIn(finding, "first") - 1, numberIn(finding, "second") - 1];
  for (const row of rows) {
    mark(`${row}.`, finding);
    const [own, other] = [sheet.rows[row], sheet.rows[rows[0] === row ? (rows[1] ?? 0) : (rows[0] ?? 0)]];
    own?.inputs.forEach((text, column) => {
      const both = readTests(text).kind !== "any" && readTests(other?.inputs[column] ?? "").kind !== "any";
      if (both) mark(`${row}.${column}`, finding);
    });
  }
}

/** Pairs that share a row, or whose brackets would cross, are one group. */
function meetingsOf(findings: readonly Finding[]): readonly Meeting[] {
  const groups: { rows: Set<number>; findings: Finding[] }[] = [];
  const meeting = findings.filter(isMeeting);
  for (const finding of meeting) {
    const rows = [numberIn(finding, "first") - 1, numberIn(finding, "second") - 1];
    const touching = groups.filter((group) => overlaps([...group.rows], rows));
    const merged = {
      rows: new Set([...touching.flatMap((group) => [...group.rows]), ...rows]),
      findings: [...touching.flatMap((group) => group.findings), finding],
    };
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map(({ rows, findings: its }) => ({
    rows: [...rows].sort((one, other) => one - other),
    findings: its,
  }));
}

function overlaps(one: readonly number[], other: readonly number[]): boolean {
  return Math.min(...one) <= Math.max(...other) && Math.min(...other) <= Math.max(...one);
}
