import type { InputProps } from "../contract";
import { scaleOfField } from "../number/check";
import { NumberBox } from "../number/NumberBox";
import { useCurrencySign } from "./currency";

export function Input(props: InputProps) {
  const sign = useCurrencySign(props.field);
  return (
    <NumberBox {...props} scale={scaleOfField(props.field)} {...(props.name === undefined ? { sign } : {})} />
  );
}
