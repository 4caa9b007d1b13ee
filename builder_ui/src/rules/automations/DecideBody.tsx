import type { FieldRender, FieldTypeName } from "@/api";
import { label, useT } from "@/i18n";
import { AddChoice, Chip, Choice } from "./inputs";
import type { Decide } from "./model/tree";
import { writableFields } from "./model/values";
import { useDecisionInputs } from "./useDecisionInputs";
import { ValueBox } from "./ValueBox";
import { useAround } from "./world";

interface Props {
  action: Decide;
  onChange: (action: Decide) => void;
}

/** Fields take what a decision table says; its inputs come from the record. */
export function DecideBody({ action, onChange }: Props) {
  const t = useT();
  const { world } = useAround();
  const { fields } = action;
  const writable = writableFields(world.fields);
  const free = writable.filter(({ key }) => !fields.includes(key));
  return (
    <>
      <span className="word">{t("automations.word.Decide")}</span>
      {fields.map((key) => (
        <Chip
          key={key}
          text={label(writable.find((one) => one.key === key)?.label, key)}
          onRemove={
            fields.length > 1
              ? () => onChange({ ...action, fields: fields.filter((one) => one !== key) })
              : undefined
          }
        />
      ))}
      <AddChoice
        label={t("automations.value.add")}
        groups={[{ label: t("automations.fields"), options: named(free) }]}
        onAdd={(key) => onChange({ ...action, fields: [...fields, key] })}
      />
      <span className="ink2">{t("automations.decide.by")}</span>
      <Choice
        label={t("automations.decide.table")}
        value={action.table}
        options={world.decisions}
        onChange={(table) => onChange({ ...action, table, inputs: [] })}
      />
      <Inputs action={action} onChange={onChange} />
    </>
  );
}

const named = (fields: readonly FieldRender[]) =>
  fields.map((one) => ({ key: one.key, label: label(one.label, one.key) }));

/** What the table needs, each with its value; by itself an input is the record's field of the same key. */
function Inputs({ action, onChange }: Props) {
  const { world } = useAround();
  const needs = useDecisionInputs(action.table);
  const given = action.inputs ?? [];
  const set = (field: string, value: string) => {
    const others = given.filter((one) => one.field !== field);
    const own = value === field && world.fields.some(({ key }) => key === field);
    onChange({ ...action, inputs: own ? others : [...others, { type: "Assignment", field, value }] });
  };
  return (
    <div className="assignments">
      {needs.map(({ name, type }) => (
        <div key={name} className="assignment">
          <span className="chip f">{label(world.fields.find(({ key }) => key === name)?.label, name)}</span>
          <span className="ink2">=</span>
          <ValueBox
            field={asField(name, type)}
            value={given.find(({ field }) => field === name)?.value ?? name}
            scope={world.scope}
            onChange={(value) => set(name, value)}
          />
        </div>
      ))}
    </div>
  );
}

const TYPES: Readonly<Record<string, FieldTypeName>> = {
  number: "number",
  boolean: "checkbox",
  date: "date",
  "date and time": "datetime",
};

/** An input as something that can be given a value. */
function asField(key: string, feel: string): FieldRender {
  const type = TYPES[feel] ?? "text";
  return {
    ...{ key, type, label: key, access: "write", computed: false, props: {} },
    ...{ visible: true, required: false, readonly: false },
  };
}
