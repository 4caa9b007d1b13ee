import type { Process, ProcessNode } from "@/api";
import { formatMoment, label, useT, t as translate } from "@/i18n";
import { Avatar, Icon } from "@/ui";

const SHOWN = /task|approval|user|service|start|end/i;

function stateOf(process: Process, node: ProcessNode): "active" | "done" | "ahead" {
  if (process.active.includes(node.id)) return "active";
  return process.done.includes(node.id) ? "done" : "ahead";
}

/** Text of an outcome; definitions may name outcomes of their own, which show as they are. */
export function outcomeText(outcome: string): string {
  const key = `flows.outcome.${outcome}`;
  const text = translate(key);
  return text === key ? outcome : text;
}

function NodeName({ node }: { node: ProcessNode }) {
  const t = useT();
  const name = label(node.label);
  if (name) return <b>{name}</b>;
  return (
    <b>{/start/i.test(node.kind) ? t("flows.start") : /end/i.test(node.kind) ? t("flows.end") : node.id}</b>
  );
}

/** The path of a process as a list of its steps: passed, where it stands, ahead; with people and decisions. */
export function Steps({ process }: { process: Process }) {
  const t = useT();
  const nodes = process.nodes.filter((node) => SHOWN.test(node.kind));
  return (
    <ol className="steps">
      {nodes.map((node) => {
        const state = stateOf(process, node);
        return (
          <li key={node.id} className={state} aria-current={state === "active" ? "step" : undefined}>
            <span className="joint">{state === "done" && <Icon name="check" size="s" />}</span>
            <div>
              <NodeName node={node} />
              {state === "ahead" && <span className="sr">{t("flows.ahead")}</span>}
              {node.people.map((person) => (
                <p key={person.id}>
                  <Avatar name={person.name} size="s" />
                  <span className="grow ell">{person.name}</span>
                  <span className={person.outcome ? "ink2" : "soon"}>
                    {person.outcome ? outcomeText(person.outcome) : state === "active" && t("flows.waiting")}
                  </span>
                  {person.at && <time dateTime={person.at}>{formatMoment(person.at)}</time>}
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
