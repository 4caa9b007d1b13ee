import { lazy, Suspense, useRef, useState } from "react";
import { label, useT } from "@/i18n";
import { count, readConditions } from "@/rules";
import { Button, IconButton, Menu, Popup, Skeleton, useShortcut } from "@/ui";
import { isListed } from "../model/fields";
import { ColumnsPanel } from "./ColumnsPanel";
import { FilterChips } from "./FilterChips";
import type { List } from "./useList";

const FilterPanel = lazy(() => import("./FilterPanel"));

function SortMenu({ list }: { list: List }) {
  const t = useT();
  const [first] = list.sort;
  const field = first && list.fields[first.field];
  const text = field ? label(field.label, field.key) : t("records.sort");
  return (
    <Menu
      label={t("records.sort")}
      items={Object.values(list.fields)
        .filter(isListed)
        .flatMap((candidate) =>
          [false, true].map((descending) => ({
            key: `${candidate.key}${descending}`,
            icon: descending ? ("arrow-down" as const) : ("arrow-up" as const),
            label: label(candidate.label, candidate.key),
            on: first?.field === candidate.key && first.descending === descending,
            run: () => list.change({ sort: [{ field: candidate.key, descending }] }),
          })),
        )}
      trigger={
        <Button look="quiet" icon="sort">
          {text}
        </Button>
      }
    />
  );
}

function FilterButton({ form, list }: { form: string; list: List }) {
  const t = useT();
  const tree = readConditions(list.where, (key) => list.fields[key]?.type);
  const conditions = tree ? count(tree) : 1;
  return (
    <Popup
      placement="bottomRight"
      trigger={
        <Button look="quiet" icon="filter" className={list.where ? "sel" : ""}>
          {list.where ? `${t("records.filter")} ${conditions}` : t("records.filter")}
        </Button>
      }
    >
      {(close) => (
        <Suspense fallback={<Skeleton rows={3} />}>
          <FilterPanel
            form={form}
            fields={list.fields}
            where={list.where}
            onApply={(where) => list.change({ where })}
            onClose={close}
          />
        </Suspense>
      )}
    </Popup>
  );
}

function SearchBox({ list }: { list: List }) {
  const t = useT();
  const [open, setOpen] = useState(list.state.search !== "");
  const [typed, setTyped] = useState(list.state.search);
  const input = useRef<HTMLInputElement>(null);
  const start = () => {
    setOpen(true);
    requestAnimationFrame(() => input.current?.focus());
  };
  useShortcut("/", start);
  if (!open) return <IconButton icon="search" label={`${t("records.search")} /`} onClick={start} />;
  return (
    <form
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        list.change({ search: typed.trim() });
      }}
    >
      <input
        ref={input}
        type="search"
        className="input sm searchbox"
        aria-label={t("records.search")}
        placeholder={t("records.search.hint")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          if (event.target.value === "") list.change({ search: "" });
        }}
        onBlur={() => {
          if (typed === "") setOpen(false);
        }}
      />
    </form>
  );
}

/** Under the head: what is filtered, at the left; how to filter, order, choose and search, at the right. */
export function Toolbar({ form, list, phone }: { form: string; list: List; phone: boolean }) {
  const t = useT();
  return (
    <div className="tools">
      <div className="chips">
        <FilterChips fields={list.fields} where={list.where} onChange={(where) => list.change({ where })} />
      </div>
      <div className="push row g4">
        <FilterButton form={form} list={list} />
        <SortMenu list={list} />
        {!phone && (
          <Popup placement="bottomRight" trigger={<IconButton icon="columns" label={t("records.columns")} />}>
            {() => <ColumnsPanel fields={list.fields} columns={list.columns} onChange={list.setColumns} />}
          </Popup>
        )}
        <SearchBox list={list} />
      </div>
    </div>
  );
}
