import { expect, it } from "vitest";
import { placeInDocument, placeInValues } from "./problems";

it.each([
  ["/fields/amount/formula", { field: "amount", property: "formula" }],
  ["/fields/lines/fields/qty/min", { field: "lines", sub: "qty", property: "min" }],
  ["/fields/stage/options/0/key", { field: "stage", property: "options" }],
  ["/layout/0/items/2", { layout: [0, 2] }],
  ["/layout/3/tabs/1/items/0", { layout: [3, 1, 0] }],
  ["/checks/1/reject", { check: 1 }],
  ["/label", {}],
  [undefined, {}],
])("a problem at %s of a document finds its place", (at, place) => {
  expect(placeInDocument(at)).toEqual(place);
});

it.each([
  ["/amount", { field: "amount" }],
  ["/values/amount", { field: "amount" }],
  ["/lines/0/qty", { field: "lines", row: 0, sub: "qty" }],
  ["/lines/0/values/qty", { field: "lines", row: 0, sub: "qty" }],
  ["/values/lines/create/2/values/qty", { field: "lines", row: 2, sub: "qty" }],
  ["/lines", { field: "lines" }],
])("a problem at %s of a record finds its field", (at, place) => {
  expect(placeInValues(at)).toEqual(place);
});
