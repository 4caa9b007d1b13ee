import { useRef, useState } from "react";
import { Link } from "react-router";
import { ApiProblem, isEmpty, sentenceOf, type FieldRender, type TaskAction } from "@/api";
import { ProcessPanel } from "@/flows";
import { FormView, type FormHandle } from "@/forms";
import { formatDistance, formatMoment, label, t, useT } from "@/i18n";
import { Button, Icon, toast, useMedia, useShortcut } from "@/ui";
import { summaryValue } from "./model/summary";
import { useComplete, type OpenTask } from "./useTasks";

interface Props {
  task: OpenTask;
  /** Called after the decision is stored: the inbox opens the next task. */
  onDecided: () => void;
  onBack: () => void;
  phone: boolean;
}

const KEYS: Record<string, string> = { approve: "A", reject: "R" };

function actionText(action: TaskAction): string {
  const own = label(action.label);
  if (own) return own;
  const key = `tasks.action.${action.id}`;
  const text = t(key);
  return text === key ? action.id : text;
}

function doneText(outcome: string, title: string): string {
  return t(outcome === "approve" || outcome === "reject" ? `tasks.done.${outcome}` : "tasks.done.other", {
    title,
  });
}

function Head({ task, phone, onBack }: Pick<Props, "task" | "phone" | "onBack">) {
  const texts = useT();
  return (
    <header className="task-head">
      <h1>
        {phone && (
          <button type="button" className="btn quiet ico" aria-label={texts("tasks.back")} onClick={onBack}>
            <Icon name="left" />
          </button>
        )}
        <span className="grow">{task.record.title || task.title}</span>
        {!task.deleted && (
          <Link
            className="btn quiet ico"
            to={`/forms/${task.form}/${task.record.id}`}
            title={texts("tasks.record")}
            aria-label={texts("tasks.record")}
          >
            <Icon name="external" />
          </Link>
        )}
      </h1>
      <p>
        <span>{label(task.flow.label, task.flow.key)}</span>
        <span>{label(task.node.label)}</span>
        <span className="ink2">
          {texts("tasks.from", { name: task.initiator.name, at: formatMoment(task.arrived_at) })}
        </span>
        {task.due_at && (
          <span className="soon">{texts("tasks.due", { distance: formatDistance(task.due_at) })}</span>
        )}
      </p>
    </header>
  );
}

function Facts({ task }: { task: OpenTask }) {
  if (task.summary.length === 0) return null;
  return (
    <dl className="task-summary">
      {task.summary.map((part, at) => (
        <div key={at}>
          <dt>{label(part.label)}</dt>
          <dd>{summaryValue(part)}</dd>
        </div>
      ))}
    </dl>
  );
}

function fieldsOf(task: OpenTask): FieldRender[] {
  return Object.values(task.render?.fields ?? {});
}

/** Whether the node lets the decider change fields: then the document is a form to fill. */
function mayWrite(task: OpenTask): boolean {
  return fieldsOf(task).some((field) => field.access === "write" && !field.computed);
}

function useDecide({ task, onDecided }: Props, handle: React.RefObject<FormHandle | null>, editing: boolean) {
  const [opinion, setOpinion] = useState("");
  const [missing, setMissing] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const complete = useComplete((done, outcome) => {
    toast.show(doneText(outcome, done.record.title));
    onDecided();
  });
  const decide = async (action: TaskAction) => {
    if (complete.isPending) return;
    const needs = action.opinion === "required" || (action.id === "reject" && action.opinion !== "none");
    if (needs && opinion.trim() === "") {
      setMissing(true);
      box.current?.focus();
      return;
    }
    const values = editing ? await handle.current?.collect() : undefined;
    if (editing && !values) return;
    complete.mutate(
      { task, decision: { outcome: action.id, opinion: opinion.trim(), ...(values ? { values } : {}) } },
      {
        onError: (error) => {
          if (error instanceof ApiProblem && error.status === 422) handle.current?.refuse(error);
        },
      },
    );
  };
  const write = (text: string) => {
    setOpinion(text);
    setMissing(false);
  };
  return { opinion, write, missing, box, decide, complete };
}

