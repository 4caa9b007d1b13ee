import { useState } from "react";
import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { Icon } from "@/ui";
import { arity, storedText, type Condition, type Operand } from "../model/conditions";
import { shiftPoint } from "../model/percent";
import { comparesFields, emptyOperand, operandText } from "./operands";
import { ReferencePicker } from "./ReferencePicker";
import { useTitles } from "./useTitles";

interface Props {
  condition: Condition;
  field: FieldRender;
  /** Fields that it may be compared with, by the name that an expression gives them. */
  others: readonly FieldRender[];
  onChange: (operands: Operand[]) => void;
}

function DayInput({ operand, onChange }: { operand: Operand; onChange: (operand: Operand) => void }) {
  const t = useT();
  const relative = operand.kind === "days";
  return (
    <>
      <select
        className="slim"
        aria-label={t("rules.day.kind")}
        value={relative ? (operand.days > 0 ? "ahead" : operand.days < 0 ? "ago" : "today") : "date"}
        onChange={(event) => {
          const kind = event.target.value;
          const days = relative ? Math.abs(operand.days) || 7 : 7;
          if (kind === "date") onChange({ kind: "date", date: "" });
          else onChange({ kind: "days", days: kind === "today" ? 0 : kind === "ago" ? -days : days });
        }}
      >
        <option value="today">{t("rules.day.today")}</option>
        <option value="ago">{t("rules.day.kind.ago")}</option>
        <option value="ahead">{t("rules.day.kind.ahead")}</option>
        <option value="date">{t("rules.day.kind.date")}</option>
      </select>
      {relative && operand.days !== 0 && (
        <input
          className="slim short"
          type="number"
          min="1"
          aria-label={t("rules.day.count")}
          value={Math.abs(operand.days)}
          onChange={(event) =>
            onChange({ kind: "days", days: Math.sign(operand.days) * Number(event.target.value || 1) })
          }
        />
      )}
      {!relative && <DateInput operand={operand} onChange={onChange} />}
    </>
  );
}

function DateInput({ operand, onChange }: { operand: Operand; onChange: (operand: Operand) => void }) {
  const t = useT();
  return (
    <input
      className="slim"
      type="date"
      aria-label={t("rules.value")}
      value={operand.kind === "date" ? operand.date : ""}
      onChange={(event) => onChange({ kind: "date", date: event.target.value })}
    />
  );
}

type OneProps = { field: FieldRender; operand: Operand; onChange: (operand: Operand) => void };

const DECIMAL = /^-?\d*\.?\d*$/;

/** Typed as shown (13 for 13 %), kept as typed while it means the operand, so that "12." can be typed. */
function NumberInput({ field, operand, onChange }: OneProps) {
  const t = useT();
  const places = field.type === "percent" ? 2 : 0;
  const stored = operand.kind === "number" ? operand.text : "";
  const [typed, setTyped] = useState(() => shiftPoint(stored, places));
  const shown = shiftPoint(typed, -places) === stored ? typed : shiftPoint(stored, places);
  return (
    <>
      <input
        className="slim"
        aria-label={t("rules.value")}
        inputMode="decimal"
        value={shown}
        onChange={(event) => {
          if (!DECIMAL.test(event.target.value)) return;
          setTyped(event.target.value);
          onChange({ kind: "number", text: shiftPoint(event.target.value, -places) });
        }}
      />
      {places > 0 && <span className="ink2">%</span>}
    </>
  );
}

function OneInput({ others, ...props }: OneProps & Pick<Props, "others">) {
  const { field, operand, onChange } = props;
  const t = useT();
  const isField = operand.kind === "field";
  if (others.length === 0 && !isField) return <Literal {...props} />;
  return (
    <>
      <select
        className="slim o"
        aria-label={t("rules.with")}
        value={isField ? "field" : "value"}
        onChange={(event) =>
          onChange(event.target.value === "field" ? { kind: "field", path: "" } : emptyOperand(field.type))
        }
      >
        <option value="value">{t("rules.with.value")}</option>
        <option value="field">{t("rules.with.field")}</option>
      </select>
      {isField ? <FieldInput {...props} others={others} /> : <Literal {...props} />}
    </>
  );
}

/** Another field as the right side. */
function FieldInput({ operand, onChange, others }: OneProps & Pick<Props, "others">) {
  const t = useT();
  const path = operand.kind === "field" ? operand.path : "";
  const known = path === "" || others.some(({ key }) => key === path);
  return (
    <select
      className="slim f"
      aria-label={t("rules.value")}
      value={path}
      onChange={(event) => onChange({ kind: "field", path: event.target.value })}
    >
      <option value="">{t("rules.with.choose")}</option>
      {!known && <option value={path}>{path}</option>}
      {others.map((other) => (
        <option key={other.key} value={other.key}>
          {label(other.label, other.key)}
        </option>
      ))}
    </select>
  );
}

function Literal(props: OneProps) {
  const { field, operand, onChange } = props;
  const t = useT();
  if (field.type === "date") return <DayInput operand={operand} onChange={onChange} />;
  if (field.type === "datetime") return <DateInput operand={operand} onChange={onChange} />;
  if (operand.kind === "number") return <NumberInput {...props} />;
  return (
    <input
      className="slim"
      aria-label={t("rules.value")}
      value={operand.kind === "text" ? operand.text : ""}
      onChange={(event) => onChange({ kind: "text", text: storedText(field.type, event.target.value) })}
    />
  );
}

function ManyInput({ condition, field, onChange }: Props) {
  const t = useT();
  const titles = useTitles(condition, field);
  const chosen = condition.operands.map((operand) =>
    operand.kind === "number" || operand.kind === "text" ? operand.text : "",
  );
  const open = (field.options ?? []).filter((option) => !chosen.includes(option.key));
  return (
    <>
      {condition.operands.map((operand, at) => {
        const text = operandText(operand, field, titles);
        return (
          <span key={chosen[at]} className="chip v">
            {text}
            <button
              type="button"
              aria-label={t("rules.remove.value", { value: text })}
              onClick={() => onChange(condition.operands.filter((other) => other !== operand))}
            >
              <Icon name="close" size="s" />
            </button>
          </span>
        );
      })}
      {field.type === "select" ? (
        open.length > 0 && (
          <select
            className="slim add"
            aria-label={t("rules.add.value")}
            value=""
            onChange={(event) =>
              onChange([...condition.operands, { kind: "text", text: event.target.value }])
            }
          >
            <option value="">{t("rules.add.value")}</option>
            {open.map((option) => (
              <option key={option.key} value={option.key}>
                {label(option.label, option.key)}
              </option>
            ))}
          </select>
        )
      ) : (
        <ReferencePicker
          field={field}
          chosen={chosen}
          onPick={(id) => onChange([...condition.operands, { kind: "number", text: id }])}
        />
      )}
    </>
  );
}

/** The right side of a comparison, as the field and the operator want it. */
export function Operands(props: Props) {
  const { condition, field, others, onChange } = props;
  const needs = arity(condition.operator);
  if (needs === "many") return <ManyInput {...props} />;
  const replace = (at: number) => (operand: Operand) =>
    onChange(condition.operands.map((old, index) => (index === at ? operand : old)));
  return (
    <>
      {condition.operands.slice(0, needs).map((operand, at) => (
        <span key={at} className="operand">
          {at > 0 && <span className="ink2">–</span>}
          {comparesFields(condition.operator) ? (
            <FieldInput field={field} operand={operand} others={others} onChange={replace(at)} />
          ) : (
            <OneInput field={field} operand={operand} others={others} onChange={replace(at)} />
          )}
        </span>
      ))}
    </>
  );
}
