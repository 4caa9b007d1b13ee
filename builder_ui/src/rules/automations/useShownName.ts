import { label } from "@/i18n";
import { useDefinitionList } from "./world";

/** What readers of this language see where a rule calls itself `written`: that, or its translation. */
export function useShownName(key: string, written: string): string {
  const found = useDefinitionList().data?.find((one) => one.kind === "rule" && one.key === key)?.label;
  const translates = found && typeof found === "object" && found.en === written;
  return translates ? label(found, written) : written;
}
