import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

interface Props {
  title: ReactNode;
  icon?: IconName;
  /** Count or context in grey after the title. */
  note?: ReactNode;
  /** Buttons at the right; one of them filled at most. */
  actions?: ReactNode;
  /** Stands before the icon, e.g. a back button on phones. */
  lead?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A screen: 56 px head with icon, title, count and actions, then the content on paper. */
export function Page({ title, icon, note, actions, lead, children, className }: Props) {
  return (
    <main className={["page", className ?? ""].filter(Boolean).join(" ")} id="main" tabIndex={-1}>
      <header className="phead">
        {lead}
        <h1>
          {icon && <Icon name={icon} size="l" />}
          <span className="ell">{title}</span>
          {note !== undefined && <small>{note}</small>}
        </h1>
        <div className="push row">{actions}</div>
      </header>
      {children}
    </main>
  );
}
