import { useState } from "react";
import type { FieldRender } from "@/api";
import { newKey } from "@/forms";
import { currentCurrency, label as labelOf, useT } from "@/i18n";
import { Dialog, Labelled, Segmented } from "@/ui";
import { formOf, useAround, useFieldsOf, useForms } from "./around";
import { quotedText, readOutput, readTests } from "./model/cell";
import {
  pathOf,
  withColumn,
  withColumnChanged,
  type Area,
  type Column,
  type InputColumn,
  type OutputColumn,
  type Place,
  type Sheet,
} from "./model/sheet";
import { feelTypeOf, listedValues, styleOf, type Style } from "./model/style";
import { outputFromTyped, testsFromTyped, typedFromOutput, typedFromTests } from "./model/typed";

interface Props {
  area: Area;
  /** Of a column that is there; undefined makes a new one. */
  place: Place | undefined;
  onClose: () => void;
}

const TYPES = [
  "number",
  "string",
  "boolean",
  "date",
  "date and time",
  "days and time duration",
  "Any",
] as const;

interface Form {
  readonly source: "field" | "own";
  readonly form: string;
  readonly field: string;
  readonly label: string;
  /** Expression of an input, name of an output; "" is made from the label. */
  readonly reads: string;
  readonly type: string;
  /** As one types it. */
  readonly allowed: string;
  readonly fallback: string;
}

/** A column: which field of a form it is about, or a value of its own. */
export function ColumnDialog({ area, place, onClose }: Props) {
  const t = useT();
  const { sheet, change } = useAround();
  const [form, setForm] = useState<Form>(() => begun(sheet, area, place));
  const fields = useFieldsOf(form.form || undefined);
  const field = fields[form.field];
  const style = styleOf(
    { type: form.type || (form.source === "own" ? "string" : ""), allowed: "" },
    form.source === "field" ? field : undefined,
    currentCurrency(),
  );
  const column = made(form, area, sheet, place, style, field);
  const ready = area === "annotations" ? form.label.trim() !== "" : readyColumn(form, column);
  const save = () => {
    change(place ? withColumnChanged(sheet, place.index, column) : withColumn(sheet, column));
    onClose();
  };
  const patch = (next: Partial<Form>) => setForm((before) => ({ ...before, ...next }));
  return (
    <Dialog
      open
      title={t(place ? "decisions.column.edit" : `decisions.column.new.${area}`)}
      onClose={onClose}
      confirm={{ label: t("decisions.column.save"), run: save, disabled: !ready }}
    >
      <form
        className="col decision-column"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) save();
        }}
      >
        {area !== "annotations" && (
          <>
            <Segmented
              label={t("decisions.column.source")}
              items={(["field", "own"] as const).map((key) => ({
                key,
                label: t(`decisions.column.source.${key}`),
              }))}
              value={form.source}
              onChange={(source) => patch({ source })}
            />
            {form.source === "field" && (
              <FieldBoxes area={area} form={form} fields={fields} onChange={patch} />
            )}
          </>
        )}
        <TextBox
          label={t("decisions.column.label")}
          value={form.label}
          onChange={(label) => patch({ label })}
          focus={area === "annotations" || form.source === "own"}
        />
        {area !== "annotations" && form.source === "own" && (
          <OwnBoxes area={area} form={form} made={column} onChange={patch} />
        )}
        {area !== "annotations" && style.kind !== "boolean" && (
          <TextBox
            label={t(area === "outputs" ? "decisions.column.allowed.outputs" : "decisions.column.allowed")}
            hint={t(area === "outputs" ? "decisions.column.allowed.order" : "decisions.column.allowed.hint")}
            value={form.allowed}
            onChange={(allowed) => patch({ allowed })}
          />
        )}
        {area === "outputs" && (
          <TextBox
            label={t("decisions.column.default")}
            hint={t("decisions.column.default.hint")}
            value={form.fallback}
            onChange={(fallback) => patch({ fallback })}
          />
        )}
        <button type="submit" hidden disabled={!ready} />
      </form>
    </Dialog>
  );
}

function begun(sheet: Sheet, area: Area, place: Place | undefined): Form {
  const empty: Form = {
    ...{ source: "field", form: formOf(sheet) ?? "", field: "", label: "", reads: "", type: "" },
    ...{ allowed: "", fallback: "" },
  };
  if (!place) return area === "annotations" ? { ...empty, source: "own" } : empty;
  if (area === "annotations") return { ...empty, source: "own", label: sheet.annotations[place.index] ?? "" };
  const column = sheet[area][place.index];
  if (!column) return empty;
  const [form = "", field = ""] = column.field.split(".");
  const style = styleOf(column, undefined, currentCurrency());
  const fallback = "default" in column ? typedFromOutput(readOutput(column.default), style) : "";
  return {
    ...{ source: column.field ? "field" : "own", form: form || empty.form, field },
    ...{ label: column.label, type: column.type, fallback, allowed: typedAllowed(column.allowed, style) },
    reads: "expression" in column ? column.expression : column.name,
  };
}

