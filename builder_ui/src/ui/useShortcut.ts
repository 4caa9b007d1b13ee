import { useEffect, useEffectEvent } from "react";

/** Typing in a field, or a dialog above the screen, is never a shortcut of the screen below. */
function isBusyElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=menuitem]"))
    return true;
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}

/** A single key without modifiers ("n", "[", "Escape"), while the calling component is on screen. */
export function useShortcut(key: string, run: () => void, enabled = true): void {
  const onRun = useEffectEvent(run);
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key.toLowerCase() || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (event.defaultPrevented || event.isComposing || isBusyElsewhere(event.target)) return;
      event.preventDefault();
      onRun();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [key, enabled]);
}
