import type { LogEntry } from "@/api";
import { formatDateTime, formatMoment, label, useT } from "@/i18n";
import { Avatar } from "@/ui";
import { outcomeText } from "./Steps";

const TONES: Record<string, string> = { approve: "ok", reject: "bad" };

/** What happened in a process, newest first: who, which decision, with which opinion. */
export function Log({ entries }: { entries: readonly LogEntry[] }) {
  const t = useT();
  return (
    <ol className="opinions">
      {[...entries].reverse().map((entry) => {
        const who = entry.actor?.name ?? t("flows.system");
        return (
          <li key={entry.seq}>
            <Avatar name={who} />
            <div className="grow">
              <p>
                <b>{who}</b>
                <span className="ink2 ell">{label(entry.label)}</span>
                {entry.outcome && (
                  <span className={`tagt ${TONES[entry.outcome] ?? ""}`}>{outcomeText(entry.outcome)}</span>
                )}
                <time className="push ink2" dateTime={entry.at} title={formatDateTime(entry.at)}>
                  {formatMoment(entry.at)}
                </time>
              </p>
              {(entry.opinion || entry.text) && <p>{entry.opinion || entry.text}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
