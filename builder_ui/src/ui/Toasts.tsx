import { useSyncExternalStore } from "react";
import { useT } from "@/i18n";
import { Icon } from "./Icon";
import { toast } from "./toast";

export function Toasts() {
  const t = useT();
  const entries = useSyncExternalStore(toast.subscribe, toast.current);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {entries.map((entry) => (
        <div key={entry.id} className={`toast ${entry.kind}`}>
          <Icon name={entry.kind === "done" ? "ok" : "warn"} />
          <span>{entry.text}</span>
          {entry.action && (
            <button
              type="button"
              className="act"
              onClick={() => {
                entry.action?.run();
                toast.close(entry.id);
              }}
            >
              {entry.action.label}
            </button>
          )}
          <button
            type="button"
            className="act"
            aria-label={t("ui.close")}
            onClick={() => toast.close(entry.id)}
          >
            <Icon name="close" size="s" />
          </button>
        </div>
      ))}
    </div>
  );
}
