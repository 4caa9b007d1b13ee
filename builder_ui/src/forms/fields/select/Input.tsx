import { label, useT } from "@/i18n";
import { Icon, Select, useViewport } from "@/ui";
import type { InputProps } from "../contract";
import { OptionLabel } from "./OptionLabel";

const FEW = 4;

/** A list to open; on phones up to four options are buttons, one touch instead of three. */
export function Input(props: InputProps) {
  const few = (props.field.options?.length ?? 0) <= FEW && props.name === undefined;
  return useViewport() === "phone" && few ? <Buttons {...props} /> : <List {...props} />;
}

function List(props: InputProps) {
  const t = useT();
  const options = props.field.options ?? [];
  return (
    <Select
      id={props.id}
      style={{ width: "100%" }}
      value={typeof props.value === "string" ? props.value : null}
      disabled={props.disabled}
      allowClear={!props.required && { clearIcon: <Icon name="close" size="s" title={t("forms.clear")} /> }}
      showSearch={{ optionFilterProp: "text" }}
      placeholder={props.disabled ? "" : t("forms.choose")}
      suffixIcon={<Icon name="down" size="s" />}
      {...(props.invalid ? { status: "error" as const } : {})}
      {...(props.name === undefined ? {} : { "aria-label": props.name })}
      aria-required={props.required || undefined}
      aria-invalid={props.invalid || undefined}
      {...(props.describedBy ? { "aria-describedby": props.describedBy } : {})}
      options={options.map((option) => ({
        value: option.key,
        text: label(option.label, option.key),
        label: <OptionLabel option={option} />,
      }))}
      onChange={(key: string | undefined) => props.onChange(key ?? null)}
    />
  );
}

function Buttons(props: InputProps) {
  return (
    <div
      className="choices"
      id={props.id}
      role="radiogroup"
      tabIndex={-1}
      aria-describedby={props.describedBy}
      aria-labelledby={`${props.id}-label`}
    >
      {(props.field.options ?? []).map((option) => {
        const on = option.key === props.value;
        return (
          <button
            key={option.key}
            type="button"
            role="radio"
            aria-checked={on}
            className={on ? "on" : ""}
            disabled={props.disabled}
            onClick={() => props.onChange(on && !props.required ? null : option.key)}
          >
            {label(option.label, option.key)}
          </button>
        );
      })}
    </div>
  );
}
