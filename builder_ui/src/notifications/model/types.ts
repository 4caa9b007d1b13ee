export const KINDS = ["task", "outcome", "message", "escalation"] as const;
export type Kind = (typeof KINDS)[number];

export interface Notification {
  id: number;
  kind: Kind;
  title: string;
  body: string;
  link: string;
  created_at: string;
  read: boolean;
}

export interface NotificationPage {
  items: Notification[];
  next: string | null;
  unread: number;
}

/** `mail`: null leaves it to who sends. */
export interface Choice {
  muted: boolean;
  mail: boolean | null;
}

export interface Preferences {
  kinds: Record<Kind, Choice>;
  quiet: { starts: string; ends: string } | null;
}

/** The server counts no further than this. */
export const COUNTED = 100;

/** The number on the bell. */
export function countText(unread: number): string {
  return unread >= COUNTED ? `${COUNTED - 1}+` : String(unread);
}

/** The router's own path of a link; nothing for one that leads nowhere or out of the application. */
export function pathOf(link: string): string | undefined {
  return link.startsWith("/app/") ? link.slice("/app".length) : undefined;
}
