import type { InputProps } from "../contract";
import { TextBox } from "./TextBox";

export function Input(props: InputProps) {
  return <TextBox {...props} />;
}
