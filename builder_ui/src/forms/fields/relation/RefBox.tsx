import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState, type ReactNode } from "react";
import type { Ref } from "@/api";
import { useT } from "@/i18n";
import { Icon, Select } from "@/ui";
import type { InputProps } from "../contract";
import { asRef } from "./ref";

/** One thing that can be picked; `note` stands in grey after the title. */
export interface Candidate extends Ref {
  readonly note?: string;
  readonly indent?: number;
}

interface Props extends InputProps {
  /** Cache key and loader of the candidates for a search text. */
  cacheKey: readonly unknown[];
  load: (search: string, signal: AbortSignal) => Promise<readonly Candidate[]>;
  onPick?: (ref: Ref | null) => void;
  empty: string;
}

/** A picker that searches on the server; nothing is loaded before it is opened. */
export function RefBox({ cacheKey, load, onPick, empty, ...props }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed);
  const { data, isFetching, error } = useQuery({
    queryKey: [...cacheKey, search],
    queryFn: ({ signal }) => load(search, signal),
    enabled: open,
    placeholderData: (before) => before,
  });
  const value = asRef(props.value);
  const candidates = data ?? [];
  const pick = (id: number | undefined) => {
    const found = candidates.find((one) => one.id === id);
    const ref = found ? { id: found.id, title: found.title } : null;
    props.onChange(ref as unknown as InputProps["value"]);
    onPick?.(ref);
  };
  return (
    <Select
      id={props.id}
      style={{ width: "100%" }}
      value={value?.id ?? null}
      labelRender={({ value: id, label }) => (id === value?.id ? value.title : (label as ReactNode))}
      disabled={props.disabled}
      allowClear={!props.required && { clearIcon: <Icon name="close" size="s" title={t("forms.clear")} /> }}
      placeholder={props.disabled ? "" : t("forms.search-choose")}
      suffixIcon={<Icon name={open ? "search" : "down"} size="s" />}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onOpenChange={setOpen}
      {...(props.invalid ? { status: "error" as const } : {})}
      {...(props.name === undefined ? {} : { "aria-label": props.name })}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      {...(props.describedBy ? { "aria-describedby": props.describedBy } : {})}
      notFoundContent={<span className="t13 ink2">{emptyText(t, isFetching, error, empty)}</span>}
      options={candidates.map((one) => ({ value: one.id, label: <CandidateLine candidate={one} /> }))}
      onChange={(id: number | null | undefined) => pick(id ?? undefined)}
    />
  );
}

function emptyText(t: (key: string) => string, loading: boolean, error: Error | null, empty: string): string {
  if (loading) return t("ui.loading");
  return error ? error.message : empty;
}

function CandidateLine({ candidate }: { candidate: Candidate }) {
  return (
    <span className="row" style={{ paddingLeft: (candidate.indent ?? 0) * 14 }}>
      <span className="ell grow">{candidate.title}</span>
      {candidate.note && <span className="t12 ink2">{candidate.note}</span>}
    </span>
  );
}
