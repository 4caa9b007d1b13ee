import { useBlocker } from "react-router";
import { useT } from "@/i18n";
import { Button, Dialog } from "@/ui";

/** Asks before another screen is opened over unsaved changes; the draft stays either way. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const t = useT();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isDirty(),
  );
  return (
    <Dialog
      open={blocker.state === "blocked"}
      title={t("records.leave.title")}
      more={<Button onClick={() => blocker.reset?.()}>{t("records.leave.stay")}</Button>}
      confirm={{ label: t("records.leave.go"), run: () => blocker.proceed?.() }}
    >
      <p>{t("records.leave.text")}</p>
    </Dialog>
  );
}
