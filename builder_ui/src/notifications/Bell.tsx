import { Link } from "react-router";
import { useT } from "@/i18n";
import { Button, Icon, Popup } from "@/ui";
import { countText, type Notification } from "./model/types";
import { NotificationList } from "./NotificationList";
import { useMarkRead, useRecent } from "./useNotifications";

/** The bell with the number of what is new; opens the newest. */
export function Bell() {
  const t = useT();
  const { data } = useRecent();
  const mark = useMarkRead();
  const unread = data?.unread ?? 0;
  const name =
    unread > 0 ? t("notifications.bell.new", { count: countText(unread) }) : t("notifications.bell");
  const open = (one: Notification) => {
    if (!one.read) mark.mutate([one.id]);
  };
  return (
    <Popup
      placement="bottomRight"
      trigger={
        <button type="button" className="bell" title={name} aria-label={name}>
          <Icon name="bell" />
          {unread > 0 && <span className="n seal">{countText(unread)}</span>}
        </button>
      }
    >
      {(close) => (
        <section className="told-panel" aria-label={t("notifications.bell")}>
          <header>
            <b className="grow">{t("notifications.bell")}</b>
            {unread > 0 && (
              <Button look="link" size="sm" onClick={() => mark.mutate(undefined)}>
                {t("notifications.readAll")}
              </Button>
            )}
          </header>
          {data?.items.length ? (
            <NotificationList
              items={data.items}
              onOpen={(one) => {
                close();
                open(one);
              }}
            />
          ) : (
            <p className="quiet">{t("notifications.none")}</p>
          )}
          <footer>
            <Link to="/notifications" onClick={close}>
              {t("notifications.all")}
            </Link>
            <Link to="/notifications/preferences" onClick={close}>
              {t("notifications.preferences")}
            </Link>
          </footer>
        </section>
      )}
    </Popup>
  );
}
