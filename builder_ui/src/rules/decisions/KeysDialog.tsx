import { useT } from "@/i18n";
import { Dialog } from "@/ui";

const KEYS = [
  ...[
    ["↑ ↓ ← →", "move"],
    ["Shift + ↑ ↓ ← →", "extend"],
    ["Enter / F2", "edit"],
    ["Tab", "next"],
  ],
  ...[
    ["Esc", "cancel"],
    ["Delete", "clear"],
    ["Ctrl + C / X / V", "clipboard"],
    ["Ctrl + Z / Y", "undo"],
  ],
  ...[
    ["Ctrl + Enter", "insert"],
    ["Ctrl + D", "copy"],
    ["Ctrl + Backspace", "delete"],
  ],
  ...[
    ["Alt + ↑ ↓", "row"],
    ["Alt + ← →", "column"],
    ["Ctrl + A", "all"],
  ],
] as const;

/** Every key of the grid. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open title={t("decisions.keys")} onClose={onClose}>
      <dl className="decision-keys">
        {KEYS.map(([keys, name]) => (
          <div key={name}>
            <dt>
              <span className="kbd">{keys}</span>
            </dt>
            <dd>{t(`decisions.keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
