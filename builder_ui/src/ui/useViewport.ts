import { useCallback, useMemo, useSyncExternalStore } from "react";

/** phone < 720 px ≤ narrow < 1200 px ≤ wide: the widths at which the frame changes. */
export type Viewport = "phone" | "narrow" | "wide";

const phone = matchMedia("(max-width: 719.98px)");
const wide = matchMedia("(min-width: 1200px)");

function subscribe(listener: () => void): () => void {
  phone.addEventListener("change", listener);
  wide.addEventListener("change", listener);
  return () => {
    phone.removeEventListener("change", listener);
    wide.removeEventListener("change", listener);
  };
}

function read(): Viewport {
  if (phone.matches) return "phone";
  return wide.matches ? "wide" : "narrow";
}

export function useViewport(): Viewport {
  return useSyncExternalStore(subscribe, read);
}

/** Whether a media query holds, e.g. "(min-width: 1280px)". */
export function useMedia(query: string): boolean {
  const list = useMemo(() => matchMedia(query), [query]);
  const watch = useCallback(
    (listener: () => void) => {
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [list],
  );
  return useSyncExternalStore(watch, () => list.matches);
}
