import { api, type FieldRender, type RecordPage, type RecordView, type Value, type Values } from "@/api";
import { label, useT } from "@/i18n";
import type { InputProps } from "../contract";
import { useFormScope } from "../scope";
import { filled } from "./fill";
import { asRef } from "./ref";
import { RefBox, type Candidate } from "./RefBox";
import { pickWhere } from "./where";

const FOUND_AT_ONCE = 20;

/** Picks a record of another form; `fill` copies fields of the picked record into this one. */
export function Input(props: InputProps) {
  const t = useT();
  const scope = useFormScope();
  const { field } = props;
  const columns = field.pick?.columns ?? [];
  const where = field.pick?.where ? pickWhere(field.pick.where, scope.fields, scope.record) : "";
  const fill = async (id: number) => {
    const target = await api.get<RecordView>(`/forms/${field.to}/records/${id}`);
    scope.assign(filled(field.fill ?? {}, target.values));
  };
  return (
    <RefBox
      {...props}
      empty={field.to ? t("forms.none-found") : t("forms.no-target")}
      cacheKey={["records", field.to, "pick", columns, where]}
      load={(search, signal) => candidates(field, columns, where, search, signal)}
      onPick={(ref) => {
        if (ref && field.fill) void fill(ref.id);
      }}
    />
  );
}

async function candidates(
  field: FieldRender,
  columns: readonly string[],
  where: string,
  search: string,
  signal: AbortSignal,
): Promise<Candidate[]> {
  if (!field.to) return [];
  const query = { search, limit: FOUND_AT_ONCE, fields: columns.join(","), where };
  const page = await api.get<RecordPage>(`/forms/${field.to}/records`, query, signal);
  return page.items.map(({ id, title, values }) => ({ id, title, note: noteOf(values, columns, title) }));
}

/** The picker's columns as one grey line, without what the title says already. */
function noteOf(values: Values, columns: readonly string[], title: string): string {
  const texts = columns
    .map((column) => shown(values[column] ?? null))
    .filter((text) => text && text !== title);
  return texts.join(" · ");
}

function shown(value: Value): string {
  if (value === null || typeof value === "boolean") return "";
  return typeof value === "object" ? label(asRef(value)?.title) : String(value);
}
