import type { CellProps } from "../contract";
import { OptionLabel } from "./OptionLabel";

export function Cell({ field, value }: CellProps) {
  if (typeof value !== "string") return null;
  const option = field.options?.find((one) => one.key === value) ?? { key: value, label: value };
  return <OptionLabel option={option} />;
}
