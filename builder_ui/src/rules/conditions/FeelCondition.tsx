import { useId, useState, type ReactNode } from "react";
import type { FieldRender } from "@/api";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { FeelHints } from "../editor/FeelHints";
import { NO_CONDITIONS, pruned, type Group } from "../model/conditions";
import { printConditions } from "../model/print";
import { readReasoned, type Obstacle } from "../model/read";
import { ConditionEditor } from "./ConditionEditor";
import "./feel.css";

interface Props {
  /** What the text is for, spoken to screen readers. */
  label: string;
  fields: readonly FieldRender[];
  /** Fields of the right side; those of the left side unless given. */
  others?: readonly FieldRender[];
  value: string;
  onChange: (text: string) => void;
  /** The server's problems with it. */
  problems?: ReactNode;
  /** Key of the published form over whose records it is: then what may be empty is pointed out. */
  form?: string;
}

/** A condition as sentences where it can be read as such, and always as FEEL text below. */
export function FeelCondition({
  label,
  fields,
  others = fields,
  value,
  onChange,
  problems,
  form = "",
}: Props) {
  const id = useId();
  const t = useT();
  const known = [...fields, ...others];
  const typeOf = (key: string) => known.find((field) => field.key === key)?.type;
  const [edited, setEdited] = useState<{ group: Group; text: string } | null>(null);
  const reading = value === "" ? { group: NO_CONDITIONS } : readReasoned(value, typeOf);
  const read = "group" in reading ? reading.group : null;
  const group = edited?.text === value ? edited.group : read;
  const change = (next: Group) => {
    const text = printConditions(pruned(next), typeOf);
    setEdited({ group: next, text });
    onChange(text);
  };
  return (
    <div className="cond">
      {group && (
        <div className="in">
          <ConditionEditor fields={fields} others={others} value={group} onChange={change} />
        </div>
      )}
      {!group && "obstacle" in reading && <Why obstacle={reading.obstacle} />}
      <div className="src">
        <label className="sr" htmlFor={id}>
          {t("rules.text", { label })}
        </label>
        <textarea
          id={id}
          className="feel-box bare"
          rows={2}
          spellCheck={false}
          placeholder={t("rules.text.hint")}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <FeelHints form={form} value={value} onChange={onChange} />
      {problems}
    </div>
  );
}

/** Why the text is shown as text only. */
function Why({ obstacle: { why, text } }: { obstacle: Obstacle }) {
  const t = useT();
  return (
    <p className="in why" role="status">
      <Icon name="info" size="s" /> {t(`rules.as-text.${why}`, { text })}
    </p>
  );
}
