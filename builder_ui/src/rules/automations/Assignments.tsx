import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { IconButton } from "@/ui";
import { AddChoice, Choice } from "./inputs";
import type { Assignment } from "./model/tree";
import { kindsFor, newValue, printValue, writableFields, type ValueScope } from "./model/values";
import { ValueBox } from "./ValueBox";

interface Props {
  /** Of the record that gets the values. */
  fields: readonly FieldRender[];
  values: readonly Assignment[];
  scope: ValueScope;
  onChange: (values: readonly Assignment[]) => void;
  /** The last one must stay. */
  needed?: boolean;
}

/** `field = value`, one below the other. */
export function Assignments({ fields, values, scope, onChange, needed = false }: Props) {
  const t = useT();
  const writable = writableFields(fields);
  const free = writable.filter(({ key }) => !values.some(({ field }) => field === key));
  const named = (list: readonly FieldRender[]) =>
    list.map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  const change = (at: number, part: Partial<Assignment>) =>
    onChange(values.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className="assignments">
      {values.map((one, at) => (
        <div key={one.field} className="assignment">
          <Choice
            look="f"
            label={t("rules.field")}
            value={one.field}
            options={named(
              writable.filter(({ key }) => key === one.field || free.some((f) => f.key === key)),
            )}
            onChange={(field) => change(at, { field, value: firstValue(field, writable, scope) })}
          />
          <span className="ink2">=</span>
          <ValueBox
            field={fields.find(({ key }) => key === one.field)}
            value={one.value}
            scope={scope}
            onChange={(value) => change(at, { value })}
          />
          {(!needed || values.length > 1) && (
            <IconButton
              icon="close"
              size="xs"
              label={t("automations.value.remove")}
              onClick={() => onChange(values.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      <AddChoice
        label={t("automations.value.add")}
        groups={[{ label: t("automations.fields"), options: named(free) }]}
        onAdd={(field) =>
          onChange([...values, { type: "Assignment", field, value: firstValue(field, writable, scope) }])
        }
      />
    </div>
  );
}

/** What one usually gives a field of this type. */
export function firstValue(key: string, fields: readonly FieldRender[], scope: ValueScope): string {
  const field = fields.find((one) => one.key === key);
  const kind = field && kindsFor(field, scope)[0];
  return field && kind ? printValue(newValue(kind, field, scope), scope) : "null";
}
