import { Link } from "react-router";
import { formatDistance, useT } from "@/i18n";
import { Icon, type IconName } from "@/ui";
import { pathOf, type Kind, type Notification } from "./model/types";
import "./notifications.css";

const ICONS: Record<Kind, IconName> = {
  task: "inbox",
  outcome: "check",
  message: "bell",
  escalation: "clock",
};

/** One line per notification; a click marks it read and opens what it is about. */
export function NotificationList({
  items,
  onOpen,
}: {
  items: readonly Notification[];
  onOpen: (one: Notification) => void;
}) {
  const t = useT();
  return (
    <ul className="told">
      {items.map((one) => {
        const path = pathOf(one.link);
        const content = (
          <>
            <Icon name={ICONS[one.kind]} />
            <span className="grow">
              <b>{one.title}</b>
              {one.body && <small>{one.body}</small>}
              <small className="ink2">{formatDistance(one.created_at)}</small>
            </span>
            {!one.read && <span className="dot" role="img" aria-label={t("notifications.new")} />}
          </>
        );
        return (
          <li key={one.id} className={one.read ? "" : "new"}>
            {path ? (
              <Link to={path} onClick={() => onOpen(one)}>
                {content}
              </Link>
            ) : (
              <button type="button" onClick={() => onOpen(one)}>
                {content}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
