import type { InputProps } from "../contract";
import { NumberBox } from "../number/NumberBox";
import { useCurrencySign } from "./currency";

export function Input(props: InputProps) {
  const sign = useCurrencySign(props.field);
  return <NumberBox {...props} {...(props.name === undefined ? { sign } : {})} />;
}
