import { Suspense, useState } from "react";
import { useT } from "@/i18n";
import { FeelCondition, FeelEditor } from "@/rules";
import { Segmented, Skeleton } from "@/ui";
import type { FieldAddress } from "../model/document";
import { useExpressionFields, useExpressionForm, useProblemsAt } from "../fields/settings/context";
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
  const form = useExpressionForm();
  return (
    <FeelCondition
      label={name}
      fields={fields}
      form={form}
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
  const fields = useExpressionFields();
  const form = useExpressionForm();
  const problems = useProblemsAt(address, property);
  return (
    <div className="formula">
      <Suspense fallback={<Skeleton rows={1} height={64} />}>
        <FeelEditor
          label={name}
          fields={fields}
          form={form}
          value={value}
          onChange={(text) => onChange(text || undefined)}
          placeholder={t("designer.formula-hint")}
          problems={problems}
        />
      </Suspense>
      <Problems address={address} property={property} />
    </div>
  );
}
