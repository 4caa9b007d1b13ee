import { useState } from "react";
import { useT } from "@/i18n";
import { Segmented } from "@/ui";
import { RunList } from "./RunList";

const SHOWN = ["", "done", "failed", "skipped"] as const;
const DAYS = ["1", "7", "90"] as const;

/** On a rule's screen: its runs on any record. */
export default function RuleRuns({ rule }: { rule: string }) {
  const t = useT();
  const [state, setState] = useState<(typeof SHOWN)[number]>("");
  const [days, setDays] = useState<(typeof DAYS)[number]>("90");
  return (
    <section className="rule-runs" aria-label={t("runs.title")}>
      <div className="runs-bar">
        <Segmented
          className="sm"
          label={t("runs.filter")}
          items={SHOWN.map((key) => ({ key, label: t(`runs.show.${key || "all"}`) }))}
          value={state}
          onChange={setState}
        />
        <Segmented
          className="sm"
          label={t("runs.since")}
          items={DAYS.map((key) => ({ key, label: t(`runs.since.${key}`) }))}
          value={days}
          onChange={setDays}
        />
        <span className="hint push">{t("runs.kept")}</span>
      </div>
      <RunList
        asked={{ rule, state, days: Number(days) }}
        by="record"
        empty={t(state ? "runs.none.filtered" : "runs.none.rule")}
      />
    </section>
  );
}
