import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, keys, type RecordView } from "@/api";
import { t } from "@/i18n";
import { toast } from "@/ui";

export function useRecord(form: string, id: number) {
  return useQuery({
    queryKey: keys.record(form, id),
    queryFn: ({ signal }) => api.get<RecordView>(`/forms/${form}/records/${id}`, undefined, signal),
    retry: false,
  });
}

/** Deletes to the recycle bin; the message offers to bring the record back. */
export function useDelete(form: string) {
  const queries = useQueryClient();
  const stale = () => queries.invalidateQueries({ queryKey: keys.records(form) });
  const restore = async (id: number) => {
    await api.post(`/forms/${form}/records/${id}/restore`);
    await stale();
  };
  return useMutation({
    mutationFn: (record: RecordView) => api.delete(`/forms/${form}/records/${record.id}`),
    onSuccess: (_, record) => {
      toast.show(t("records.deleted", { title: record.title }), {
        action: { label: t("records.undo"), run: () => void restore(record.id) },
      });
      // The record's own screen still stands: it must not ask again for what is gone. Lists ask when they are shown.
      return queries.invalidateQueries({ queryKey: keys.records(form), refetchType: "none" });
    },
  });
}
