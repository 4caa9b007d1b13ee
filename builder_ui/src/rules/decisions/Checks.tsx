import { Fragment } from "react";
import { useT, type Translate } from "@/i18n";
import { Button, Icon } from "@/ui";
import { useAround } from "./around";
import { TestsView } from "./CellView";
import { readTests } from "./model/cell";
import { cellsOf, GAP, isError, isMeeting, numberIn } from "./model/marks";
import { columnOf, emptyRow, pathOf, withoutRows, withRows, type Place, titleOf } from "./model/sheet";
import type { DecisionState, Finding } from "./model/state";
import { TrialBox } from "./TrialRow";
import { styleOf } from "./model/style";
import type { Cells } from "./useCells";

interface Props {
  state: DecisionState;
  cells: Cells;
  onColumn: (place: Place) => void;
}

/** What is wrong, most serious first, each with what mends it. */
export function Checks({ state, cells, onColumn }: Props) {
  const t = useT();
  const { problems, covered, question } = state;
  const sorted = [...problems].sort((one, other) => Number(isError(other)) - Number(isError(one)));
  return (
    <aside className="checks" aria-label={t("decisions.checks")}>
      <header>
        <h2>{t("decisions.checks")}</h2>
        <span className="push" />
        <span className="ink2" aria-live="polite">
          {t(question ? "decisions.checks.running" : "decisions.checks.live")}
        </span>
      </header>
      <section>
        {covered !== null && <Covered share={covered} />}
        {sorted.map((finding, at) => (
          <Issue key={at} finding={finding} cells={cells} onColumn={onColumn} />
        ))}
        {state.trouble === "server" && <p className="late">{t("decisions.unanswered")}</p>}
        {problems.length === 0 && !question && (
          <p className="fine">
            <Icon name="ok" className="green" /> {t("decisions.fine")}
          </p>
        )}
      </section>
      <OtherInputs state={state} />
      <TrialProblems />
    </aside>
  );
}

function Covered({ share }: { share: number }) {
  const t = useT();
  const percent = share === 1 ? "100" : Math.min(share * 100, 99.9).toFixed(1);
  return (
    <div className="covered">
      <span className="row">
        <span>{t("decisions.covered")}</span>
        <b className="push">{percent} %</b>
      </span>
      <span className="prog">
        <i style={{ width: `${percent}%` }} />
      </span>
    </div>
  );
}

function Issue({ finding, cells, onColumn }: { finding: Finding } & Omit<Props, "state">) {
  const t = useT();
  const { sheet } = useAround();
  const place = placeOfFinding(finding);
  const show = () => {
    if (finding.row > 0) cells.select({ anchor: cellAt(), focus: cellAt() });
  };
  const cellAt = () => ({ row: finding.row - 1, column: place ? columnOf(sheet, place) : 0 });
  return (
    <div className="iss">
      <Icon name={isError(finding) ? "error" : "warn"} className={isError(finding) ? "red" : "amber"} />
      <b>{headline(finding, place && titleOf(sheet, place).label, t)}</b>
      <Explained finding={finding} />
      <div className="row">
        <Fixes finding={finding} onColumn={onColumn} />
        {finding.row > 0 && (
          <Button size="xs" look="quiet" onClick={show}>
            {t("decisions.show-cell")}
          </Button>
        )}
      </div>
    </div>
  );
}

function placeOfFinding({ input, output }: Finding): Place | null {
  if (input > 0) return { area: "inputs", index: input - 1 };
  return output > 0 ? { area: "outputs", index: output - 1 } : null;
}

function headline(finding: Finding, column: string | null, t: Translate): string {
  if (finding.code === GAP) {
    const after = numberIn(finding, "after");
    return after > 0 ? t("decisions.gap.after", { row: after }) : t("decisions.gap.head");
  }
  if (isMeeting(finding))
    return t("decisions.meeting", { first: numberIn(finding, "first"), second: numberIn(finding, "second") });
  const parts = [finding.row > 0 ? t("decisions.row", { row: finding.row }) : "", column ?? ""];
  return parts.filter(Boolean).join(" · ") || t("decisions.table");
}

