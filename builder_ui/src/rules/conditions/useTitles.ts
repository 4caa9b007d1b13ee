import { useQueries } from "@tanstack/react-query";
import { api, type FieldRender, type RecordView } from "@/api";
import type { Condition } from "../model/conditions";

interface Named {
  id: number;
  title: string;
}

const LATER_MS = 300_000;

async function titleOf(field: FieldRender, id: string): Promise<Named> {
  if (field.type === "relation") return api.get<RecordView>(`/forms/${field.to}/records/${id}`);
  const people = field.type === "member";
  const { items } = await api.get<{ items: Named[] }>(
    people ? "/users" : "/departments",
    people ? { limit: 200 } : {},
  );
  return items.find((item) => String(item.id) === id) ?? { id: Number(id), title: `#${id}` };
}

/** Titles of the records, people or departments whose ids a comparison names. */
export function useTitles(condition: Condition, field: FieldRender | undefined): Record<string, string> {
  const ids = field && ["relation", "member", "department"].includes(field.type) ? condition.operands : [];
  const answers = useQueries({
    queries: ids.flatMap((operand) =>
      operand.kind === "number" && field
        ? [
            {
              queryKey: ["titles", field.type, field.to ?? "", operand.text],
              queryFn: () => titleOf(field, operand.text),
              staleTime: LATER_MS,
            },
          ]
        : [],
    ),
  });
  return Object.fromEntries(answers.flatMap(({ data }) => (data ? [[String(data.id), data.title]] : [])));
}
