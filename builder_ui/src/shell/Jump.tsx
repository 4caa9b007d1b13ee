import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { useT } from "@/i18n";
import { Dialog, Icon } from "@/ui";
import { useTargets, type Target } from "./useTargets";

/** Search or jump (Ctrl K): type, walk with the arrows, Enter goes there. */
export default function Jump({ onClose }: { onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const list = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const targets = useTargets(t, useDeferredValue(typed.trim()));
  const go = (target: Target | undefined) => {
    if (!target) return;
    onClose();
    void navigate(target.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((at) => (at + step + targets.length) % Math.max(1, targets.length));
    else if (event.key === "Enter") go(targets[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open title={t("shell.jump")} onClose={onClose} bare width={560}>
      <input
        className="input jump-input"
        role="combobox"
        aria-label={t("shell.jump")}
        aria-expanded={targets.length > 0}
        aria-controls={list}
        aria-activedescendant={targets[active] ? `${list}-${active}` : undefined}
        placeholder={t("shell.jump")}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="jump-list" id={list} role="listbox" aria-label={t("shell.jump")}>
        {targets.map((target, at) => (
          <div
            key={target.to}
            id={`${list}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={at === active ? "on" : ""}
            onMouseMove={() => setActive(at)}
            onClick={() => go(target)}
            onKeyDown={onKeyDown}
          >
            <Icon name={target.icon} />
            <span className="grow ell">{target.title}</span>
            <span className="ink2">{target.note}</span>
          </div>
        ))}
        {targets.length === 0 && <p className="ink2">{t("shell.jump.none")}</p>}
      </div>
    </Dialog>
  );
}
