import { sentenceOf, type Problem } from "@/api";
import { useT } from "@/i18n";
import { Button, Icon, ProblemLines, Skeleton } from "@/ui";
import { ConditionTree } from "./ConditionTree";
import { valueText } from "./model/parts";
import { durationText, type Done, type Part, type Read, type Run } from "./model/run";
import { useRetry, useRun } from "./useRuns";

/** One run opened: its condition part by part, what it did, what was wrong, what it read. */
export function RunDetails({ run }: { run: Run }) {
  const t = useT();
  const { data, error } = useRun(run.id);
  const retry = useRetry(run);
  if (error) return <p className="notice bad">{sentenceOf(error)}</p>;
  if (!data) return <Skeleton rows={3} />;
  return (
    <div className="run-details">
      <Findings
        condition={data.condition}
        actions={data.actions}
        problems={data.problems}
        reads={data.reads}
        closed={data.closed}
      />
      <footer className="run-foot ink2">
        <span>{t("runs.version", { version: data.version })}</span>
        <span>{t("runs.took", { time: durationText(data.duration_us) })}</span>
        {data.depth > 0 && <span>{t("runs.depth", { depth: data.depth })}</span>}
        {data.retry_of !== null && <span>{t("runs.retry-of", { run: data.retry_of })}</span>}
        {data.may_retry && (
          <Button
            size="sm"
            icon="refresh"
            className="push"
            busy={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {t("runs.retry")}
          </Button>
        )}
      </footer>
    </div>
  );
}

interface FindingsProps {
  condition: Part | null;
  actions: readonly Done[];
  problems: readonly Problem[];
  reads: readonly Read[];
  closed: boolean;
  /** The actions would be done, and were not. */
  foreseen?: boolean;
}

/** What is known of a rule on a record. Parts about which there is nothing to say are left out. */
export function Findings({ condition, actions, problems, reads, closed, foreseen }: FindingsProps) {
  const t = useT();
  return (
    <>
      {closed && (
        <p className="notice">
          <Icon name="lock" />
          {t("runs.closed")}
        </p>
      )}
      {problems.length > 0 && <ProblemLines problems={problems} />}
      {condition && (
        <section className="finding">
          <h4>{t("runs.condition")}</h4>
          <ConditionTree part={condition} />
        </section>
      )}
      {actions.length > 0 && (
        <section className="finding">
          <h4>{t(foreseen ? "runs.would-do" : "runs.did")}</h4>
          <Actions actions={actions} />
        </section>
      )}
      {!condition && reads.length > 0 && <Reads reads={reads} />}
    </>
  );
}

function Actions({ actions }: { actions: readonly Done[] }) {
  return (
    <ol className="did">
      {actions.map(({ action, words }) => (
        <li key={action}>
          {words.map(({ text }, at) => (
            <span key={at}>{text}</span>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** Where there is no condition to show them in. */
function Reads({ reads }: { reads: readonly Read[] }) {
  const t = useT();
  return (
    <section className="finding">
      <h4>{t("runs.reads")}</h4>
      <p className="reads">
        {reads.map(({ path, label, old, value }) => (
          <span key={path} className="was">
            {old ? t("runs.before", { name: label }) : label} <b>{valueText(value)}</b>
          </span>
        ))}
      </p>
    </section>
  );
}
