import type { Process, ProcessNode } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Avatar, Icon } from "@/ui";
import { Outlook } from "./Outlook";
import { outcomeText, statusText } from "./words";

type State = "active" | "done" | "ahead";

interface StepProps {
  name: string;
  state: State;
  people: ProcessNode["people"];
}

function stateOf(process: Process, node: ProcessNode): State {
  if (process.active.includes(node.id)) return "active";
  return process.done.includes(node.id) ? "done" : "ahead";
}

/** People's steps are told when they were asked; what the machine does and where it ends, once it has happened. */
function isTold(process: Process, node: ProcessNode): boolean {
  const state = stateOf(process, node);
  if (node.kind === "user") return state !== "ahead";
  if (node.kind === "end" || node.kind === "terminate") return state === "done";
  return state === "active";
}

function Person({ person, waiting }: { person: ProcessNode["people"][number]; waiting: boolean }) {
  const t = useT();
  const open = waiting && (person.status === undefined || person.status === "open");
  const verdict = person.outcome ? outcomeText(person.outcome) : open ? t("flows.waiting") : "";
  const passedOver = !person.outcome && person.status !== undefined && person.status !== "open";
  return (
    <p>
      <Avatar name={person.name} size="s" />
      <span className="grow ell">{person.name}</span>
      <span className={open && !person.outcome ? "soon" : "ink2"}>
        {passedOver ? statusText(person.status ?? "") : verdict}
      </span>
      {person.at && <time dateTime={person.at}>{formatMoment(person.at)}</time>}
      {person.opinion && <q>{person.opinion}</q>}
    </p>
  );
}

function Step({ name, state, people }: StepProps) {
  return (
    <li className={state} aria-current={state === "active" ? "step" : undefined}>
      <span className="joint">{state === "done" && <Icon name="check" size="s" />}</span>
      <div>
        <b>{name}</b>
        {people.map((person, at) => (
          <Person key={`${person.id}.${at}`} person={person} waiting={state === "active"} />
        ))}
      </div>
    </li>
  );
}

/** The path of a process as a list of its steps: passed, where it stands, expected; with people and opinions. */
export function Steps({ process }: { process: Process }) {
  const t = useT();
  const starter = { ...process.initiator, outcome: "submit", at: process.started_at };
  return (
    <ol className="steps">
      <Step name={t("flows.start")} state="done" people={[starter]} />
      {process.nodes
        .filter((node) => isTold(process, node))
        .map((node) => (
          <Step
            key={node.id}
            name={label(node.label, node.id)}
            state={stateOf(process, node)}
            people={node.people}
          />
        ))}
      <Outlook stops={process.ahead} />
    </ol>
  );
}
