import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./Icon";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> {
  /** `pri` is the one filled button of a screen; `quiet` has no border; `link` reads as a link. */
  look?: "plain" | "pri" | "quiet" | "link";
  size?: "xs" | "sm" | "md" | "lg";
  icon?: IconName;
  danger?: boolean;
  /** Keyboard shortcut shown after the label. */
  shortcut?: string;
  /** While work runs the button is disabled and says so to screen readers. */
  busy?: boolean;
  submit?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = "plain",
  size = "md",
  icon,
  danger,
  shortcut,
  busy,
  submit,
  className,
  disabled,
  children,
  ...rest
}: Props) {
  const classes = ["btn", look === "plain" ? "" : look, size === "md" ? "" : size];
  classes.push(danger ? "bad" : "", children === undefined ? "ico" : "", className ?? "");
  return (
    <button
      type={submit ? "submit" : "button"}
      className={classes.filter(Boolean).join(" ")}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      {children}
      {shortcut && <span className="keyhint">{shortcut}</span>}
    </button>
  );
}

interface IconButtonProps extends Omit<Props, "children" | "icon" | "aria-label"> {
  icon: IconName;
  /** Spoken name and tooltip. */
  label: string;
}

export function IconButton({ label, ...rest }: IconButtonProps) {
  return <Button look="quiet" title={label} {...rest} aria-label={label} />;
}
