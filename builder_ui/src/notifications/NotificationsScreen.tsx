import { useNavigate, useParams } from "react-router";
import { useT } from "@/i18n";
import { Button, Empty, Page, Skeleton, Tabs } from "@/ui";
import { PreferencesForm } from "./PreferencesForm";
import { NotificationList } from "./NotificationList";
import { useMarkRead, useNotifications, useUnread } from "./useNotifications";

const SECTIONS = ["all", "unread", "preferences"] as const;
type Section = (typeof SECTIONS)[number];

function isSection(text: string | undefined): text is Section {
  return SECTIONS.some((one) => one === text);
}

function Told({ unread }: { unread: boolean }) {
  const t = useT();
  const list = useNotifications(unread);
  const mark = useMarkRead();
  const items = list.data?.pages.flatMap((page) => page.items);
  if (!items) return <Skeleton rows={6} height={56} />;
  if (items.length === 0) return <Empty title={t("notifications.none")} />;
  return (
    <>
      <div className="sheet1">
        <NotificationList items={items} onOpen={(one) => !one.read && mark.mutate([one.id])} />
      </div>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("notifications.more")}
        </Button>
      )}
    </>
  );
}

/** Everything a person was told, and how she wants to be told. */
export function Component() {
  const t = useT();
  const navigate = useNavigate();
  const { section } = useParams();
  const shown: Section = isSection(section) ? section : "all";
  const mark = useMarkRead();
  const unread = useUnread();
  const readAll = (
    <Button icon="check" onClick={() => mark.mutate(undefined)} disabled={!unread}>
      {t("notifications.readAll")}
    </Button>
  );
  return (
    <Page title={t("notifications.bell")} icon="bell" actions={shown === "preferences" ? null : readAll}>
      <Tabs
        className="views"
        label={t("notifications.bell")}
        items={SECTIONS.map((key) => ({
          key,
          label: t(`notifications.${key}`),
          count: key === "unread" ? unread : undefined,
        }))}
        value={shown}
        onChange={(key) => void navigate(key === "all" ? "/notifications" : `/notifications/${key}`)}
      />
      <div className="told-page">
        {shown === "preferences" ? <PreferencesForm /> : <Told unread={shown === "unread"} />}
      </div>
    </Page>
  );
}
