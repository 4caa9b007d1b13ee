import { useRef, useState } from "react";
import { useT } from "@/i18n";
import { IconButton, useViewport } from "@/ui";
import type { InputProps } from "../contract";

interface Props extends Omit<InputProps, "value" | "onChange"> {
  kind: "date" | "datetime-local";
  /** As the browser's box of this kind has it. */
  value: string;
  /** What people typed and is no date is handed on as it is, so that the check can say so. */
  onChange: (value: string | null) => void;
  parse: (text: string) => string | null | undefined;
  /** Typed form of a value. */
  show: (value: string) => string;
}

/** A date to type in one form everywhere, with the browser's calendar behind a button; its own wheel on phones. */
export function DateBox(props: Props) {
  return useViewport() === "phone" ? <Native {...props} /> : <Typed {...props} />;
}

function classes({ disabled, invalid }: Props): string {
  return ["input", disabled ? "ro" : "", invalid ? "bad" : ""].join(" ").trim();
}

function spoken({ id, name, disabled, required, invalid, describedBy }: Props) {
  return {
    id,
    disabled,
    "aria-label": name,
    "aria-required": required || undefined,
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy,
  };
}

function Native(props: Props) {
  return (
    <input
      {...spoken(props)}
      type={props.kind}
      className={classes(props)}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value || null)}
    />
  );
}

function Typed(props: Props) {
  const t = useT();
  const calendar = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    if (text === null) return;
    const parsed = props.parse(text);
    setText(null);
    props.onChange(parsed === undefined ? text : parsed);
  };
  return (
    <span className={`${classes(props)} datebox`}>
      <input
        {...spoken(props)}
        className="bare"
        autoComplete="off"
        placeholder={
          props.disabled ? "" : t(props.kind === "date" ? "forms.date-form" : "forms.datetime-form")
        }
        value={text ?? props.show(props.value)}
        onChange={(event) => {
          setText(event.target.value);
          const parsed = props.parse(event.target.value);
          if (parsed !== undefined) props.onChange(parsed);
        }}
        onBlur={commit}
      />
      {!props.disabled && (
        <>
          <IconButton
            icon="date"
            size="xs"
            label={t("forms.calendar")}
            onClick={() => calendar.current?.showPicker()}
          />
          <input
            ref={calendar}
            type={props.kind}
            className="behind"
            tabIndex={-1}
            aria-hidden
            value={props.value}
            onChange={(event) => props.onChange(event.target.value || null)}
          />
        </>
      )}
    </span>
  );
}
