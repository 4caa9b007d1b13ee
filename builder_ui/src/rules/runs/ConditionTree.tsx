import { useT } from "@/i18n";
import { Icon, type IconName } from "@/ui";
import { said, valuesIn, valueText, verdictOf, type Verdict } from "./model/parts";
import type { Part } from "./model/run";

const ICONS: Readonly<Record<Verdict, IconName>> = {
  yes: "check",
  no: "close",
  unknown: "info",
  skipped: "minus",
};
const TONES: Readonly<Record<Verdict, string>> = {
  yes: "green",
  no: "red",
  unknown: "amber",
  skipped: "dim",
};

/** Whether a part of a condition held; said in words to screen readers. */
export function VerdictIcon({ verdict }: { verdict: Verdict }) {
  const t = useT();
  return (
    <>
      <Icon name={ICONS[verdict]} size="s" className={TONES[verdict]} />
      <span className="sr">{t(`runs.part.${verdict}`)}</span>
    </>
  );
}

/** A condition part by part: what it says, whether it held, and the values it was worked out from. */
export function ConditionTree({ part }: { part: Part }) {
  return (
    <ul className="cond-tree">
      <Node part={part} />
    </ul>
  );
}

function Node({ part }: { part: Part }) {
  const t = useT();
  const verdict = verdictOf(part);
  if (part.joint === "" || verdict === "skipped") return <Line part={part} />;
  return (
    <li className={verdict}>
      <p className="cond-part">
        <VerdictIcon verdict={verdict} />
        <b>{t(`runs.joint.${part.joint}`)}</b>
      </p>
      <ul>
        {part.parts.map((one, at) => (
          <Node key={at} part={one} />
        ))}
      </ul>
    </li>
  );
}

function Line({ part }: { part: Part }) {
  const verdict = verdictOf(part);
  return (
    <li className={verdict}>
      <p className="cond-part">
        <VerdictIcon verdict={verdict} />
        <code>{said(part.text)}</code>
        <Values part={part} verdict={verdict} />
      </p>
    </li>
  );
}

function Values({ part, verdict }: { part: Part; verdict: Verdict }) {
  const t = useT();
  if (verdict === "skipped") return <span className="ink2">{t("runs.part.not-needed")}</span>;
  return (
    <>
      {valuesIn(part).map(({ text, value }) => (
        <span key={text} className="was">
          {said(text)} <b>{valueText(value)}</b>
        </span>
      ))}
      {part.omitted > 0 && <span className="ink2">{t("runs.part.omitted", { count: part.omitted })}</span>}
    </>
  );
}
