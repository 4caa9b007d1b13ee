import { useState, useSyncExternalStore } from "react";
import type { Task } from "@/api";
import { outcomeText, statusText, WithdrawDialog } from "@/flows";
import { formatDistance, formatMoment, label, useT } from "@/i18n";
import { Avatar, Button } from "@/ui";
import { grouped, type GroupKey } from "./model/groups";
import { summaryText } from "./model/summary";

interface Props {
  tasks: readonly Task[];
  /** Open tasks are grouped by urgency, ended ones stand in the order of their end. */
  open: boolean;
  current: number | null;
  onChoose: (task: Task) => void;
}

const MINUTE_MS = 60_000;

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE_MS);
  return () => clearInterval(timer);
}

/** The current minute; lists that tell time by it re-render once a minute. */
function useMinute(): Date {
  const minute = useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / MINUTE_MS));
  return new Date(minute * MINUTE_MS);
}

function Limit({ task, group }: { task: Task; group: GroupKey | null }) {
  if (task.kind === "process")
    return <span className="ink2">{statusText(task.process_status ?? task.status)}</span>;
  if (task.outcome) return <span className="ink2">{outcomeText(task.outcome)}</span>;
  if (!task.due_at) return <span className="ink2">{formatMoment(task.arrived_at)}</span>;
  const tone = group === "late" ? "late" : group === "today" ? "soon" : "ink2";
  return <span className={tone}>{formatDistance(task.due_at)}</span>;
}

function Line({
  task,
  group,
  current,
  onChoose,
}: { task: Task; group: GroupKey | null } & Omit<Props, "tasks" | "open">) {
  const texts = useT();
  const [asking, setAsking] = useState(false);
  const withdraw = task.kind === "process" ? task.actions.find(({ id }) => id === "withdraw") : undefined;
  return (
    <li className={withdraw ? "with-action" : ""}>
      <button
        type="button"
        className={task.id === current ? "on" : ""}
        aria-current={task.id === current ? "true" : undefined}
        onClick={() => onChoose(task)}
      >
        <Avatar name={task.initiator.name} />
        <span className="lines">
          <span className="row">
            <b className="ell grow">{task.record.title || task.title}</b>
            {!withdraw && <Limit task={task} group={group} />}
          </span>
          <span className="row second">
            {withdraw && <Limit task={task} group={group} />}
            <span className="ell grow">
              {task.summary.length > 0
                ? task.summary.map(summaryText).join("  ")
                : label(task.flow.label, task.flow.key)}
            </span>
            {!withdraw && <span className="ink2">{task.initiator.name}</span>}
          </span>
        </span>
      </button>
      {withdraw && (
        <span className="withdraw">
          <Button size="sm" onClick={() => setAsking(true)}>
            {texts("flows.withdraw")}
          </Button>
        </span>
      )}
      {withdraw && asking && (
        <WithdrawDialog process={task} action={withdraw} onClose={() => setAsking(false)} />
      )}
    </li>
  );
}

/** The inbox: one line of substance per task, so that most are decided before opening. */
export function TaskList({ tasks, open, current, onChoose }: Props) {
  const t = useT();
  const now = useMinute();
  const groups = open ? grouped(tasks, now) : [{ key: null, tasks: [...tasks] }];
  return groups.map((group) => (
    <section key={group.key ?? "all"} className="task-group">
      {group.key && (
        <h2 className={group.key === "late" ? "late" : ""}>
          {t(`tasks.group.${group.key}`)} {group.tasks.length}
        </h2>
      )}
      <ul>
        {group.tasks.map((task) => (
          <Line key={task.id} task={task} group={group.key} current={current} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  ));
}
