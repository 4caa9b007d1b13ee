import { Fragment, useState } from "react";
import { useT } from "@/i18n";
import { Icon, useShortcut } from "@/ui";
import type { FormDocument } from "../model/document";
import { countFields } from "../model/commands";
import { pathOf, type Selection } from "../model/selection";
import { ShortcutSheet } from "./Dialogs";
import { formName, trail } from "./Outline";
import type { Design } from "./state";

interface Props {
  document: FormDocument;
  selection: Selection;
  design: Design;
}

/** The path to the selection, each part clickable, and the keys that help here. */
export function StatusBar({ document, selection, design }: Props) {
  const t = useT();
  const [sheetOpen, setSheetOpen] = useState(false);
  useShortcut("?", () => setSheetOpen(true));
  const path = pathOf(document, selection);
  const parts = path ? trail(document, path) : [];
  return (
    <footer className="statusbar">
      <button type="button" className="linklike" onClick={() => design.select({ kind: "form" })}>
        {formName(document)}
      </button>
      {parts.map((part) => (
        <Fragment key={part.path.join(".")}>
          <Icon name="right" size="s" className="dim" />
          <button type="button" className="linklike ell" onClick={() => design.selectPath(part.path)}>
            {part.name}
          </button>
        </Fragment>
      ))}
      <span className="push" />
      <Keys keys={["Alt", "↑", "↓"]} text={t("designer.keys.move")} />
      <Keys keys={["Ctrl", "D"]} text={t("designer.keys.copy")} />
      <Keys keys={["Enter"]} text={t("designer.keys.rename")} />
      <button type="button" className="linklike" onClick={() => setSheetOpen(true)}>
        <span className="kbd">?</span> {t("designer.keys.all")}
      </button>
      <span className="vr" />
      <span>{t("designer.field-count", { count: countFields(document) })}</span>
      <ShortcutSheet open={sheetOpen} onClose={() => setSheetOpen(false)} />
    </footer>
  );
}

function Keys({ keys, text }: { keys: readonly string[]; text: string }) {
  return (
    <span className="keys">
      {keys.map((key) => (
        <span key={key} className="kbd">
          {key}
        </span>
      ))}{" "}
      {text}
    </span>
  );
}
