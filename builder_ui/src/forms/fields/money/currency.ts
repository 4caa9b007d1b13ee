import { useMe, type FieldRender } from "@/api";
import { currencySymbol } from "@/i18n";
import { useFormScope } from "../scope";

const CODE = /^[A-Za-z]{3}$/;

/** Currency of a money field: written in the field, or the value of the select field it names, else the workspace's. */
export function useCurrency(field: FieldRender): string {
  const { workspace } = useMe();
  const { values } = useFormScope();
  const named = field.props.currency;
  const chosen = named === undefined ? undefined : values[named];
  if (typeof chosen === "string" && CODE.test(chosen)) return chosen.toUpperCase();
  return named !== undefined && CODE.test(named) ? named.toUpperCase() : workspace.currency.toUpperCase();
}

export function useCurrencySign(field: FieldRender): string {
  return currencySymbol(useCurrency(field));
}
