import type { Draft, Problem } from "@/api";
import { formatDateTime, label, t, useT } from "@/i18n";
import { Button, Dialog, Empty, Icon, IconButton } from "@/ui";
import { checksOf } from "../model/checks";
import type { FormDocument } from "../model/document";
import { placeInDocument } from "../model/problems";
import type { DraftStatus } from "./useDraft";

interface ProblemsProps {
  document: FormDocument;
  problems: readonly Problem[];
  onJump: (problem: Problem) => void;
  onClose: () => void;
}

/** Everything the server found wrong; a click goes to the place. */
export function ProblemsDrawer({ document, problems, onJump, onClose }: ProblemsProps) {
  const t = useT();
  return (
    <aside className="problems" aria-label={t("designer.problems")}>
      <header className="row">
        <h2 className="grow">{t("designer.problems")}</h2>
        <IconButton icon="close" label={t("ui.close")} onClick={onClose} />
      </header>
      {problems.length === 0 && <Empty title={t("designer.no-problems")} />}
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>
            <button type="button" onClick={() => onJump(problem)}>
              <Icon
                name={problem.severity === "warning" ? "warn" : "error"}
                className={problem.severity === "warning" ? "amber" : "red"}
              />
              <span>
                <b>{placeName(document, problem)}</b> {problem.message}
                {problem.hint && <small>{problem.hint}</small>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function placeName(document: FormDocument, problem: Problem): string {
  const { field, sub, check } = placeInDocument(problem.at);
  if (check !== undefined)
    return label(checksOf(document)[check]?.message, t("designer.check-number", { number: check + 1 }));
  if (field === undefined) return "";
  const outer = document.fields[field];
  const name = label(outer?.label, field);
  return sub === undefined ? name : `${name} · ${label(outer?.fields?.[sub]?.label, sub)}`;
}

interface ConflictProps {
  keeper: DraftStatus;
  onReload: (theirs: Draft) => void;
}

/** Somebody else saved this draft meanwhile: theirs or ours, nothing is merged behind anyone's back. */
export function ConflictDialog({ keeper, onReload }: ConflictProps) {
  const t = useT();
  const { theirs } = keeper;
  if (!theirs) return null;
  const who = typeof theirs.updated_by === "object" ? theirs.updated_by?.name : theirs.updated_by;
  const when = theirs.updated_at ? formatDateTime(theirs.updated_at) : "";
  return (
    <Dialog
      open
      title={t("designer.conflict.title")}
      more={<Button onClick={() => onReload(theirs)}>{t("designer.conflict.reload")}</Button>}
      confirm={{ label: t("designer.conflict.overwrite"), danger: true, run: keeper.overwrite }}
    >
      <p>{t("designer.conflict.text", { who: who ?? t("designer.somebody"), when })}</p>
    </Dialog>
  );
}

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ["↑ ↓", "designer.keys.select"],
  ["← →", "designer.keys.in-out"],
  ["Alt + ↑ ↓", "designer.keys.move"],
  ["Enter", "designer.keys.rename"],
  ["Ctrl + D", "designer.keys.copy"],
  ["Delete", "designer.keys.delete"],
  ["Ctrl + Z", "designer.undo"],
  ["Ctrl + Y", "designer.redo"],
  ["/", "designer.keys.search"],
  ["Esc", "designer.keys.escape"],
  ["?", "designer.keys.all"],
];

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog open={open} title={t("designer.keys.all")} onClose={onClose}>
      <dl className="shortcuts">
        {SHORTCUTS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              <span className="kbd">{keys}</span>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
