import { describe, expect, it } from "vitest";
import { dropAt, type Box, type Rect } from "./drop";
import type { Layout, LayoutNode } from "./layout";

const f = (field: string, span: number): LayoutNode => ({ kind: "field", field, span });
const box = (path: number[], left: number, top: number, width: number, height: number): Box => ({
  path,
  rect: { left, top, right: left + width, bottom: top + height },
});

/** Two rows of two fields in a group, a group with one field below. */
const layout: Layout = [
  { kind: "group", columns: 2, items: [f("a", 6), f("b", 6), f("c", 6), f("d", 6)] },
  { kind: "group", columns: 2, items: [f("e", 6)] },
];
const boxes: Box[] = [
  box([0], 0, 0, 600, 160),
  box([0, 0], 0, 30, 290, 50),
  box([0, 1], 310, 30, 290, 50),
  box([0, 2], 0, 100, 290, 50),
  box([0, 3], 310, 100, 290, 50),
  box([1], 0, 200, 600, 100),
  box([1, 0], 0, 230, 290, 50),
];
const sheet: Rect = { left: 0, top: 0, right: 600, bottom: 320 };
const drop = (x: number, y: number, dragged = { isField: true }) =>
  dropAt(layout, boxes, sheet, { x, y }, dragged);

describe("where a drag would drop", () => {
  it("is a row of its own between two rows", () => {
    const { place, line } = drop(150, 90);

    expect(place).toEqual({ parent: [0], index: 2, side: "row" });
    expect(line).toMatchObject({ top: 90, upright: false, left: 0, right: 600 });
  });

  it("is beside a field in its outer thirds", () => {
    expect(drop(20, 55).place).toEqual({ parent: [0], index: 0, side: "left" });
    expect(drop(580, 55).place).toEqual({ parent: [0], index: 2, side: "right" });
    expect(drop(20, 55).line.upright).toBe(true);
  });

  it("is above or below in the middle of a field", () => {
    expect(drop(150, 35).place).toEqual({ parent: [0], index: 0, side: "row" });
    expect(drop(150, 78).place).toEqual({ parent: [0], index: 2, side: "row" });
  });

  it("is between groups when the pointer is between them", () => {
    expect(drop(150, 180).place).toEqual({ parent: [], index: 1, side: "row" });
  });

  it("is never beside a field for what takes a whole row", () => {
    expect(drop(20, 55, { isField: false }).place.side).toBe("row");
  });

  it("is never beside a field whose row is full", () => {
    const full: Layout = [f("a", 3), f("b", 3), f("c", 3), f("d", 3)];
    const four = [0, 1, 2, 3].map((index) => box([index], index * 150, 0, 140, 50));

    const { place } = dropAt(full, four, sheet, { x: 5, y: 20 }, { isField: true });

    expect(place.side).toBe("row");
  });

  it("is never inside of what is being dragged", () => {
    const { place } = dropAt(layout, boxes, sheet, { x: 150, y: 90 }, { isField: false, from: [0] });

    expect(place.parent).toEqual([]);
  });

  it("is the start of an empty group", () => {
    const empty: Layout = [{ kind: "group", columns: 2, items: [] }];

    const { place } = dropAt(empty, [box([0], 0, 0, 600, 80)], sheet, { x: 300, y: 40 }, { isField: true });

    expect(place).toEqual({ parent: [0], index: 0, side: "row" });
  });
});
