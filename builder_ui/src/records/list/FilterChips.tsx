import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import {
  count,
  operandText,
  printConditions,
  readConditions,
  useTitles,
  type Condition,
  type Item,
} from "@/rules";
import { Icon } from "@/ui";

interface Props {
  fields: Readonly<Record<string, FieldRender>>;
  where: string;
  onChange: (where: string) => void;
}

function ConditionText({ condition, field }: { condition: Condition; field: FieldRender | undefined }) {
  const t = useT();
  const titles = useTitles(condition, field);
  const values = condition.operands.map((operand) => operandText(operand, field, titles));
  return (
    <>
      <span>{label(field?.label, condition.field)}</span>
      <span className="op">{t(`rules.operator.${condition.operator}`)}</span>
      {values.length > 0 && <span>{values.join(t("records.filter.or"))}</span>}
    </>
  );
}

function Chip({ item, fields, onRemove }: { item: Item; fields: Props["fields"]; onRemove: () => void }) {
  const t = useT();
  return (
    <span className="chip2">
      {item.kind === "condition" ? (
        <ConditionText condition={item} field={fields[item.field]} />
      ) : (
        <span>{t(item.any ? "records.filter.any" : "records.filter.all", { count: count(item) })}</span>
      )}
      <button type="button" className="x" aria-label={t("rules.remove")} onClick={onRemove}>
        <Icon name="close" size="s" />
      </button>
    </span>
  );
}

/** The applied filter, always in sight; each part can be taken away. */
export function FilterChips({ fields, where, onChange }: Props) {
  const t = useT();
  const typeOf = (key: string) => fields[key]?.type;
  const tree = readConditions(where, typeOf);
  if (where === "") return null;
  if (!tree || tree.any) {
    return (
      <span className="chip2">
        <span className="mono ell text">
          {tree ? t("records.filter.any", { count: count(tree) }) : where}
        </span>
        <button
          type="button"
          className="x"
          aria-label={t("records.filter.clear")}
          onClick={() => onChange("")}
        >
          <Icon name="close" size="s" />
        </button>
      </span>
    );
  }
  return tree.items.map((item, at) => (
    <Chip
      key={printConditions({ kind: "group", any: false, items: [item] }, typeOf)}
      item={item}
      fields={fields}
      onRemove={() =>
        onChange(printConditions({ ...tree, items: tree.items.filter((_, index) => index !== at) }, typeOf))
      }
    />
  ));
}
