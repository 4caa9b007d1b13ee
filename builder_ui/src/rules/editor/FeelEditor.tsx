import { autocompletion } from "@codemirror/autocomplete";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, type FieldRender, type Problem } from "@/api";
import { currentLanguage, useT } from "@/i18n";
import { painted } from "./chips";
import { CodeBox } from "./CodeBox";
import { completeFrom } from "./completion";
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
}

/** FEEL with chips for fields, completion by label, key and function, and what is wrong under the very words. */
export default function FeelEditor({
  label,
  fields,
  value,
  onChange,
  placeholder,
  problems = NO_PROBLEMS,
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
  return (
    <CodeBox
      label={label}
      value={value}
      onChange={onChange}
      placeholder={placeholder ?? t("rules.text.hint")}
      language={language}
      problems={problems}
    />
  );
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
