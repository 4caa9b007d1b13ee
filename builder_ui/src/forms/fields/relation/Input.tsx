import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, keys, useMe, type FormRender, type RecordPage, type RecordView } from "@/api";
import { useT } from "@/i18n";
import type { InputProps } from "../contract";
import { useFormScope } from "../scope";
import { shownText } from "../shownText";
import { filled } from "./fill";
import { RefBox, type Candidate } from "./RefBox";
import { pickWhere } from "./where";

const FOUND_AT_ONCE = 20;

/** Picks a record of another form; `fill` copies fields of the picked record into this one. */
export function Input(props: InputProps) {
  const t = useT();
  const scope = useFormScope();
  const queries = useQueryClient();
  const { workspace } = useMe();
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
      load={async (search, signal) => {
        if (!field.to) return [];
        const form = await targetForm(queries, field.to);
        const query = { search, limit: FOUND_AT_ONCE, fields: columns.join(","), where };
        const page = await api.get<RecordPage>(`/forms/${field.to}/records`, query, signal);
        return page.items.map((record) => candidate(form, columns, record, workspace.currency));
      }}
      onPick={(ref) => {
        if (ref && field.fill && Object.keys(field.fill).length > 0) void fill(ref.id);
      }}
    />
  );
}

/** The other form, whose fields say how the picker's columns read. */
function targetForm(queries: QueryClient, form: string): Promise<FormRender> {
  return queries.ensureQueryData({
    queryKey: keys.form(form),
    queryFn: () => api.get<FormRender>(`/forms/${form}`),
  });
}

/** The picker's columns as one grey line, without what the title says already. */
function candidate(
  form: FormRender,
  columns: readonly string[],
  { id, title, values }: RecordView,
  currency: string,
): Candidate {
  const texts = columns.map((key) => {
    const field = form.fields[key] ?? form.system[key];
    return field ? shownText(field, values[key] ?? null, currency) : "";
  });
  return { id, title, note: texts.filter((text) => text && !title.includes(text)).join(" · ") };
}
