import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { Button, IconButton } from "@/ui";
import { operatorsOf, type Condition, type Group, type Item, type Operator } from "../model/conditions";
import { comparable, comparesFields, newCondition, withOperator } from "./operands";
import { Operands } from "./Operands";
import "./conditions.css";

interface Props {
  /** Fields that may be compared, in the order of the choice. */
  fields: readonly FieldRender[];
  /** Fields that the right side may name, by the name an expression gives them; without them values only. */
  others?: readonly FieldRender[];
  value: Group;
  onChange: (value: Group) => void;
}

function joint(at: number, any: boolean): string {
  if (at === 0) return "rules.joint.when";
  return any ? "rules.joint.or" : "rules.joint.and";
}

/** Own fields first; those of a related record below the name of the relation. */
function FieldOptions({ fields }: { fields: readonly FieldRender[] }) {
  const near = fields.filter((field) => relationOf(field) === "");
  const relations = [...new Set(fields.map(relationOf))].filter((key) => key !== "");
  return (
    <>
      {near.map((field) => (
        <option key={field.key} value={field.key}>
          {label(field.label, field.key)}
        </option>
      ))}
      {relations.map((relation) => (
        <optgroup key={relation} label={nameOf(near, relation)}>
          {fields
            .filter((field) => relationOf(field) === relation)
            .map((field) => (
              <option key={field.key} value={field.key}>
                {label(field.label, field.key)}
              </option>
            ))}
        </optgroup>
      ))}
    </>
  );
}

/** `customer` of `customer.level`; "" for a field of the record itself. */
function relationOf({ key }: FieldRender): string {
  return key.includes(".") ? key.slice(0, key.indexOf(".")) : "";
}

function nameOf(fields: readonly FieldRender[], key: string): string {
  return label(fields.find((field) => field.key === key)?.label, key);
}

interface LineProps {
  fields: readonly FieldRender[];
  others: readonly FieldRender[];
  value: Condition;
  onChange: (condition: Condition) => void;
}

function Line({ fields, others: all, value, onChange }: LineProps) {
  const t = useT();
  const field = fields.find((candidate) => candidate.key === value.field);
  const others = field ? comparable(field, all) : [];
  const offered = (operator: Operator) =>
    !comparesFields(operator) || others.length > 0 || operator === value.operator;
  return (
    <>
      <select
        className="slim f"
        aria-label={t("rules.field")}
        value={value.field}
        onChange={(event) => {
          const next = fields.find((candidate) => candidate.key === event.target.value);
          if (next) onChange(newCondition(next));
        }}
      >
        <FieldOptions fields={fields} />
      </select>
      {field && (
        <>
          <select
            className="slim o"
            aria-label={t("rules.operator")}
            value={value.operator}
            onChange={(event) => onChange(withOperator(value, event.target.value as Operator, field.type))}
          >
            {operatorsOf(field.type)
              .filter(offered)
              .map((operator) => (
                <option key={operator} value={operator}>
                  {t(`rules.operator.${operator}`)}
                </option>
              ))}
          </select>
          <Operands
            condition={value}
            field={field}
            others={others}
            onChange={(operands) => onChange({ ...value, operands })}
          />
        </>
      )}
    </>
  );
}

function Items({ fields, others = [], value, onChange, depth }: Props & { depth: number }) {
  const t = useT();
  const [first] = fields;
  const replace = (at: number, item: Item | null) =>
    onChange({
      ...value,
      items: value.items.flatMap((old, index) => (index === at ? (item ? [item] : []) : [old])),
    });
  const add = (item: Item) => onChange({ ...value, items: [...value.items, item] });
  return (
    <div className={value.any ? "conds any" : "conds"}>
      {value.items.length > 1 && (
        <label className="conds-mode">
          {t("rules.satisfy")}
          <select
            className="slim"
            value={value.any ? "any" : "all"}
            onChange={(event) => onChange({ ...value, any: event.target.value === "any" })}
          >
            <option value="all">{t("rules.all")}</option>
            <option value="any">{t("rules.any")}</option>
          </select>
        </label>
      )}
      {value.items.map((item, at) => (
        <div key={at} className="cond-line">
          <span className="jn">{t(joint(at, value.any))}</span>
          <div className="cond-body">
            {item.kind === "group" ? (
              <Items
                fields={fields}
                others={others}
                value={item}
                depth={depth + 1}
                onChange={(next) => replace(at, next)}
              />
            ) : (
              <Line fields={fields} others={others} value={item} onChange={(next) => replace(at, next)} />
            )}
          </div>
          <IconButton icon="close" size="xs" label={t("rules.remove")} onClick={() => replace(at, null)} />
        </div>
      ))}
      {first && (
        <div className="row">
          <Button size="xs" icon="plus" className="dashed" onClick={() => add(newCondition(first))}>
            {t("rules.add.condition")}
          </Button>
          {depth < 3 && (
            <Button
              size="xs"
              icon="plus"
              className="dashed"
              onClick={() => add({ kind: "group", any: !value.any, items: [newCondition(first)] })}
            >
              {t("rules.add.group")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The condition block of the house: joints in the margin, field, operator, value; groups nest. */
export function ConditionEditor(props: Props) {
  const fields = props.fields.filter((field) => operatorsOf(field.type).length > 0);
  return <Items {...props} fields={fields} depth={0} />;
}
