import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type FieldRender } from "@/api";
import { useT } from "@/i18n";
import { Button, Popup } from "@/ui";

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
  const t = useT();
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
    <div className="picker">
      <input
        className="input"
        type="search"
        value={search}
        aria-label={t("rules.search")}
        placeholder={t("rules.search")}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <button type="button" onClick={() => onPick(String(item.id))}>
              {item.title}
            </button>
          </li>
        ))}
      </ul>
    </div>
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
