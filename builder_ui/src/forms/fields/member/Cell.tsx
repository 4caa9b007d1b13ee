import { Avatar } from "@/ui";
import type { CellProps } from "../contract";
import { asRef } from "../relation/ref";

export function Cell({ value }: CellProps) {
  const ref = asRef(value);
  if (!ref) return null;
  return (
    <span className="row g4">
      <Avatar name={ref.title} size="s" />
      {ref.title}
    </span>
  );
}
