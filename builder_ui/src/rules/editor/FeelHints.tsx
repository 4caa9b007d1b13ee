import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "@/api";
import { formatNumber, useT } from "@/i18n";
import { Button, Icon } from "@/ui";
import { withFallback, type Hint } from "./fallback";
import "../conditions/feel.css";

interface Hints {
  readonly empty: readonly Hint[];
  /** Only where it is high. */
  readonly cost: { readonly steps: number } | null;
}

interface Props {
  /** Over whose records the text is; "" while the form was never published. */
  form: string;
  value: string;
  onChange: (text: string) => void;
}

const PAUSE_MS = 600;
const MOST = 3;
/** Comparisons and tests alone cannot come to nothing by an empty field: only what is calculated is asked about. */
const CALCULATES = /[-+*/]|for\s|some\s|every\s|\[/;

/** What is not wrong and may surprise: a field that may be empty, with a way out; a cost, if it is high. */
export function FeelHints({ form, value, onChange }: Props) {
  const t = useT();
  const text = usePaused(value);
  const { data } = useQuery({
    queryKey: ["feel-hints", form, text],
    enabled: form !== "" && CALCULATES.test(text),
    retry: false,
    staleTime: Infinity,
    queryFn: () => api.post<Hints>("/feel/hints", { form, expression: text }),
  });
  if (!data || text !== value || (data.empty.length === 0 && data.cost === null)) return null;
  return (
    <ul className="feel-hints" aria-label={t("rules.hints")}>
      {data.empty.slice(0, MOST).map((hint) => (
        <li key={hint.span.start}>
          <Icon name="info" size="s" />
          <span>{t("rules.hint.empty", { name: hint.name })}</span>
          {hint.fallback !== "" && (
            <Button size="xs" look="link" onClick={() => onChange(withFallback(value, hint))}>
              {t(hint.fallback === "0" ? "rules.hint.as-zero" : "rules.hint.as-text")}
            </Button>
          )}
        </li>
      ))}
      {data.cost && (
        <li>
          <Icon name="gauge" size="s" />
          <span>{t("rules.hint.cost", { steps: formatNumber(data.cost.steps) })}</span>
        </li>
      )}
    </ul>
  );
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
