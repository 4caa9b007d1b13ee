import type { InputProps } from "../contract";
import { NumberBox } from "./NumberBox";

export function Input(props: InputProps) {
  return <NumberBox {...props} />;
}
