import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { shiftPoint } from "../model/percent";
import { Choice, NumberBox, TextBox } from "./inputs";
import {
  fittingFields,
  kindsFor,
  newValue,
  printValue,
  readValue,
  type ValueForm,
  type ValueKind,
  type ValueScope,
} from "./model/values";

interface Props {
  /** Where the value goes; undefined for what has no type here: then it is text. */
  field: FieldRender | undefined;
  /** FEEL. */
  value: string;
  scope: ValueScope;
  onChange: (value: string) => void;
}

/** The right side of an assignment: first what kind of value, then the value. */
export function ValueBox({ field, value, scope, onChange }: Props) {
  const t = useT();
  const read = readValue(value, field, scope);
  const write = (next: ValueForm) => onChange(printValue(next, scope));
  if (!field)
    return <TextBox label={t("automations.value")} value={value} onChange={onChange} className="slim mono" />;
  const kinds = kindsFor(field, scope);
  const offered = kinds.includes(read.kind) ? kinds : [...kinds, read.kind];
  return (
    <>
      <Choice
        look="o"
        label={t("automations.value.kind")}
        value={read.kind}
        options={offered.map((kind) => ({ key: kind, label: t(`automations.value.${kind}`) }))}
        onChange={(kind) => write(newValue(kind as ValueKind, field, scope))}
      />
      <Inner field={field} value={read} scope={scope} onChange={write} />
    </>
  );
}

interface InnerProps {
  field: FieldRender;
  value: ValueForm;
  scope: ValueScope;
  onChange: (value: ValueForm) => void;
}

function Inner({ field, value, scope, onChange }: InnerProps) {
  const t = useT();
  const name = t("automations.value");
  switch (value.kind) {
    case "text":
      return <WordsBox field={field} text={value.text} onChange={(text) => onChange({ ...value, text })} />;
    case "number":
      return <FigureBox field={field} text={value.text} onChange={(text) => onChange({ ...value, text })} />;
    case "boolean":
      return (
        <Choice
          label={name}
          value={String(value.value)}
          options={["true", "false"].map((key) => ({ key, label: t(`automations.value.${key}`) }))}
          onChange={(key) => onChange({ ...value, value: key === "true" })}
        />
      );
    case "day":
      return <DayBox days={value.days} onChange={(days) => onChange({ ...value, days })} />;
    case "moment":
      return <MomentBox value={value} onChange={onChange} />;
    case "date":
      return (
        <input
          className="slim"
          type="date"
          aria-label={name}
          value={value.date}
          onChange={(event) => onChange({ ...value, date: event.target.value })}
        />
      );
    case "field":
      return (
        <Choice
          look="f"
          label={t("rules.field")}
          value={value.path}
          options={fittingFields(field, scope.own).map((one) => ({
            key: one.key,
            label: label(one.label, one.key),
          }))}
          onChange={(path) => onChange({ ...value, path })}
        />
      );
    case "feel":
      return (
        <TextBox
          className="slim mono"
          label={t("automations.value.feel")}
          value={value.text}
          onChange={(text) => onChange({ kind: "feel", text })}
        />
      );
    default:
      return null;
  }
}

interface OneProps {
  field: FieldRender;
  text: string;
  onChange: (text: string) => void;
}

function WordsBox({ field, text, onChange }: OneProps) {
  const t = useT();
  if (field.type !== "select")
    return <TextBox label={t("automations.value")} value={text} onChange={onChange} />;
  const options = (field.options ?? []).map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  return <Choice label={t("automations.value")} value={text} options={options} onChange={onChange} />;
}

/** Per cent are typed as they are shown: 13 for 0.13. */
function FigureBox({ field, text, onChange }: OneProps) {
  const t = useT();
  const places = field.type === "percent" ? 2 : 0;
  return (
    <>
      <NumberBox
        label={t("automations.value")}
        value={shiftPoint(text, places)}
        onChange={(typed) => onChange(shiftPoint(typed, -places))}
      />
      {places > 0 && <span className="ink2">%</span>}
    </>
  );
}

function DayBox({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const t = useT();
  const way = days === 0 ? "today" : days < 0 ? "ago" : "ahead";
  const count = Math.abs(days) || 1;
  return (
    <>
      <Choice
        label={t("rules.day.kind")}
        value={way}
        options={[
          { key: "today", label: t("rules.day.today") },
          { key: "ahead", label: t("rules.day.kind.ahead") },
          { key: "ago", label: t("rules.day.kind.ago") },
        ]}
        onChange={(next) => onChange(next === "today" ? 0 : next === "ago" ? -count : count)}
      />
      {days !== 0 && (
        <NumberBox
          from={1}
          label={t("rules.day.count")}
          value={String(count)}
          onChange={(text) => onChange(Math.sign(days) * Number(text))}
        />
      )}
    </>
  );
}

type Moment = Extract<ValueForm, { kind: "moment" }>;

function MomentBox({ value, onChange }: { value: Moment; onChange: (value: Moment) => void }) {
  const t = useT();
  return (
    <>
      <NumberBox
        from={0}
        label={t("automations.value.amount")}
        value={String(value.amount)}
        onChange={(text) => onChange({ ...value, amount: Number(text) })}
      />
      <Choice
        look="o"
        label={t("automations.unit")}
        value={value.unit}
        options={(["H", "D"] as const).map((key) => ({ key, label: t(`automations.value.unit.${key}`) }))}
        onChange={(unit) => onChange({ ...value, unit: unit as Moment["unit"] })}
      />
    </>
  );
}
