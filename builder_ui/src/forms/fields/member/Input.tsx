import { api } from "@/api";
import { useT } from "@/i18n";
import type { InputProps } from "../contract";
import { RefBox, type Candidate } from "../relation/RefBox";

interface UserLine {
  id: number;
  title: string;
  department?: { title: string } | string | null;
}

export function Input(props: InputProps) {
  const t = useT();
  return <RefBox {...props} empty={t("forms.none-found")} cacheKey={["users", "pick"]} load={load} />;
}

async function load(search: string, signal: AbortSignal): Promise<Candidate[]> {
  const { items } = await api.get<{ items: UserLine[] }>("/users", { search, limit: 20 }, signal);
  return items.map(({ id, title, department }) => ({
    id,
    title,
    note: typeof department === "string" ? department : (department?.title ?? ""),
  }));
}
