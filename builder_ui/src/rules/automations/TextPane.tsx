import type { EditorView } from "@codemirror/view";
import { useMemo, useRef } from "react";
import type { Problem } from "@/api";
import { label, useT } from "@/i18n";
import { Icon, Segmented } from "@/ui";
import { CodeBox } from "../editor/CodeBox";
import type { RuleState, View } from "./model/state";
import { ruleLanguage } from "./ruleLanguage";
import type { World } from "./world";

interface Props {
  state: RuleState;
  world: World;
  /** Where the cursor stands, in characters. */
  cursor: number;
  onCursor: (at: number) => void;
  onType: (text: string) => void;
  onView: (view: View) => void;
}

/** The rule as text, in the words of either language; what is wrong stands below it and under the very words. */
export default function TextPane({ state, world, cursor, onCursor, onType, onView }: Props) {
  const t = useT();
  const box = useRef<EditorView | null>(null);
  const names = [...world.fields, { key: world.form ?? "", label: world.formLabel }]
    .flatMap((one) => [one.key, label(one.label, one.key)])
    .join("\n");
  const language = useMemo(() => ruleLanguage(new Set(names.split("\n")), onCursor), [names, onCursor]);
  const jump = (problem: Problem) => {
    const view = box.current;
    if (!view || !problem.span) return;
    view.dispatch({
      selection: { anchor: Math.min(problem.span.start, view.state.doc.length) },
      scrollIntoView: true,
    });
    view.focus();
  };
  return (
    <section className="text-pane" aria-label={t("automations.text")}>
      <header className="pane-head">
        <h2>{t("automations.text")}</h2>
        <span className="ink2 ell grow">{t("automations.text.same")}</span>
        <Segmented
          className="sm"
          label={t("automations.language")}
          items={(["zh-CN", "en"] as const).map((key) => ({ key, label: t(`automations.language.${key}`) }))}
          value={state.view}
          onChange={onView}
        />
      </header>
      <div className="text-box">
        <CodeBox
          label={t("automations.text")}
          value={state.shown}
          onChange={onType}
          language={language}
          problems={state.problems}
          viewRef={box}
        />
      </div>
      <footer className="pane-foot">
        <Place text={state.shown} at={cursor} />
        <Verdict state={state} />
        <ul className="pane-problems" aria-label={t("designer.problems")}>
          {state.problems.map((problem, index) => (
            <li key={index}>
              <button type="button" onClick={() => jump(problem)}>
                <Icon
                  name={problem.severity === "warning" ? "warn" : "error"}
                  className={problem.severity === "warning" ? "amber" : "red"}
                />
                <span>
                  {problem.message} {problem.hint && <span className="ink2">{problem.hint}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </footer>
    </section>
  );
}

/** Whether text and structure say the same, and what happens to the draft if they do not. */
function Verdict({ state }: { state: RuleState }) {
  const t = useT();
  const key =
    state.trouble === "text" && state.view === "en"
      ? "text.kept"
      : (state.trouble ?? (state.problems.length > 0 ? "problems" : "fine"));
  const fine = key === "fine";
  return (
    <span className={fine ? "verdict" : "verdict ink2"} role="status">
      {state.question === null && (
        <>
          <Icon name={fine ? "check" : "info"} size="s" className={fine ? "green" : ""} />
          {t(`automations.verdict.${key}`, { count: state.problems.length })}
        </>
      )}
    </span>
  );
}

function Place({ text, at }: { text: string; at: number }) {
  const t = useT();
  const before = text.slice(0, at).split("\n");
  return (
    <span className="place ink2">
      {t("automations.place", { line: before.length, column: (before.at(-1) ?? "").length + 1 })}
    </span>
  );
}
