import type { InputProps } from "../contract";
import { NumberBox } from "../number/NumberBox";

/** 13 is typed for the stored 0.13. */
export function Input(props: InputProps) {
  return <NumberBox {...props} percent />;
}
