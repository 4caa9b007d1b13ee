import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type FieldRender } from "@/api";
import { useT } from "@/i18n";
import { Button, Popup } from "@/ui";
import { FoundList } from "./FoundList";

interface Named {
  id: number;
  title: string;
}

function source(field: FieldRender): string {
  if (field.type === "relation") return `/forms/${field.to}/records`;
  return field.type === "member" ? "/users" : "/departments";
}

function Choices({
  field,
  chosen,
  onPick,
}: {
  field: FieldRender;
  chosen: string[];
  onPick: (id: string) => void;
}) {
  const [search, setSearch] = useState("");
  const { data } = useQuery({
    queryKey: ["pick", source(field), search],
    queryFn: ({ signal }) =>
      api.get<{ items: Named[] }>(
        source(field),
        field.type === "department" ? {} : { search, limit: 30 },
        signal,
      ),
  });
  const items = (data?.items ?? []).filter(
    (item) => !chosen.includes(String(item.id)) && item.title.toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <FoundList search={search} onSearch={setSearch} items={items} onPick={({ id }) => onPick(String(id))} />
  );
}

/** Adds records, people or departments to a comparison, found by name. */
export function ReferencePicker(props: {
  field: FieldRender;
  chosen: string[];
  onPick: (id: string) => void;
}) {
  const t = useT();
  return (
    <Popup trigger={<Button look="quiet" size="xs" icon="plus" aria-label={t("rules.add.value")} />}>
      {(close) => (
        <Choices
          {...props}
          onPick={(id) => {
            props.onPick(id);
            close();
          }}
        />
      )}
    </Popup>
  );
}
