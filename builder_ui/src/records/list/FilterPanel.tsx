import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { api, keys, sentenceOf, type FieldRender, type RecordPage } from "@/api";
import { formatNumber, useT } from "@/i18n";
import { ConditionEditor, NO_CONDITIONS, printConditions, readConditions, type Group } from "@/rules";
import { Button, Segmented } from "@/ui";

interface Props {
  form: string;
  fields: Readonly<Record<string, FieldRender>>;
  where: string;
  onApply: (where: string) => void;
  onClose: () => void;
}

/** How many records the filter being edited would show, or why the server refuses it. */
function useMatches(form: string, where: string) {
  const deferred = useDeferredValue(where);
  return useQuery({
    queryKey: [...keys.records(form), "matches", deferred],
    queryFn: ({ signal }) =>
      api.get<RecordPage>(`/forms/${form}/records`, { where: deferred, limit: 1, count: "bounded" }, signal),
    retry: false,
  });
}

/** The filter as conditions or as FEEL text; both are the same filter as long as the builder can read it. */
export default function FilterPanel({ form, fields, where, onApply, onClose }: Props) {
  const t = useT();
  const typeOf = (key: string) => fields[key]?.type;
  const [tree, setTree] = useState<Group | null>(() => readConditions(where, typeOf));
  const [text, setText] = useState(where);
  const [mode, setMode] = useState<"tree" | "text">(tree ? "tree" : "text");
  const edited = mode === "tree" && tree ? printConditions(tree, typeOf) : text.trim();
  const matches = useMatches(form, edited);
  const readable = mode === "tree" || readConditions(text, typeOf) !== null;

  const change = (next: "tree" | "text") => {
    if (next === "text") setText(edited);
    else {
      const read = readConditions(text, typeOf);
      if (!read) return;
      setTree(read);
    }
    setMode(next);
  };
  return (
    <form
      className="filter-panel"
      aria-label={t("records.filter")}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(edited);
        onClose();
      }}
    >
      <header>
        <Segmented
          label={t("records.filter.mode")}
          value={mode}
          onChange={change}
          items={[
            { key: "tree", label: t("records.filter.tree") },
            { key: "text", label: t("records.filter.text") },
          ]}
        />
        <span className="push ink2" aria-live="polite">
          {matches.data?.count &&
            t("records.filter.matches", {
              count: formatNumber(matches.data.count.value) + (matches.data.count.exact ? "" : "+"),
            })}
        </span>
      </header>
      <div className="body">
        {mode === "tree" ? (
          <ConditionEditor fields={Object.values(fields)} value={tree ?? NO_CONDITIONS} onChange={setTree} />
        ) : (
          <textarea
            className="textarea mono"
            rows={5}
            spellCheck={false}
            aria-label={t("records.filter.text")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        {!readable && <p className="hint">{t("records.filter.onlyText")}</p>}
        {matches.isError && <p className="err">{sentenceOf(matches.error)}</p>}
      </div>
      <footer>
        <Button
          look="quiet"
          onClick={() => {
            onApply("");
            onClose();
          }}
        >
          {t("records.filter.clear")}
        </Button>
        <Button submit look="pri" className="push" disabled={matches.isError}>
          {t("records.filter.apply")}
        </Button>
      </footer>
    </form>
  );
}
