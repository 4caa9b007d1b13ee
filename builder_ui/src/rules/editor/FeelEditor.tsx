import { autocompletion } from "@codemirror/autocomplete";
import { useQuery } from "@tanstack/react-query";
import type { EditorView } from "@codemirror/view";
import { useMemo, useRef } from "react";
import { api, type FieldRender, type Problem } from "@/api";
import { currentLanguage, useT } from "@/i18n";
import { painted } from "./chips";
import { CodeBox } from "./CodeBox";
import { completeFrom } from "./completion";
import { FeelHints } from "./FeelHints";
import { useNames, type FeelFunction } from "./symbols";
import { tokenizer } from "./tokens";

export interface FeelEditorProps {
  /** What the text is for, spoken to screen readers. */
  label: string;
  fields: readonly FieldRender[];
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  problems?: readonly Problem[];
  /** Key of the published form over whose records it is: then what may be empty is pointed out. */
  form?: string;
}

/** FEEL with chips for fields, completion by label, key and function, and what is wrong under the very words. */
export default function FeelEditor({
  label,
  fields,
  value,
  onChange,
  placeholder,
  problems = NO_PROBLEMS,
  form = "",
}: FeelEditorProps) {
  const t = useT();
  const functions = useFunctions();
  const names = useNames(fields);
  const signature = names.map((one) => `${one.name} ${one.label}`).join("\n");
  const language = useMemo(
    () => [
      painted(names, tokenizer(functions.map((one) => one.name))),
      autocompletion({ override: [completeFrom(names, functions)], icons: false }),
    ],
    // Names are made anew at each drawing; they mean the same while their words do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [signature, functions],
  );
  const view = useRef<EditorView | null>(null);
  return (
    <div className="feel-editor">
      <CodeBox
        label={label}
        value={value}
        onChange={onChange}
        placeholder={placeholder ?? t("rules.text.hint")}
        language={language}
        problems={problems}
        viewRef={view}
      />
      <FeelHints form={form} value={value} onChange={onChange} />
      <div className="row">
        <Insert
          label={t("rules.insert.field")}
          choices={names.map((one) => ({ text: one.name, shown: one.label }))}
          onChoose={(text) => write(view.current, text, 0)}
        />
        <Insert
          label={t("rules.insert.function")}
          choices={functions.map((one) => ({ text: one.name, shown: `${one.name} · ${one.description}` }))}
          onChoose={(text) => write(view.current, `${text}()`, 1)}
        />
      </div>
    </div>
  );
}

interface InsertProps {
  label: string;
  choices: readonly { text: string; shown: string }[];
  onChoose: (text: string) => void;
}

/** What can be written, for those who choose rather than type. */
function Insert({ label, choices, onChoose }: InsertProps) {
  return (
    <select
      className="input sm soft grow"
      aria-label={label}
      value=""
      onChange={(event) => event.target.value && onChoose(event.target.value)}
    >
      <option value="">{label}</option>
      {choices.map(({ text, shown }) => (
        <option key={text} value={text}>
          {shown}
        </option>
      ))}
    </select>
  );
}

/** Writes at the caret and puts it behind, or `back` characters before the end. */
function write(view: EditorView | null, text: string, back: number): void {
  if (!view) return;
  const { from, to } = view.state.selection.main;
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length - back },
  });
  view.focus();
}

const NO_PROBLEMS: readonly Problem[] = [];
const NONE: readonly FeelFunction[] = [];

function useFunctions(): readonly FeelFunction[] {
  const language = currentLanguage();
  const { data } = useQuery({
    queryKey: ["feel-functions", language],
    queryFn: ({ signal }) =>
      api.get<{ items: readonly FeelFunction[] }>("/feel/functions", undefined, signal),
    staleTime: Infinity,
  });
  return data?.items ?? NONE;
}
