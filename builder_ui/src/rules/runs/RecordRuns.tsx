import { useState } from "react";
import { useT } from "@/i18n";
import { Button, Segmented } from "@/ui";
import { RunList } from "./RunList";
import { WhyNot } from "./WhyNot";

const SHOWN = ["", "done", "failed", "skipped"] as const;

/** Below a record: what rules did to it and why, and why one did not. */
export default function RecordRuns({ form, record }: { form: string; record: number }) {
  const t = useT();
  const [state, setState] = useState<(typeof SHOWN)[number]>("");
  const [asking, setAsking] = useState(false);
  return (
    <div className="record-runs">
      <div className="runs-bar">
        <Segmented
          className="sm"
          label={t("runs.filter")}
          items={SHOWN.map((key) => ({ key, label: t(`runs.show.${key || "all"}`) }))}
          value={state}
          onChange={setState}
        />
        {!asking && (
          <Button size="sm" icon="search" className="push" onClick={() => setAsking(true)}>
            {t("runs.why-not")}
          </Button>
        )}
      </div>
      {asking && <WhyNot form={form} record={record} onClose={() => setAsking(false)} />}
      <RunList
        asked={{ form, record, state }}
        by="rule"
        empty={t(state ? "runs.none.filtered" : "runs.none.record")}
      />
    </div>
  );
}
