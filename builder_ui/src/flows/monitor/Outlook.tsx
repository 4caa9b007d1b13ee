import type { ExpectedStop, Why } from "@/api";
import { label, t as translate, useT } from "@/i18n";
import { Avatar, Icon } from "@/ui";
import "./monitor.css";

/** The rule that found a person, in words: "superior of the initiator", "role Director". */
export function whyText({ kind, level, label: named, of }: Why, fate: string): string {
  const start = of ? label(of) : translate("flows.why.initiator.of");
  const text = translate(`flows.why.${kind === "manager" && level > 1 ? "manager.above" : kind}`, {
    name: label(named),
    of: start,
    level,
  });
  const more = fate === "added" || fate === "earlier" ? translate(`flows.why.fate.${fate}`) : "";
  return [text, more].filter(Boolean).join(translate("flows.why.and"));
}

function Stop({ stop }: { stop: ExpectedStop }) {
  const t = useT();
  return (
    <li className={stop.problem ? "ahead wrong" : "ahead"}>
      <span className="joint">{stop.problem && <Icon name="warn" size="s" />}</span>
      <div>
        <b>{label(stop.label, stop.node)}</b>
        {stop.people.length > 1 && stop.mode && <span className="ink2"> {t(`flows.mode.${stop.mode}`)}</span>}
        {stop.people.map((person) => (
          <p key={person.id}>
            <Avatar name={person.name} size="s" />
            <span>{person.name}</span>
            <span className="ink2 grow why">{whyText(person.why, person.fate)}</span>
          </p>
        ))}
        {stop.by_rule === "empty" && <p className="soon">{t(`flows.empty.${stop.empty ?? "pass"}`)}</p>}
        {stop.problem && (
          <p className="late">
            {stop.problem.message} {stop.problem.hint}
          </p>
        )}
      </div>
    </li>
  );
}

/** Who will be asked, in order and why; for a list of steps. */
export function Outlook({ stops }: { stops: readonly ExpectedStop[] }) {
  return stops.map((stop, at) => <Stop key={`${stop.node}.${at}`} stop={stop} />);
}