function DecisionBar({ task, decision }: { task: OpenTask; decision: ReturnType<typeof useDecide> }) {
  const texts = useT();
  const { opinion, write, missing, box, decide, complete } = decision;
  const byId = (id: string) => task.actions.find((action) => action.id === id);
  const approve = byId("approve");
  const reject = byId("reject");
  useShortcut("a", () => approve && void decide(approve), approve !== undefined);
  useShortcut("r", () => reject && void decide(reject), reject !== undefined);
  const stale = complete.error instanceof ApiProblem && complete.error.status === 409;
  return (
    <footer className="decision">
      {complete.isError && (
        <p className="notice bad" role="alert">
          <Icon name="error" />
          <span className="grow">{stale ? texts("tasks.stale") : sentenceOf(complete.error)}</span>
        </p>
      )}
      <textarea
        ref={box}
        className={missing ? "textarea bad" : "textarea"}
        rows={2}
        aria-label={texts("tasks.opinion")}
        aria-invalid={missing}
        aria-describedby={missing ? "opinion-missing" : undefined}
        placeholder={texts("tasks.opinion.hint")}
        value={opinion}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {missing && (
        <span className="err" id="opinion-missing">
          {texts("tasks.opinion.missing")}
        </span>
      )}
      <div className="row">
        {task.actions.map((action) => (
          <Button
            key={action.id}
            look={action.id === "approve" || task.actions.length === 1 ? "pri" : "plain"}
            size="lg"
            danger={false}
            busy={complete.isPending}
            shortcut={KEYS[action.id] ?? ""}
            onClick={() => void decide(action)}
          >
            {actionText(action)}
          </Button>
        ))}
      </div>
    </footer>
  );
}

/** Something the decider must still enter: then the document opens as a form at once. */
function mustWrite(task: OpenTask): boolean {
  return fieldsOf(task).some(
    (field) =>
      field.access === "write" &&
      !field.computed &&
      field.required === true &&
      isEmpty(task.record.values[field.key]),
  );
}

interface RecordProps {
  task: OpenTask;
  editing: boolean;
  onEdit: () => void;
  handle: React.RefObject<FormHandle | null>;
}

/** The record with the rights of its node: to read, and on demand to fill what the node opens. */
function Record({ task, editing, onEdit, handle }: RecordProps) {
  const texts = useT();
  const mode = editing ? "edit" : "view";
  if (!task.render) {
    return (
      <p className="notice" role="status">
        <Icon name="trash" />
        {texts("tasks.deleted")}
      </p>
    );
  }
  return (
    <div className="task-record">
      {!editing && task.actions.length > 0 && mayWrite(task) && (
        <p className="task-edit">
          <Button size="sm" icon="edit" onClick={onEdit}>
            {texts("tasks.edit")}
          </Button>
        </p>
      )}
      <FormView
        key={`${task.id}.${task.record.rev}.${mode}`}
        ref={handle}
        form={task.render}
        mode={mode}
        record={task.record}
      />
    </div>
  );
}

/** One task: the document in the order of the decision, the flow beside it, the opinion and the buttons below. */
export default function TaskDocument(props: Props) {
  const { task, phone, onBack } = props;
  const texts = useT();
  const handle = useRef<FormHandle>(null);
  const open = task.actions.length > 0;
  const [editing, setEditing] = useState(open && mustWrite(task));
  const decision = useDecide(props, handle, editing);
  const wide = useMedia("(min-width: 1440px)");
  const flow = (
    <aside className={wide ? "task-flow beside" : "task-flow below"}>
      <ProcessPanel process={task.process} />
    </aside>
  );
  return (
    <>
      <article className="task-doc" aria-label={task.record.title}>
        <Head task={task} phone={phone} onBack={onBack} />
        <div className="task-body">
          <Facts task={task} />
          <Record task={task} handle={handle} editing={editing} onEdit={() => setEditing(true)} />
          {!wide && flow}
        </div>
        {open ? (
          <DecisionBar task={task} decision={decision} />
        ) : (
          <p className="decision ink2">
            {task.outcome
              ? `${texts("tasks.decided")} ${actionText({ id: task.outcome, opinion: "none" })}`
              : texts("tasks.ended")}
          </p>
        )}
      </article>
      {wide && flow}
    </>
  );
}
