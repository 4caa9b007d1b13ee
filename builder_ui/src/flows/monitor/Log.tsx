import { useState } from "react";
import type { LogEntry } from "@/api";
import { formatDateTime, formatMoment, label, useT, t as translate } from "@/i18n";
import { Avatar, Icon, Segmented } from "@/ui";
import { outcomeText } from "./words";

const TONES: Record<string, string> = { approve: "ok", approved: "ok", reject: "bad", rejected: "bad" };
/** Kinds in which a person spoke or something went wrong; the rest is the machine's own work. */
const SPOKEN: readonly string[] = ["started", "decided", "incident", "cancelled", "ended"];

function whatHappened(entry: LogEntry): string {
  const key = `flows.log.${entry.kind}`;
  const people = (entry.people ?? []).map((person) => person.name).join(translate("flows.log.and"));
  const text = translate(key, { people });
  return text === key ? entry.kind : text;
}

function Line({ entry }: { entry: LogEntry }) {
  const t = useT();
  const who = entry.actor?.name ?? t("flows.system");
  return (
    <li>
      {entry.actor ? (
        <Avatar name={who} />
      ) : (
        <Icon name={entry.problem ? "warn" : "gear"} size="l" className="dim" />
      )}
      <div className="grow">
        <p>
          <b>{who}</b>
          {entry.outcome ? (
            <span className={`tagt ${TONES[entry.outcome] ?? ""}`}>{outcomeText(entry.outcome)}</span>
          ) : (
            <span className="ink2">{whatHappened(entry)}</span>
          )}
          <span className="ink2 ell">{label(entry.label)}</span>
          <time className="push ink2" dateTime={entry.at} title={formatDateTime(entry.at)}>
            {formatMoment(entry.at)}
          </time>
        </p>
        {(entry.kind === "decided" || entry.kind === "cancelled") && entry.opinion && <p>{entry.opinion}</p>}
        {entry.problem && (
          <p className="late">
            {entry.problem.message} {entry.problem.hint}
          </p>
        )}
      </div>
    </li>
  );
}

/** What happened in a process, newest first: who, which decision, with which opinion; on demand every step. */
export function Log({ entries }: { entries: readonly LogEntry[] }) {
  const t = useT();
  const [shown, setShown] = useState<"spoken" | "all">("spoken");
  const lines = entries.filter((entry) => shown === "all" || SPOKEN.includes(entry.kind));
  return (
    <>
      <header className="sec-h ruled">
        <h2>{t("flows.opinions")}</h2>
        <small>{lines.length}</small>
        <Segmented
          className="sm push"
          label={t("flows.log")}
          value={shown}
          onChange={setShown}
          items={[
            { key: "spoken", label: t("flows.log.spoken") },
            { key: "all", label: t("flows.log.all") },
          ]}
        />
      </header>
      <ol className="opinions">
        {[...lines].reverse().map((entry) => (
          <Line key={entry.seq} entry={entry} />
        ))}
      </ol>
    </>
  );
}
