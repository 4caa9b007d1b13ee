import type { InputProps } from "../contract";
import { TextBox } from "../text/TextBox";

export function Input(props: InputProps) {
  return <TextBox {...props} keyboard="url" />;
}
