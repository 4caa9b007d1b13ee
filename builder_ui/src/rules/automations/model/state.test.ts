import { describe, expect, it } from "vitest";
import { afterEvent, opened, type Preview, type RuleState } from "./state";
import type { Rule } from "./tree";

const tree = (label: string): Rule => ({
  ...{ type: "Rule", label, form: "lead", triggers: [], for_each: null, where: null, do: [] },
});
const says = (label: string): Preview => ({
  text: `rule "${label}"`,
  views: { "zh-CN": `zh ${label}`, en: `en ${label}` },
  ast: tree(label),
  problems: [],
  tests: [],
});
const NOTHING: Preview = {
  ...{ text: null, views: null, ast: null, tests: [] },
  problems: [{ code: "x", message: "x" }],
};
const answer = (state: RuleState, preview: Preview) =>
  afterEvent(state, { type: "answered", question: state.question!, preview });
const open = (text = "rule", view: "zh-CN" | "en" = "zh-CN") =>
  answer(answer(opened(text, view), says("a")), says("a"));

describe("a rule in the editor", () => {
  it("is shown in the language of the reader, and changes nothing by being opened", () => {
    const first = answer(opened("rule", "zh-CN"), says("a"));
    const state = open();

    expect(first.question?.body).toEqual({ ast: tree("a"), view: "zh-CN" });
    expect(state).toMatchObject({ shown: "zh a", tree: tree("a"), kept: "rule", question: null, undo: [] });
  });

  it("keeps what is typed as it is typed, and gives it to the draft in canonical words", () => {
    const typed = afterEvent(open(), { type: "typed", text: "zh  b" });
    const state = answer(typed, says("b"));

    expect(typed.question?.body).toEqual({ text: "zh  b", view: "zh-CN" });
    expect(state).toMatchObject({ shown: "zh  b", kept: 'rule "b"', tree: tree("b"), trouble: null });
  });

  it("keeps the last structure while a text cannot be read; English words reach the draft all the same", () => {
    const chinese = answer(afterEvent(open(), { type: "typed", text: "zh ?" }), NOTHING);
    const english = answer(afterEvent(open("rule", "en"), { type: "typed", text: "en ?" }), NOTHING);

    expect(chinese).toMatchObject({ trouble: "text", tree: tree("a"), kept: "rule", shown: "zh ?" });
    expect(english).toMatchObject({ trouble: "text", tree: tree("a"), kept: "en ?" });
    expect(answer(opened("nonsense", "zh-CN"), NOTHING)).toMatchObject({ view: "en", shown: "nonsense" });
  });

  it("writes the text anew when a card was changed, and goes back and forth", () => {
    const edited = answer(afterEvent(open(), { type: "edited", tree: tree("b") }), says("b"));
    const back = afterEvent(edited, { type: "undone" });
    const undone = answer(back, says("a"));

    expect(edited).toMatchObject({ shown: "zh b", kept: 'rule "b"', undo: [tree("a")] });
    expect(back.question?.body).toEqual({ ast: tree("a"), view: "zh-CN" });
    expect(undone).toMatchObject({ shown: "zh a", tree: tree("a"), undo: [], redo: [tree("b")] });
    expect(afterEvent(undone, { type: "redone" }).tree).toEqual(tree("b"));
    expect(afterEvent(open(), { type: "undone" })).toEqual(open());
  });

  it("drops answers to earlier questions and says when none came", () => {
    const first = afterEvent(open(), { type: "edited", tree: tree("b") });
    const second = afterEvent(first, { type: "edited", tree: tree("c") });
    const late = afterEvent(second, { type: "answered", question: first.question!, preview: says("b") });

    expect(late).toBe(second);
    expect(answer(second, NOTHING)).toMatchObject({ trouble: "tree", tree: tree("c"), kept: "rule" });
    expect(afterEvent(second, { type: "unanswered", question: second.question! }).trouble).toBe("server");
  });

  it("changes its language without changing the draft", () => {
    const state = answer(afterEvent(open(), { type: "viewed", view: "en" }), says("a"));

    expect(state).toMatchObject({ view: "en", shown: "en a", kept: "rule" });
  });
});
