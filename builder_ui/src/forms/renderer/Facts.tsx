import type { FieldRender } from "@/api";
import { label } from "@/i18n";
import { FIELD_TYPES, SubtableTable } from "../fields/registry";
import { fieldOf, useSurface, type PlacedField } from "./context";

/** Fields to read: label and value in two columns, long texts and tables across both. */
export function Facts({ fields, heading }: { fields: readonly PlacedField[]; heading: string }) {
  const { form, settled } = useSurface();
  const shown = fields.flatMap(({ key, path }) => {
    const field = fieldOf(form, key);
    return field && settled.states[key]?.visible !== false ? [{ field, path }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <dl className="facts">
      {shown.map(({ field, path }) => (
        <Fact key={field.key} field={field} path={path} named={label(field.label) !== heading} />
      ))}
    </dl>
  );
}

function Fact({ field, path, named }: { field: FieldRender; path: string; named: boolean }) {
  const { settled } = useSurface();
  const value = settled.values[field.key] ?? null;
  const { Cell } = FIELD_TYPES[field.type];
  const wide = field.type === "longtext" || field.type === "subtable";
  const isEmpty = value === null || value === "";
  return (
    <div className={wide ? "fact wide" : "fact"} data-node={path}>
      <dt className={named ? "" : "sr"}>{label(field.label, field.key)}</dt>
      <dd>
        {isEmpty ? (
          <span className="dim" aria-hidden>
            —
          </span>
        ) : field.type === "subtable" ? (
          <SubtableTable field={field} value={value} />
        ) : (
          <Cell field={field} value={value} />
        )}
      </dd>
    </div>
  );
}
