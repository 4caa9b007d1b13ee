import type { ReactNode } from "react";

interface Props {
  /** One sentence: what is not here and why. */
  title: string;
  children?: ReactNode;
}

/** An empty place: blocks of a bracket set, one still dashed, waiting to be put in; one sentence; one action. */
export function Empty({ title, children }: Props) {
  return (
    <div className="empty">
      <svg width="132" height="84" viewBox="0 0 132 84" fill="none" stroke="var(--line-strong)" aria-hidden>
        <g strokeWidth="1.5" strokeLinejoin="round">
          <path d="M10 14h112v8H10zM20 22h18l-3 12H23zM57 22h18l-3 12H60zM94 22h18l-3 12H97z" />
          <path d="M18 34h96c0 12-8 18-18 18H36c-10 0-18-6-18-18zM52 52h28l-4 20H56z" />
          <path d="M58 72h16v10H58z" strokeDasharray="3 3" stroke="var(--seal)" />
        </g>
      </svg>
      <p>{title}</p>
      {children}
    </div>
  );
}
