import { useState } from "react";
import { Link } from "react-router";
import { sentenceOf } from "@/api";
import { formatDateTime, formatMoment, label, useT } from "@/i18n";
import { Button, Empty, Icon, Skeleton } from "@/ui";
import { durationText, toneOfState, type Run } from "./model/run";
import { RunDetails } from "./RunDetails";
import { useRuns, type Asked } from "./useRuns";
import "./runs.css";

interface Props {
  asked: Asked;
  /** What names a run in this list: its rule on a record, its record on a rule. */
  by: "rule" | "record";
  /** What is said while there are none. */
  empty: string;
}

/** Runs of rules, the newest first; one opens below its line. */
export function RunList({ asked, by, empty }: Props) {
  const t = useT();
  const runs = useRuns(asked);
  const [open, setOpen] = useState<number | null>(null);
  if (runs.error) return <p className="notice bad">{sentenceOf(runs.error)}</p>;
  if (!runs.data) return <Skeleton rows={5} />;
  const items = runs.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={empty} />;
  return (
    <>
      <ul className="runs">
        {items.map((run) => (
          <li key={run.id} className={run.id === open ? "open" : ""}>
            <Line
              run={run}
              by={by}
              open={run.id === open}
              onToggle={() => setOpen(run.id === open ? null : run.id)}
            />
            {run.id === open && <RunDetails run={run} />}
          </li>
        ))}
      </ul>
      {runs.hasNextPage && (
        <Button className="more" busy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          {t("runs.more")}
        </Button>
      )}
    </>
  );
}

interface LineProps {
  run: Run;
  by: Props["by"];
  open: boolean;
  onToggle: () => void;
}

function Line({ run, by, open, onToggle }: LineProps) {
  const t = useT();
  return (
    <div className="run">
      <button type="button" className="run-open" aria-expanded={open} onClick={onToggle}>
        <span className={`badge ${run.reason === "otherwise" ? "else" : toneOfState(run.state)}`}>
          {stateText(t, run)}
        </span>
        <b className="ell">{by === "rule" ? label(run.label, run.rule) : titleOf(t, run)}</b>
        <span className="what ell">{summaryOf(run)}</span>
        <span className="ink2 event">{t(`runs.event.${run.event}`)}</span>
        <span className="ink2 who ell">{run.actor.name}</span>
        <span className="ink2 took">{durationText(run.duration_us)}</span>
        <time className="ink2" dateTime={run.at} title={formatDateTime(run.at)}>
          {formatMoment(run.at)}
        </time>
        <Icon name={open ? "up" : "down"} size="s" className="dim" />
      </button>
      {by === "record" && run.title !== null && run.record !== null && (
        <Link
          className="btn quiet sm ico"
          to={`/forms/${run.form}/${run.record}`}
          aria-label={t("runs.record.open", { title: run.title || `#${run.record}` })}
        >
          <Icon name="external" />
        </Link>
      )}
    </div>
  );
}

/** The verdict in one word; of a rule that did nothing also why. */
export function stateText(
  t: ReturnType<typeof useT>,
  { state, reason }: Pick<Run, "state" | "reason">,
): string {
  if (state === "skipped") return t(`runs.skipped.${reason === "values" ? "values" : "condition"}`);
  return t(reason === "otherwise" && state === "done" ? "runs.state.otherwise" : `runs.state.${state}`);
}

function titleOf(t: ReturnType<typeof useT>, { title, record, form }: Run): string {
  if (title) return title;
  if (record !== null) return `#${record}`;
  return t(form ? "runs.record.new" : "runs.record.none");
}

/** What it did, else what went wrong: enough to know whether to open it. */
function summaryOf({ state, actions, problems }: Run): string {
  if (state === "failed" || state === "cut" || state === "deferred") return problems[0]?.message ?? "";
  return actions.flatMap(({ words }) => words.map(({ text }) => text)).join(" · ");
}
