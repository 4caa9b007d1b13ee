import { memo, useMemo } from "react";
import type { FieldRender, Value } from "@/api";
import { label, useT } from "@/i18n";
import { TableScopeContext } from "../fields/scope";
import { FIELD_TYPES } from "../fields/registry";
import { initialState, type FieldState } from "../model/settle";
import { cellPlace } from "../model/validate";
import { useSurface } from "./context";

interface Props {
  field: FieldRender;
  span: number;
  path: string;
  /** False where a heading says the field's name already. */
  named: boolean;
}

/** One field on the form: label, input, hint or message. */
export function FieldSlot({ field, span, path, named }: Props) {
  const surface = useSurface();
  const { settled, sample } = surface;
  const state = settled.states[field.key] ?? initialState(field);
  if (!state.visible && !sample) return null;
  const slot = (
    <Slot
      field={field}
      span={span}
      path={path}
      named={named}
      id={`${surface.idPrefix}-${field.key}`}
      value={settled.values[field.key] ?? null}
      state={state}
      error={surface.errorAt(field.key)}
      warning={surface.warningAt(field.key)}
      sample={sample}
      set={surface.set}
    />
  );
  return field.type === "subtable" ? <WithRows field={field}>{slot}</WithRows> : slot;
}

function WithRows({ field, children }: { field: FieldRender; children: React.ReactNode }) {
  const { settled, errorAt, newRow } = useSurface();
  const scope = useMemo(
    () => ({
      states: settled.rows[field.key] ?? [],
      error: (row: number, column: string) => errorAt(cellPlace(field.key, row, column)),
      newRow: () => newRow(field.key),
    }),
    [settled.rows, errorAt, newRow, field.key],
  );
  return <TableScopeContext value={scope}>{children}</TableScopeContext>;
}

interface SlotProps extends Props {
  id: string;
  value: Value;
  state: FieldState;
  error: string | undefined;
  warning: string | undefined;
  sample: boolean;
  set: (field: string, value: Value) => void;
}

/** Drawn again only when something about this field changed. */
const Slot = memo(function Slot(props: SlotProps) {
  const { field, span, path, named, id, value, state, error, warning, sample, set } = props;
  const t = useT();
  const type = FIELD_TYPES[field.type];
  const hint = label(field.hint);
  const note = error ?? warning ?? hint;
  const name = label(field.label, field.key);
  return (
    <div className={`fld slot s${span}`} data-node={path} data-field={field.key}>
      <label
        id={`${id}-label`}
        htmlFor={id}
        className={[state.required ? "req" : "", named ? "" : "sr"].join(" ").trim()}
      >
        {name}
        {sample && hasExpression(field) && <span className="fxm">fx</span>}
        {field.access === "mask" && <span className="sr">{t("forms.masked")}</span>}
      </label>
      <type.Input
        field={field}
        id={id}
        value={value}
        onChange={(next) => set(field.key, next)}
        disabled={state.readonly}
        required={state.required}
        invalid={error !== undefined}
        describedBy={note ? `${id}-note` : undefined}
      />
      {note && (
        <span id={`${id}-note`} className={error ? "err" : warning ? "warning" : "hint"}>
          {note}
        </span>
      )}
    </div>
  );
});

function hasExpression(field: FieldRender): boolean {
  return (
    Boolean(field.formula) ||
    [field.visible, field.required, field.readonly].some((part) => typeof part === "object")
  );
}
