import { describe, expect, it } from "vitest";
import { addCheck, checksOf, removeCheck, setCheck } from "./checks";
import type { FormDocument } from "./document";

const form: FormDocument = { key: "leave", label: "请假单", fields: {} };

describe("checks of a form", () => {
  it("are added, changed and removed without leaving a trace", () => {
    const added = addCheck(form, "结束不能早于开始");
    const changed = setCheck(added, 0, { reject: "end_on < start_on", at: "end_on", severity: "warning" });
    const back = setCheck(changed, 0, { severity: undefined, at: undefined });

    expect(checksOf(changed)).toEqual([
      { message: "结束不能早于开始", reject: "end_on < start_on", at: "end_on", severity: "warning" },
    ]);
    expect(checksOf(back)).toEqual([{ message: "结束不能早于开始", reject: "end_on < start_on" }]);
    expect(removeCheck(back, 0)).toEqual(form);
  });
});
