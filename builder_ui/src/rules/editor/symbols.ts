/** What a FEEL text may name, with the words people know it by. */
import { useQueries } from "@tanstack/react-query";
import { formOf, type FieldRender } from "@/api";
import { label } from "@/i18n";

/** A name as the text holds it (`customer.level`), and as the editor shows it (`客户.等级`). */
export interface Named {
  readonly name: string;
  readonly label: string;
  readonly type: string;
}

/** A function of the language, as the server describes it. */
export interface FeelFunction {
  readonly name: string;
  /** One text per overload: `substring(string, start, length?)`. */
  readonly signatures: readonly string[];
  readonly description: string;
  readonly example: string;
}

/** Fields, columns of sub-tables, and the fields of related records one step away. */
export function namesOf(
  fields: readonly FieldRender[],
  related: Readonly<Record<string, readonly FieldRender[]>> = {},
): Named[] {
  return fields.flatMap((field) => {
    const own = named(field);
    const inner = field.fields ? Object.values(field.fields) : field.to ? (related[field.to] ?? []) : [];
    return [own, ...inner.map((part) => within(own, named(part)))];
  });
}

const named = (field: FieldRender): Named => ({
  name: field.key,
  label: label(field.label, field.key),
  type: field.type,
});

const within = (outer: Named, inner: Named): Named => ({
  name: `${outer.name}.${inner.name}`,
  label: `${outer.label}.${inner.label}`,
  type: inner.type,
});

/** The names that `fields` give, those of related forms included once they are known. */
export function useNames(fields: readonly FieldRender[]): Named[] {
  const targets = [...new Set(fields.flatMap((field) => (field.to ? [field.to] : [])))];
  const forms = useQueries({ queries: targets.map((form) => formOf(form)) });
  const related = Object.fromEntries(
    targets.map((form, at) => [form, Object.values(forms[at]?.data?.fields ?? {})]),
  );
  return namesOf(fields, related);
}
