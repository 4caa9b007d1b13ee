import { describe, expect, it } from "vitest";
import type { FormDocument } from "./document";
import { nodeAt, pathOfField, readLayout, rowsOf, writeLayout, type LayoutNode } from "./layout";
import { insertNode, moveNode, removeNode, step, unwrapNode } from "./placing";

const f = (field: string, span: number): LayoutNode => ({ kind: "field", field, span });
const form = (layout?: FormDocument["layout"]): FormDocument => ({
  key: "deal",
  label: "Deal",
  fields: { a: { type: "text" }, b: { type: "text" } },
  ...(layout ? { layout } : {}),
});
const spans = (nodes: readonly LayoutNode[]) =>
  nodes.map((node) => (node.kind === "field" ? `${node.field}${node.span}` : node.kind)).join(" ");

describe("reading a layout", () => {
  it("puts all fields into one group of two columns when there is none", () => {
    expect(readLayout(form())).toEqual([{ kind: "group", columns: 2, items: [f("a", 6), f("b", 6)] }]);
  });

  it("gives a bare key one column of its group, and the whole row outside of groups", () => {
    const layout = readLayout(form(["a", { columns: 3, items: ["b"] }]));

    expect(layout[0]).toEqual(f("a", 12));
    expect(nodeAt(layout, [1, 0])).toEqual(f("b", 4));
  });

  it("is undone by writing, with defaults left out", () => {
    const written = [
      { group: "Basics", items: ["a", { field: "b", span: 12 }] },
      {
        tabs: [
          { label: "One", items: ["c"] },
          { label: "Two", items: [{ text: "Note" }] },
        ],
      },
      { group: "Lost", columns: 1, visible: 'stage = "lost"', collapsed: true, items: ["d"] },
    ];

    expect(writeLayout(readLayout(form(written)))).toEqual(written);
  });

  it("breaks rows where twelve columns are full", () => {
    expect(rowsOf([f("a", 4), f("b", 4), f("c", 4), f("d", 8), f("e", 6)])).toEqual([[0, 1, 2], [3], [4]]);
  });
});

describe("putting a field in", () => {
  it("as a row of its own takes the whole width", () => {
    const layout = insertNode([f("a", 6), f("b", 6)], f("x", 4), { parent: [], index: 0, side: "row" });

    expect(spans(layout)).toBe("x12 a6 b6");
  });

  it("beside others shares their row equally", () => {
    const layout = insertNode([f("a", 6), f("b", 6)], f("x", 4), { parent: [], index: 1, side: "right" });

    expect(spans(layout)).toBe("a4 x4 b4");
  });

  it("beside others takes the columns that are free", () => {
    const layout = insertNode([f("a", 4), f("b", 4)], f("x", 6), { parent: [], index: 2, side: "right" });

    expect(spans(layout)).toBe("a4 b4 x4");
  });
});

describe("moving a field", () => {
  it("inside its row keeps all widths", () => {
    const moved = moveNode([f("a", 3), f("b", 3), f("c", 6)], [0], { parent: [], index: 3, side: "right" });

    expect(spans(moved?.layout ?? [])).toBe("b3 c6 a3");
    expect(moved?.path).toEqual([2]);
  });

  it("out of its row widens the rest instead of letting the next row slide up", () => {
    const layout = [f("a", 6), f("x", 6), f("b", 6), f("c", 6)];

    const moved = moveNode(layout, [1], { parent: [], index: 4, side: "row" });

    expect(spans(moved?.layout ?? [])).toBe("a12 b6 c6 x12");
  });

  it("to the left of its own row leaves the rows below alone", () => {
    const layout = [f("a", 4), f("b", 4), f("x", 4), f("d", 4), f("e", 4), f("g", 4)];

    const moved = moveNode(layout, [2], { parent: [], index: 0, side: "left" });

    expect(spans(moved?.layout ?? [])).toBe("x4 a4 b4 d4 e4 g4");
  });

  it("into a group before it finds the group at its new place", () => {
    const group: LayoutNode = { kind: "group", columns: 2, items: [f("b", 6)] };

    const moved = moveNode([f("a", 12), group], [0], { parent: [1], index: 1, side: "row" });

    expect(moved?.path).toEqual([0, 1]);
    expect(nodeAt(moved?.layout ?? [], [0, 1])).toEqual(f("a", 12));
  });

  it("into itself is refused", () => {
    const group: LayoutNode = { kind: "group", columns: 2, items: [f("b", 6)] };

    expect(moveNode([group], [0], { parent: [0], index: 0, side: "row" })).toBeUndefined();
  });
});

describe("removing", () => {
  it("a field widens its row when the next one would slide up", () => {
    expect(spans(removeNode([f("a", 6), f("x", 6), f("b", 4)], [1]))).toBe("a12 b4");
  });

  it("a group leaves its content in its place", () => {
    const group: LayoutNode = { kind: "group", columns: 2, items: [f("b", 6), f("c", 6)] };

    expect(spans(unwrapNode([f("a", 12), group, f("d", 12)], [1]))).toBe("a12 b6 c6 d12");
  });
});

describe("a step by keyboard", () => {
  const group: LayoutNode = { kind: "group", columns: 2, items: [f("b", 6)] };

  it("changes places with the sibling and keeps the width", () => {
    expect(spans(step([f("a", 4), f("b", 8)], [0], 1)?.layout ?? [])).toBe("b8 a4");
  });

  it("goes into a group that stands next", () => {
    const moved = step([f("a", 6), group], [0], 1);

    expect(moved?.path).toEqual([0, 0]);
    expect(pathOfField(moved?.layout ?? [], "a")).toEqual([0, 0]);
  });

  it("leaves a group at its end", () => {
    const moved = step([group, f("a", 6)], [0, 0], 1);

    expect(moved?.path).toEqual([1]);
  });

  it("does nothing at the end of the sheet", () => {
    expect(step([f("a", 6)], [0], 1)).toBeUndefined();
  });
});