/** A list of values without quotes; anything else as it stands. */
function typedAllowed(allowed: string, style: Style): string {
  if (listedValues(allowed).length === 0 && allowed.trim() !== "") return `=${allowed}`;
  return allowed.trim() === "" ? "" : typedFromTests(readTests(allowed), style);
}

function allowedFromTyped(typed: string, style: Style): string {
  const text = typed.trim();
  if (text === "" || text === "-") return "";
  return /^[=＝]/u.test(text) ? text.slice(1).trim() : testsFromTyped(text, style);
}

function readyColumn(form: Form, { column }: Column): boolean {
  if (typeof column === "string") return true;
  if (form.source === "field" && form.field === "") return false;
  return "expression" in column ? column.expression !== "" : column.name !== "";
}

function made(
  form: Form,
  area: Area,
  sheet: Sheet,
  place: Place | undefined,
  style: Style,
  field: FieldRender | undefined,
): Column {
  const label = form.label.trim();
  if (area === "annotations") return { area, column: label };
  const linked = form.source === "field" ? `${form.form}.${form.field}` : "";
  const type = form.source === "field" && field ? feelTypeOf(field) : form.type || "string";
  const common = {
    label,
    type,
    field: form.field === "" ? "" : linked,
    allowed: allowedFromTyped(form.allowed, style),
  };
  const taken =
    area === "inputs" ? sheet.inputs.map((one) => one.expression) : sheet.outputs.map((one) => one.name);
  const others = taken.filter((_, at) => at !== place?.index);
  const reads =
    form.source === "field" ? form.field : form.reads.trim() || (label && newKey(label, "value", others));
  if (area === "inputs") {
    const before: InputColumn | undefined = place && sheet.inputs[place.index];
    return { area, column: { id: before?.id ?? "", expression: reads, ...common } };
  }
  const before: OutputColumn | undefined = place && sheet.outputs[place.index];
  const fallback = form.fallback.trim() === "" ? "" : outputFromTyped(form.fallback, style);
  return { area, column: { id: before?.id ?? "", name: reads, ...common, default: fallback } };
}

interface BoxesProps {
  area: "inputs" | "outputs";
  form: Form;
  onChange: (next: Partial<Form>) => void;
}

function FieldBoxes({
  area,
  form,
  fields,
  onChange,
}: BoxesProps & { fields: Readonly<Record<string, FieldRender>> }) {
  const t = useT();
  const forms = useForms();
  const choose = (key: string) => {
    const field = fields[key];
    const options = (field?.options ?? []).map((one) => quotedText(one.key)).join(",");
    const style = field ? styleOf({ type: feelTypeOf(field), allowed: "" }, field, currentCurrency()) : null;
    onChange({
      ...{ field: key, label: labelOf(field?.label, key), reads: key, type: field ? feelTypeOf(field) : "" },
      allowed: options && style ? typedFromTests(readTests(options), style) : "",
    });
  };
  return (
    <div className="pair">
      <Labelled label={t("decisions.column.form")}>
        {(id) => (
          <select
            id={id}
            className="input"
            value={form.form}
            onChange={(event) => onChange({ form: event.target.value, field: "" })}
          >
            <option value="">{t("forms.choose")}</option>
            {forms.map((one) => (
              <option key={one.key} value={one.key}>
                {one.label}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled label={t(`decisions.column.field.${area}`)}>
        {(id) => (
          <select
            id={id}
            className="input"
            value={form.field}
            disabled={form.form === ""}
            onChange={(event) => choose(event.target.value)}
          >
            <option value="">{t("forms.choose")}</option>
            {Object.values(fields)
              .filter((one) => feelTypeOf(one) !== "")
              .map((one) => (
                <option key={one.key} value={one.key}>
                  {labelOf(one.label, one.key)}
                </option>
              ))}
          </select>
        )}
      </Labelled>
    </div>
  );
}

function OwnBoxes({ area, form, made: { column }, onChange }: BoxesProps & { made: Column }) {
  const t = useT();
  const own = typeof column === "string" ? "" : "expression" in column ? column.expression : column.name;
  const types = TYPES.some((one) => one === form.type) || form.type === "" ? TYPES : [...TYPES, form.type];
  return (
    <div className="pair">
      <Labelled label={t("decisions.column.type")}>
        {(id) => (
          <select
            id={id}
            className="input"
            value={form.type || "string"}
            onChange={(event) => onChange({ type: event.target.value })}
          >
            {types.map((one) => (
              <option key={one} value={one}>
                {TYPES.some((known) => known === one) ? t(`decisions.type.${one}`) : one}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <Labelled
        label={t(`decisions.column.reads.${area}`)}
        hint={t(
          area === "inputs" && !pathOf(own) && own
            ? "decisions.column.computed"
            : `decisions.column.reads.hint`,
        )}
      >
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            className="input mono"
            value={form.reads || own}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange({ reads: event.target.value })}
          />
        )}
      </Labelled>
    </div>
  );
}

interface TextBoxProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  focus?: boolean;
}

function TextBox({ label, hint, value, onChange, focus = false }: TextBoxProps) {
  return (
    <Labelled label={label} {...(hint ? { hint } : {})}>
      {(id, describedBy) => (
        <input
          id={id}
          aria-describedby={describedBy}
          className="input"
          value={value}
          autoFocus={focus}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
