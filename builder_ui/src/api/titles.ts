import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type { FieldRender, RecordView } from "./types";

interface Named {
  id: number;
  title: string;
}

const LATER_MS = 300_000;
const MOST_PEOPLE = 200;

async function find(field: FieldRender, id: number): Promise<string> {
  if (field.type === "relation") return (await api.get<RecordView>(`/forms/${field.to}/records/${id}`)).title;
  const people = field.type === "member";
  const { items } = await api.get<{ items: Named[] }>(
    people ? "/users" : "/departments",
    people ? { limit: MOST_PEOPLE } : {},
  );
  return items.find((item) => item.id === id)?.title ?? `#${id}`;
}

/** The title behind the id that a reference field holds. */
export function titleOf(field: FieldRender, id: number) {
  return queryOptions({
    queryKey: ["titles", field.type, field.to ?? "", id],
    queryFn: () => find(field, id),
    staleTime: LATER_MS,
    retry: false,
  });
}
