import { useId, useState } from "react";
import { sentenceOf } from "@/api";
import { formatMoment, useT } from "@/i18n";
import { Button, Dialog, Skeleton, toast } from "@/ui";
import { Counts, Ledger } from "./Ledger";
import type { DraftRef } from "./model/plan";
import { obstacle } from "./model/plan";
import { useRollBack, useRollBackPlan, useVersions, type Version } from "./usePlan";

/** Published versions of one definition; an earlier one can be made current again, after its plan was shown. */
export function Versions({ definition, name }: { definition: DraftRef; name: string }) {
  const t = useT();
  const { data, isPending } = useVersions(definition);
  const [target, setTarget] = useState<number | null>(null);
  const versions = data?.items ?? [];
  return (
    <section className="sec" aria-label={t("publish.versions", { name })}>
      <h2>{t("publish.versions", { name })}</h2>
      {isPending && <Skeleton rows={2} height={28} />}
      {!isPending && versions.length === 0 && <p className="hint">{t("publish.versions-none")}</p>}
      <ul className="versions">
        {versions.map((version, index) => (
          <Line
            key={version.version}
            version={version}
            current={version.current ?? index === 0}
            onBack={() => setTarget(version.version)}
          />
        ))}
      </ul>
      {target !== null && (
        <RollBack definition={definition} version={target} onClose={() => setTarget(null)} />
      )}
    </section>
  );
}

function Line({ version, current, onBack }: { version: Version; current: boolean; onBack: () => void }) {
  const t = useT();
  const by = version.published_by;
  const who = typeof by === "object" ? (by?.name ?? "") : (by ?? "");
  return (
    <li>
      <b>v{version.version}</b>
      <span className="grow">
        <span className="ell">{version.note}</span>
        <small className="ink2">
          {[who, formatMoment(version.published_at)].filter(Boolean).join(" · ")}
        </small>
      </span>
      {current ? (
        <span className="badge ok">{t("publish.current")}</span>
      ) : (
        <Button size="xs" onClick={onBack}>
          {t("publish.roll-back-to", { version: version.version })}
        </Button>
      )}
    </li>
  );
}

interface RollBackProps {
  definition: DraftRef;
  version: number;
  onClose: () => void;
}

function RollBack({ definition, version, onClose }: RollBackProps) {
  const t = useT();
  const id = useId();
  const [note, setNote] = useState("");
  const { data, error } = useRollBackPlan(definition, version);
  const run = useRollBack(definition, () => {
    toast.show(t("publish.rolled-back", { version }));
    onClose();
  });
  const blocked = obstacle(1, data);
  const confirm = {
    label: t("publish.roll-back-to", { version }),
    run: () => run.mutate({ version, note }),
    busy: run.isPending,
    disabled: blocked !== undefined,
  };
  return (
    <Dialog
      open
      width={720}
      title={t("publish.roll-back-to", { version })}
      onClose={onClose}
      confirm={confirm}
    >
      <div className="plan in-dialog">
        {data && <Counts plan={data.plan} />}
        {data && <Ledger plan={data.plan} problems={data.problems} drafts={[definition]} />}
        <label className="lab" htmlFor={id}>
          {t("publish.note")}
        </label>
        <textarea
          id={id}
          className="textarea"
          rows={2}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        {blocked && !error && <p className="hint">{t(blocked.key, blocked.params)}</p>}
        {(error ?? run.error) && <p className="err">{sentenceOf(error ?? run.error)}</p>}
      </div>
    </Dialog>
  );
}
