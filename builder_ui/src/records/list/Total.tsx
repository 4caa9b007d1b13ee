import { useQuery } from "@tanstack/react-query";
import { api, keys, type Count, type RecordPage } from "@/api";
import { formatNumber, useT } from "@/i18n";

interface Props {
  form: string;
  where: string;
  search: string;
  /** Counted up to a bound with the first page. */
  count: Count | null | undefined;
}

/** How many records the filter covers. Beyond the bound "1,000+" is a button: counting all of them takes longer. */
export function Total({ form, where, search, count }: Props) {
  const t = useT();
  const all = useQuery({
    queryKey: [...keys.records(form), "count", { where, search }],
    queryFn: ({ signal }) =>
      api.get<RecordPage>(`/forms/${form}/records`, { where, search, limit: 1, count: "exact" }, signal),
    enabled: false,
  });
  const shown = all.data?.count ?? count;
  if (!shown) return null;
  if (shown.exact) return formatNumber(shown.value);
  return (
    <button
      type="button"
      className="total"
      title={t("records.count.exact")}
      onClick={() => void all.refetch()}
    >
      {formatNumber(shown.value)}+
    </button>
  );
}
