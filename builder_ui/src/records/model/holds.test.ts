import { expect, it } from "vitest";
import type { FormRender, HeldBy, RecordView } from "@/api";
import { heldForm, isWhollyHeld } from "./holds";

const field = (key: string, access = "write") => ({ key, type: "text", label: key, access, computed: false });
const form = {
  fields: { name: field("name"), total: field("total"), secret: field("secret", "mask") },
} as unknown as FormRender;
const record = (...held_by: HeldBy[]) => ({ id: 1, rev: 1, title: "", values: {}, held_by }) as RecordView;
const held = (fields: string[] | null): HeldBy => ({ process: 1, flow: { key: "f", label: "F" }, fields });

it("lets held fields only be read and says why", () => {
  const shown = heldForm(
    form,
    record(held(["total", "secret"])),
    ({ flow }) => `held by ${String(flow.label)}`,
  );

  expect(shown.fields["name"]?.access).toBe("write");
  expect(shown.fields["total"]).toMatchObject({ access: "read", hint: "held by F" });
  expect(shown.fields["secret"]?.access).toBe("mask");
});

it("knows a record of which nothing can be changed", () => {
  expect(isWhollyHeld(record(held(null)))).toBe(true);
  expect(isWhollyHeld(record(held(["name"])))).toBe(false);
  expect(heldForm(form, record(), () => "")).toBe(form);
});
