import { useId, useState } from "react";
import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { FeelCondition } from "@/rules";
import { Segmented } from "@/ui";
import type { FieldAddress } from "../model/document";
import { useExpressionFields } from "../fields/settings/context";
import { Problems } from "../fields/settings/rows";

interface SwitchRowProps {
  label: string;
  /** Words for the constants: [default, the other]. */
  words: readonly [string, string];
  /** The default constant. */
  otherwise: boolean;
  value: unknown;
  property: string;
  address: FieldAddress;
  onChange: (value: boolean | string | undefined) => void;
}

type Way = "default" | "other" | "fx";

/** A property that is a constant or depends on the record: three ways, side by side, never a hidden icon. */
export function SwitchRow(props: SwitchRowProps) {
  const t = useT();
  const { value, otherwise, words, onChange } = props;
  const [opened, setOpened] = useState(false);
  const stored: Way = typeof value === "string" ? "fx" : value === !otherwise ? "other" : "default";
  const way: Way = opened ? "fx" : stored;
  const choose = (next: Way) => {
    setOpened(next === "fx");
    if (next === "default") onChange(undefined);
    if (next === "other") onChange(!otherwise);
  };
  const items = [
    { key: "default" as const, label: words[0] },
    { key: "other" as const, label: words[1] },
    {
      key: "fx" as const,
      label: (
        <>
          <b className="fxm">fx</b>
          {t("designer.by-condition")}
        </>
      ),
    },
  ];
  return (
    <div className="switch-row">
      <div className="prow">
        <span className={stored === "default" ? "lab" : "lab chg"}>{props.label}</span>
        <Segmented className="sm fill" label={props.label} items={items} value={way} onChange={choose} />
      </div>
      {way === "fx" && (
        <ConditionBlock
          label={props.label}
          value={typeof value === "string" ? value : ""}
          onChange={(text) => onChange(text || undefined)}
          property={props.property}
          address={props.address}
        />
      )}
    </div>
  );
}

interface BlockProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  property: string;
  address: FieldAddress;
}

/** A condition over the fields that this place can read, with what the server found wrong in it. */
export function ConditionBlock({ label: name, value, onChange, property, address }: BlockProps) {
  const fields = useExpressionFields();
  return (
    <FeelCondition
      label={name}
      fields={fields}
      value={value}
      onChange={onChange}
      problems={<Problems address={address} property={property} />}
    />
  );
}

interface FormulaProps {
  label: string;
  value: string;
  onChange: (text: string | undefined) => void;
  property: string;
  address: FieldAddress;
}

/** FEEL text of a value, with the form's fields to put into it by name. */
export function FormulaBox({ label: name, value, onChange, property, address }: FormulaProps) {
  const t = useT();
  const id = useId();
  const fields = useExpressionFields();
  const insert = (key: string) => {
    const box = document.getElementById(id) as HTMLTextAreaElement | null;
    const from = box?.selectionStart ?? value.length;
    const to = box?.selectionEnd ?? value.length;
    onChange(value.slice(0, from) + key + value.slice(to));
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(from + key.length, from + key.length);
    });
  };
  return (
    <div className="formula">
      <label className="sr" htmlFor={id}>
        {name}
      </label>
      <textarea
        id={id}
        className="textarea feel-box"
        rows={3}
        spellCheck={false}
        placeholder={t("designer.formula-hint")}
        value={value}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
      <select
        className="input sm soft"
        aria-label={t("designer.insert-field")}
        value=""
        onChange={(event) => event.target.value && insert(event.target.value)}
      >
        <option value="">{t("designer.insert-field")}</option>
        {fields.flatMap(insertable).map(({ key, text }) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      <Problems address={address} property={property} />
    </div>
  );
}

/** A field as an expression names it; columns of a sub-table are lists. */
function insertable(field: FieldRender): { key: string; text: string }[] {
  const name = label(field.label, field.key);
  const columns = Object.values(field.fields ?? {}).map((column) => ({
    key: `${field.key}.${column.key}`,
    text: `${name} · ${label(column.label, column.key)}`,
  }));
  return [{ key: field.key, text: name }, ...columns];
}
