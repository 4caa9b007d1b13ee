import { formatMoment, useT } from "@/i18n";
import { Button, Icon } from "@/ui";
import type { DraftKeeper } from "./draft";

/** Offers what was typed and not saved on an earlier visit. */
export function DraftNotice({ draft }: { draft: DraftKeeper }) {
  const t = useT();
  if (!draft.found) return null;
  return (
    <div className="notice warn" role="status">
      <Icon name="history" />
      <span className="grow">{t("records.draft.found", { at: formatMoment(draft.found.at) })}</span>
      <Button size="xs" onClick={draft.restore}>
        {t("records.draft.restore")}
      </Button>
      <Button size="xs" look="quiet" onClick={draft.discard}>
        {t("records.draft.discard")}
      </Button>
    </div>
  );
}
