import { describe, expect, it } from "vitest";
import { marksOf } from "./marks";
import { at, moveOf, stepped, tabbed } from "./selection";
import {
  cellText,
  hasHeadings,
  withBlock,
  withColumn,
  withColumnChanged,
  withColumnMoved,
  withCopies,
  withoutColumn,
  withoutRows,
  withoutTexts,
  withRowMoved,
  type InputColumn,
  type Sheet,
} from "./sheet";
import { afterEvent, nested, opened, type DecisionState, type Finding, type Preview } from "./state";

const input = (expression: string, type = "number"): InputColumn => ({
  ...{ id: `c_${expression}`, label: expression, expression, type, allowed: "", field: "" },
});
const SHEET: Sheet = {
  ...{ id: "t", label: "T", hit_policy: "UNIQUE", aggregation: "", output_label: "" },
  inputs: [input("discount"), input("grade", "string")],
  outputs: [{ id: "o", label: "Level", name: "level", type: "number", allowed: "", default: "", field: "" }],
  annotations: ["note"],
  rows: [
    { id: "r1", inputs: ["<= 0.1", "-"], outputs: ["0"], annotations: ["x"], description: "" },
    { id: "r2", inputs: ["> 0.1", '"A"'], outputs: ["1"], annotations: [], description: "kept" },
  ],
  data: [
    { name: "discount", type: "number" },
    { name: "grade", type: "string" },
  ],
};

describe("a sheet", () => {
  it("takes a block and grows by the rows that are missing", () => {
    const pasted = withBlock(SHEET, 1, 1, [
      ['"B"', "2", "note", "too far"],
      ['"C"', "3"],
      ["-", "4"],
    ]);

    expect(pasted.rows.map((row) => row.inputs)).toEqual([
      ["<= 0.1", "-"],
      ["> 0.1", '"B"'],
      ["-", '"C"'],
      ["-", "-"],
    ]);
    expect(pasted.rows.map((row) => row.outputs[0])).toEqual(["0", "2", "3", "4"]);
    expect(pasted.rows[1]).toMatchObject({ id: "r2", annotations: ["note"], description: "kept" });
  });

  it("clears, copies, moves and drops rows", () => {
    expect(withoutTexts(SHEET, { top: 0, bottom: 1, left: 1, right: 2 }).rows[1]).toMatchObject({
      inputs: ["> 0.1", "-"],
      outputs: [""],
    });
    expect(withCopies(SHEET, 0, 1).rows.map(({ id }) => id)).toEqual(["r1", "r2", "", ""]);
    expect(withRowMoved(SHEET, 0, 1).rows.map(({ id }) => id)).toEqual(["r2", "r1"]);
    expect(withRowMoved(SHEET, 0, 2)).toEqual(SHEET);
    expect(withoutRows(SHEET, 0, 0).rows.map(({ id }) => id)).toEqual(["r2"]);
  });

  it("moves a column with its cells, within its kind", () => {
    const moved = withColumnMoved(SHEET, { area: "inputs", index: 0 }, 1);

    expect(moved.inputs.map(({ expression }) => expression)).toEqual(["grade", "discount"]);
    expect(moved.rows[1]?.inputs).toEqual(['"A"', "> 0.1"]);
    expect(withColumnMoved(SHEET, { area: "outputs", index: 0 }, 1)).toEqual(SHEET);
  });

  it("asks for the data its columns read and lets go what nothing reads", () => {
    const more = withColumn(SHEET, { area: "inputs", column: input("customer.level", "string") });
    const less = withoutColumn(more, { area: "inputs", index: 0 });
    const used = withBlock(SHEET, 1, 2, [["discount * 2"]]);

    expect(more.data?.at(-1)).toEqual({ name: "customer", type: "Any" });
    expect(more.rows[0]?.inputs).toEqual(["<= 0.1", "-", "-"]);
    expect(less.data?.map(({ name }) => name)).toEqual(["grade", "customer"]);
    expect(withoutColumn(used, { area: "inputs", index: 0 }).data).toHaveLength(2);
    expect(withColumnChanged(SHEET, 1, { area: "inputs", column: input("region", "string") }).data).toEqual([
      { name: "discount", type: "number" },
      { name: "region", type: "string" },
    ]);
  });
});

describe("a pasted block", () => {
  it("may begin with the headings of the table", () => {
    expect(
      hasHeadings(
        [
          ["discount", "grade"],
          ["1", "2"],
        ],
        SHEET,
      ),
    ).toBe(true);
    expect(hasHeadings([["Level", "x", "y", "z"]], SHEET)).toBe(false);
    expect(hasHeadings([["<= 5", "A"]], SHEET)).toBe(false);
    expect(hasHeadings([], SHEET)).toBe(false);
  });
});

