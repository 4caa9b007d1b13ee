import { useState } from "react";

/** A small choice kept in this browser; without storage it lasts for the page. */
export const stored = {
  read<T>(key: string, otherwise: T): T {
    try {
      const text = localStorage.getItem(key);
      return text === null ? otherwise : (JSON.parse(text) as T);
    } catch {
      // Blocked storage or a value of an older version: start from the default.
      return otherwise;
    }
  },
  /** False when the browser refuses (blocked or full). */
  write(key: string, value: unknown): boolean {
    try {
      if (value === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};

export function useStored<T>(key: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => stored.read(key, otherwise));
  const change = (next: T) => {
    setValue(next);
    stored.write(key, next);
  };
  return [value, change];
}
