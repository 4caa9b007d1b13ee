/** A request answered 401 waits here until the person has signed in again; nothing on screen is lost. */
let waiting: { promise: Promise<void>; resume: () => void } | null = null;
const listeners = new Set<() => void>();

function tell(): void {
  listeners.forEach((listener) => listener());
}

export const session = {
  expired(): Promise<void> {
    if (!waiting) {
      let resume: () => void = () => undefined;
      const promise = new Promise<void>((resolve) => {
        resume = resolve;
      });
      waiting = { promise, resume };
      tell();
    }
    return waiting.promise;
  },
  /** Called after a successful sign-in: every waiting request is sent again. */
  resume(): void {
    waiting?.resume();
    waiting = null;
    tell();
  },
  isExpired: (): boolean => waiting !== null,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
