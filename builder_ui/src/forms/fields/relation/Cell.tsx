import { Link } from "react-router";
import type { CellProps } from "../contract";
import { asRef } from "./ref";

export function Cell({ field, value }: CellProps) {
  const ref = asRef(value);
  if (!ref) return null;
  return field.to ? (
    <Link className="lk" to={`/forms/${field.to}/${ref.id}`}>
      {ref.title}
    </Link>
  ) : (
    <span>{ref.title}</span>
  );
}
