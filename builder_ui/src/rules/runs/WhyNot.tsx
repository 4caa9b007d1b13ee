import { useMutation } from "@tanstack/react-query";
import { useEffect, useId } from "react";
import { api, sentenceOf } from "@/api";
import { label, useT } from "@/i18n";
import { Empty, IconButton, Skeleton } from "@/ui";
import { VerdictIcon } from "./ConditionTree";
import { decisive, said, valuesIn, valueText, verdictOf, type Verdict } from "./model/parts";
import type { Foreseen, Part, Reason } from "./model/run";
import { Findings } from "./RunDetails";
import { useRulesOf } from "./useRuns";

interface Props {
  form: string;
  record: number;
  onClose: () => void;
}

/** "Why did it not fire?": a rule on this record as it is now, without effect. */
export function WhyNot({ form, record, onClose }: Props) {
  const t = useT();
  const id = useId();
  const rules = useRulesOf(form);
  const ask = useMutation({
    mutationFn: (rule: string) => api.post<Foreseen>(`/rules/${rule}/why-not`, { form, record }),
  });
  const only = rules.data?.length === 1 ? rules.data[0]?.key : undefined;
  const { mutate } = ask;
  useEffect(() => {
    if (only !== undefined) mutate(only);
  }, [only, mutate]);
  return (
    <section className="why-not panel" aria-label={t("runs.why-not")}>
      <header className="row">
        <label htmlFor={id}>
          <b>{t("runs.why-not")}</b>
        </label>
        <IconButton icon="close" size="sm" className="push" label={t("ui.close")} onClick={onClose} />
      </header>
      <p className="hint">{t("runs.why-not.hint")}</p>
      {rules.error && <p className="notice bad">{sentenceOf(rules.error)}</p>}
      {rules.isPending && <Skeleton rows={1} />}
      {rules.data?.length === 0 && <Empty title={t("runs.why-not.no-rules")} />}
      {rules.data && rules.data.length > 0 && (
        <select
          id={id}
          className="input"
          value={ask.variables ?? ""}
          onChange={(event) => event.target.value && ask.mutate(event.target.value)}
        >
          <option value="">{t("runs.why-not.choose")}</option>
          {rules.data.map((rule) => (
            <option key={rule.key} value={rule.key}>
              {label(rule.label, rule.key)}
              {rule.trigger && ` · ${t(`automations.trigger.${rule.trigger}`)}`}
            </option>
          ))}
        </select>
      )}
      <div aria-live="polite">
        {ask.isPending && <Skeleton rows={2} />}
        {ask.error && <p className="notice bad">{sentenceOf(ask.error)}</p>}
        {ask.data && <Answer found={ask.data} />}
      </div>
    </section>
  );
}

const VERDICTS: Readonly<Record<Reason, Verdict>> = {
  fires: "yes",
  otherwise: "no",
  condition: "no",
  event: "no",
  values: "no",
  failed: "unknown",
};

/** One sentence first, then everything it rests on. */
export function Answer({ found }: { found: Foreseen }) {
  const t = useT();
  const reasons = found.condition && found.reason !== "fires" ? decisive(found.condition) : [];
  return (
    <div className="answer">
      <p className="verdict">
        <VerdictIcon verdict={VERDICTS[found.reason]} />
        <b>{t(`runs.answer.${found.reason}`)}</b>
      </p>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((part, at) => (
            <li key={at}>
              <Because part={part} />
            </li>
          ))}
        </ul>
      )}
      <Findings
        condition={found.condition}
        actions={found.actions}
        problems={found.problems}
        reads={found.reads}
        closed={found.closed}
        foreseen
      />
    </div>
  );
}

/** Which part did not hold, and what stood there instead. */
function Because({ part }: { part: Part }) {
  const t = useT();
  const values = valuesIn(part)
    .map(({ text, value }) => t("runs.because.value", { name: said(text), value: valueText(value) }))
    .join(t("runs.value.and"));
  const key = verdictOf(part) === "unknown" ? "unknown" : "no";
  return <>{t(values ? `runs.because.${key}` : "runs.because.plain", { part: said(part.text), values })}</>;
}
