import { Popover } from "antd";
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

interface PopupProps {
  /** The button that opens it; gets its click from here. */
  trigger: ReactElement;
  placement?: "bottomLeft" | "bottomRight" | "topLeft" | "topRight" | "rightBottom";
  /** Content, given the way to close. */
  children: (close: () => void) => ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const FOCUSABLE =
  "input:not([type=hidden]), button:not([disabled]), select, textarea, [href], [tabindex='0']";

/** A panel at a button. Opening moves the focus in, Escape closes and gives it back. */
export function Popup({ trigger, placement = "bottomLeft", children, open, onOpenChange }: PopupProps) {
  const [own, setOwn] = useState(false);
  const anchor = useRef<HTMLSpanElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const shown = open ?? own;
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  const close = () => {
    change(false);
    anchor.current?.querySelector<HTMLElement>("button")?.focus();
  };
  return (
    <Popover
      open={shown}
      onOpenChange={change}
      afterOpenChange={(visible) => {
        if (visible) panel.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true });
      }}
      trigger="click"
      placement={placement}
      arrow={false}
      destroyOnHidden
      styles={{ container: { padding: 0 } }}
      content={
        <div
          ref={panel}
          role="presentation"
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key !== "Escape" || event.defaultPrevented) return;
            event.stopPropagation();
            close();
          }}
        >
          {children(close)}
        </div>
      }
    >
      <span ref={anchor} className="popup-anchor">
        {trigger}
      </span>
    </Popover>
  );
}

export interface MenuItem {
  key: string;
  label: ReactNode;
  icon?: IconName;
  /** Shown as chosen one of its kind. */
  on?: boolean;
  danger?: boolean;
  run: () => void;
}

function walk(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

/** A button with a list of actions; `null` in the list is a rule between groups. */
export function Menu({
  trigger,
  label,
  items,
  placement = "bottomRight",
}: {
  trigger: ReactElement;
  label: string;
  items: readonly (MenuItem | null)[];
  placement?: PopupProps["placement"];
}) {
  return (
    <Popup trigger={trigger} {...(placement ? { placement } : {})}>
      {(close) => (
        <div className="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={walk}>
          {items.map((item, at) =>
            item === null ? (
              <hr key={`rule-${at}`} />
            ) : (
              <button
                key={item.key}
                type="button"
                role="menuitem"
                className={[item.on ? "on" : "", item.danger ? "late" : ""].join(" ").trim()}
                aria-current={item.on || undefined}
                onClick={() => {
                  close();
                  item.run();
                }}
              >
                {item.icon && <Icon name={item.icon} />}
                <span className="grow">{item.label}</span>
                {item.on && <Icon name="check" size="s" />}
              </button>
            ),
          )}
        </div>
      )}
    </Popup>
  );
}