describe("choosing cells", () => {
  it("stays inside the sheet and walks on by Tab", () => {
    expect(stepped(at(0, 0), SHEET, { down: -1 }).focus).toEqual({ row: 0, column: 0 });
    expect(stepped(at(0, 0), SHEET, moveOf("ArrowDown", true, true)!)).toEqual({
      anchor: { row: 0, column: 0 },
      focus: { row: 1, column: 0 },
    });
    expect(tabbed(at(0, 3), SHEET, false)).toEqual(at(1, 0));
    expect(tabbed(at(1, 3), SHEET, false)).toBeNull();
    expect(tabbed(at(0, 0), SHEET, true)).toBeNull();
    expect(moveOf("a", false, false)).toBeNull();
  });
});

const preview = (more: Partial<Preview> = {}): Preview => ({
  ...{ text: "<xml/>", decisions: [], decision: "d", grid: SHEET, needs: {}, problems: [] },
  ...{ covered: 1, trial: null },
  ...more,
});

function answered(state: DecisionState, more: Partial<Preview> = {}): DecisionState {
  return afterEvent(state, { type: "answered", question: state.question!, preview: preview(more) });
}

describe("the editor", () => {
  it("lays every edit over the file it opened, and keeps what the server wrote", () => {
    const open = answered(opened("<first/>"), { text: "<first/>" });
    const edited = afterEvent(open, { type: "edited", sheet: withBlock(SHEET, 0, 0, [["-"]]) });
    const kept = answered(edited, { text: "<second/>" });

    expect(open).toMatchObject({ kept: "<first/>", sheet: SHEET, question: null });
    expect(edited.question?.body).toMatchObject({ text: "<first/>", decision: "d" });
    expect(kept).toMatchObject({ base: "<first/>", kept: "<second/>" });
    expect(cellText(kept.sheet!, 0, 0)).toBe("-");
  });

  it("undoes and redoes whole edits, across decisions of one file", () => {
    const open = answered(opened("<first/>"));
    const edited = answered(afterEvent(open, { type: "edited", sheet: withoutRows(SHEET, 0, 0) }), {
      text: "<second/>",
    });
    const other = answered(afterEvent(edited, { type: "chosen", decision: "e" }), { decision: "e" });
    const back = afterEvent(afterEvent(other, { type: "undone" }), { type: "undone" });

    expect(other.base).toBe("<second/>");
    expect(back).toMatchObject({ base: "<first/>", decision: "d", sheet: SHEET });
    expect(back.question?.why).toBe("edited");
    expect(afterEvent(back, { type: "redone" }).sheet?.rows).toHaveLength(1);
  });

  it("waits for the file before it shows another decision, and drops late answers", () => {
    const open = answered(opened("<first/>"));
    const edited = afterEvent(open, { type: "edited", sheet: withoutRows(SHEET, 0, 0) });
    const waiting = afterEvent(edited, { type: "chosen", decision: "e" });
    const late = afterEvent(waiting, { type: "answered", question: open.question!, preview: preview() });
    const shown = answered(waiting, { text: "<second/>" });

    expect(late).toBe(waiting);
    expect(waiting).toMatchObject({ decision: "d", wanted: "e" });
    expect(shown.question?.body).toEqual({ text: "<second/>", decision: "e" });
  });

  it("keeps the draft where a table cannot be written", () => {
    const open = answered(opened("<first/>"), { text: "<first/>" });
    const edited = afterEvent(open, { type: "edited", sheet: withoutRows(SHEET, 0, 0) });

    expect(answered(edited, { text: null })).toMatchObject({ kept: "<first/>", trouble: "table" });
    expect(afterEvent(edited, { type: "unanswered", question: edited.question! }).trouble).toBe("server");
  });

  it("gives inputs by name, entries of one name together", () => {
    expect(nested({ total: "5", "customer.grade": '"A"', "customer.site.city": "" })).toEqual({
      total: "5",
      customer: '{grade: "A", site: {city: null}}',
    });
  });
});

describe("marks", () => {
  const finding = (code: string, params: Finding["params"], more: Partial<Finding> = {}): Finding => ({
    ...{ code, message: code, severity: "warning", params: params ?? {}, row: 0, input: 0, output: 0 },
    ...more,
  });

  it("put gaps behind their row and bracket rows that meet", () => {
    const found = marksOf(SHEET, [
      finding("decision.lint.gap", { after: 1, cells: ["> 0.1", '"B"'] }),
      finding("decision.lint.overlap", { first: 1, second: 2 }, { row: 2, severity: "error" }),
      finding("feel.type", {}, { row: 1, output: 1, severity: "error" }),
      finding("decision.table.no-order", {}, { output: 1, severity: "error" }),
    ]);

    expect(found.gaps.map(({ after, cells }) => [after, cells])).toEqual([[1, ["> 0.1", '"B"']]]);
    expect(found.meetings.map(({ rows }) => rows)).toEqual([[0, 1]]);
    expect([...found.cells.keys()].sort()).toEqual(["0.", "0.0", "0.2", "1.", "1.0"]);
    expect(found.heads.get(2)).toBe("error");
  });
});
