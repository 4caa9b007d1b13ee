export interface Toast {
  id: number;
  text: string;
  kind: "done" | "failed";
  action?: { label: string; run: () => void };
}

const LASTS_MS = 5000;
let next = 1;
let toasts: readonly Toast[] = [];
const listeners = new Set<() => void>();

function replace(list: readonly Toast[]): void {
  toasts = list;
  listeners.forEach((listener) => listener());
}

/** Short-lived messages at the foot of the screen; a failed one stays until closed. */
export const toast = {
  show(text: string, options: { kind?: Toast["kind"]; action?: Toast["action"] } = {}): void {
    const id = next++;
    const entry: Toast = { id, text, kind: options.kind ?? "done" };
    if (options.action) entry.action = options.action;
    replace([...toasts, entry].slice(-3));
    if (entry.kind === "done") setTimeout(() => toast.close(id), LASTS_MS);
  },
  failed(text: string): void {
    toast.show(text, { kind: "failed" });
  },
  close(id: number): void {
    replace(toasts.filter((entry) => entry.id !== id));
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Toast[] => toasts,
};
