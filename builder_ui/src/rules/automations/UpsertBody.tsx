import { readableFields, useDesignedForm } from "@/forms";
import { label, useT } from "@/i18n";
import { Assignments } from "./Assignments";
import { AddChoice, Chip, Choice } from "./inputs";
import type { Upsert } from "./model/tree";
import { useAround } from "./world";

interface Props {
  action: Upsert;
  onChange: (action: Upsert) => void;
}

/** The record with these values is changed, or made if there is none. */
export function UpsertBody({ action, onChange }: Props) {
  const t = useT();
  const { world } = useAround();
  const form = useDesignedForm(action.form);
  const fields = form ? readableFields(form) : [];
  const { by, values } = action;
  const named = (key: string) => label(fields.find((one) => one.key === key)?.label, key);
  const free = values.map(({ field }) => field).filter((field) => !by.includes(field));
  const change = (next: Upsert["values"]) => {
    const kept = by.filter((key) => next.some(({ field }) => field === key));
    const first = next[0];
    onChange({ ...action, values: next, by: kept.length > 0 || !first ? kept : [first.field] });
  };
  return (
    <>
      <span className="word">{t("automations.word.Upsert")}</span>
      <Choice
        label={t("automations.forms")}
        value={action.form}
        options={world.forms}
        onChange={(key) => onChange({ ...action, form: key, by: [], values: [] })}
      />
      <span className="ink2">{t("automations.upsert.by")}</span>
      {by.map((key) => (
        <Chip
          key={key}
          text={named(key)}
          onRemove={
            by.length > 1 ? () => onChange({ ...action, by: by.filter((one) => one !== key) }) : undefined
          }
        />
      ))}
      <AddChoice
        label={t("automations.upsert.by.add")}
        groups={[
          { label: t("automations.fields"), options: free.map((key) => ({ key, label: named(key) })) },
        ]}
        onAdd={(key) => onChange({ ...action, by: [...by, key] })}
      />
      <Assignments needed fields={fields} values={values} scope={world.scope} onChange={change} />
    </>
  );
}
