import { useT } from "@/i18n";
import type { InputProps } from "../contract";
import { isNumber } from "../number/entry";
import { starsOf } from "./stars";
import "./rating.css";

/** One radio button per star, so arrow keys and touch work by themselves; the chosen one again takes it back. */
export function Input(props: InputProps) {
  const t = useT();
  const given = isNumber(props.value) ? props.value : 0;
  const named =
    props.name === undefined ? { "aria-labelledby": `${props.id}-label` } : { "aria-label": props.name };
  return (
    <span
      id={props.id}
      className={props.invalid ? "stars enter bad" : "stars enter"}
      role="radiogroup"
      tabIndex={-1}
      aria-required={props.required || undefined}
      aria-describedby={props.describedBy}
      {...named}
    >
      {Array.from({ length: starsOf(props.field) }, (_, at) => at + 1).map((count) => (
        <label key={count} className={count <= given ? "on" : ""}>
          <input
            type="radio"
            className="sr"
            name={`${props.id}-stars`}
            aria-label={t("forms.stars", { count })}
            checked={count === given}
            disabled={props.disabled}
            onChange={() => props.onChange(count)}
            onClick={() => count === given && props.onChange(null)}
          />
          ★
        </label>
      ))}
    </span>
  );
}