/** The values concerned as chips, else the sentence of the server. */
function Explained({ finding }: { finding: Finding }) {
  const t = useT();
  const { sheet, styles } = useAround();
  const cells = cellsOf(finding);
  const named = cells.flatMap((text, at) =>
    readTests(text).kind === "any" ? [] : [{ text, at, ...titleOf(sheet, { area: "inputs", index: at }) }],
  );
  if (named.length === 0) return <p>{`${finding.message} ${finding.hint ?? ""}`}</p>;
  return (
    <p className="values">
      {named.map(({ text, at, label }) => {
        const style = styles[at];
        return (
          <Fragment key={at}>
            <span>{label}</span>
            {style && <TestsView text={text} style={style} />}
          </Fragment>
        );
      })}
      <span>
        {t(finding.code === GAP ? "decisions.gap.why" : `decisions.meeting.why.${finding.code.slice(14)}`)}
      </span>
    </p>
  );
}

function Fixes({ finding, onColumn }: { finding: Finding; onColumn: Props["onColumn"] }) {
  const t = useT();
  const { sheet, change } = useAround();
  if (finding.code === GAP) {
    const row = { ...emptyRow(sheet), inputs: cellsOf(finding) };
    const at = Math.min(numberIn(finding, "after"), sheet.rows.length);
    return (
      <>
        <Button size="xs" onClick={() => change(withRows(sheet, at, [row]))}>
          {t("decisions.gap.add")}
        </Button>
        <Button size="xs" look="quiet" onClick={() => onColumn({ area: "outputs", index: 0 })}>
          {t("decisions.default.set")}
        </Button>
      </>
    );
  }
  if (finding.code === "decision.lint.overlap")
    return (
      <Button size="xs" onClick={() => change({ ...sheet, hit_policy: "FIRST", aggregation: "" })}>
        {t("decisions.meeting.first")}
      </Button>
    );
  if (finding.code === "decision.lint.unreachable" && finding.row > 0)
    return (
      <Button size="xs" onClick={() => change(withoutRows(sheet, finding.row - 1, finding.row - 1))}>
        {t("decisions.row.delete")}
      </Button>
    );
  if (finding.code === "decision.table.no-order" && finding.output > 0)
    return (
      <Button size="xs" onClick={() => onColumn({ area: "outputs", index: finding.output - 1 })}>
        {t("decisions.column.edit")}
      </Button>
    );
  return null;
}

/** Inputs that the decision needs and no column of its table stands for. */
function OtherInputs({ state }: { state: DecisionState }) {
  const t = useT();
  const { sheet } = useAround();
  const paths = sheet.inputs.map((one) => pathOf(one.expression)?.name);
  const others = Object.entries(state.needs).filter(([name]) => !paths.includes(name));
  if (others.length === 0) return null;
  return (
    <section>
      <h3>{t("decisions.trial.others")}</h3>
      {others.map(([name, type]) => (
        <label key={name} className="fld">
          <span className="mono">{name}</span>
          <TrialBox path={name} label={name} style={styleOf({ type, allowed: "" }, undefined, "CNY")} />
        </label>
      ))}
    </section>
  );
}

function TrialProblems() {
  const t = useT();
  const { trial, given } = useAround();
  const isTried = Object.values(given).some((text) => text !== "");
  const said = trial?.problems ?? [];
  if (!isTried || said.length === 0) return null;
  return (
    <section>
      <h3>{t("decisions.trial.problems")}</h3>
      <ul>
        {said.map((problem, at) => (
          <li key={at} className={problem.severity === "warning" ? "ink2" : "late"}>
            {problem.message}
          </li>
        ))}
      </ul>
    </section>
  );
}
