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

/** A sample whole, rows of sub-tables too; as its list shows it until it is there. */
export function useSample(form: string, listed: RecordView | undefined): RecordView | undefined {
  const { data } = useQuery({
    queryKey: ["records", form, "samples", listed?.id],
    enabled: listed !== undefined,
    retry: false,
    queryFn: ({ signal }) => api.get<RecordView>(`/forms/${form}/records/${listed?.id}`, undefined, signal),
  });
  return data ?? listed;
}
