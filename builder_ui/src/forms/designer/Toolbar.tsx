import { useT } from "@/i18n";
import { IconButton } from "@/ui";
import * as actions from "./actions";
import type { Design, Edit } from "./state";

interface Props {
  design: Design;
  apply: (edit: Edit | undefined) => void;
  onRename: () => void;
}

/** Buttons above the selected node. */
export function Toolbar({ design, apply, onRename }: Props) {
  const t = useT();
  const { document, selection } = design;
  const name = actions.selectionName(document, selection);
  return (
    <div className="node-bar" role="toolbar" aria-label={t("designer.toolbar", { name })}>
      <button type="button" className="name" title={t("designer.rename")} onClick={onRename}>
        <span className="ell">{name}</span>
      </button>
      <IconButton
        icon="arrow-up"
        size="sm"
        label={t("designer.move-up")}
        onClick={() => apply(actions.moveBy(document, selection, -1))}
      />
      <IconButton
        icon="arrow-down"
        size="sm"
        label={t("designer.move-down")}
        onClick={() => apply(actions.moveBy(document, selection, 1))}
      />
      {selection.kind === "field" && (
        <IconButton
          icon="copy"
          size="sm"
          label={t("designer.copy")}
          onClick={() => apply(actions.duplicate(document, selection))}
        />
      )}
      <IconButton
        icon="trash"
        size="sm"
        label={t("designer.remove")}
        onClick={() => apply(actions.removeSelected(document, selection))}
      />
    </div>
  );
}
