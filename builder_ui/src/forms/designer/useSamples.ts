import { useQuery } from "@tanstack/react-query";
import { api, type RecordPage, type RecordView } from "@/api";

const SAMPLES = 10;

/** Real records to look at on the canvas, under the builder's own data rights (SEMANTICS §4). */
export function useSamples(form: string, isPublished: boolean): readonly RecordView[] {
  const { data } = useQuery({
    queryKey: ["records", form, "samples"],
    enabled: isPublished,
    retry: false,
    queryFn: ({ signal }) => api.get<RecordPage>(`/forms/${form}/records`, { limit: SAMPLES }, signal),
  });
  return data?.items ?? [];
}
