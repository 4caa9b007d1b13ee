import { api } from "@/api";
import { useT } from "@/i18n";
import type { InputProps } from "../contract";
import { RefBox } from "../relation/RefBox";
import { departmentLines, type DepartmentLine } from "./tree";

export function Input(props: InputProps) {
  const t = useT();
  return (
    <RefBox
      {...props}
      empty={t("forms.none-found")}
      cacheKey={["departments", "pick"]}
      load={async (search, signal) => {
        const { items } = await api.get<{ items: DepartmentLine[] }>("/departments", undefined, signal);
        return departmentLines(items, search);
      }}
    />
  );
}
