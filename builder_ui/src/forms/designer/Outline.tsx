import { useState, type KeyboardEvent } from "react";
import { label, useT } from "@/i18n";
import { Icon, type IconName } from "@/ui";
import { specOf } from "../fields/specs";
import type { FormDocument } from "../model/document";
import { nodeAt, readLayout, samePath, walk, type LayoutNode, type Path } from "../model/layout";
import { nodeName } from "./actions";

export interface OutlineProps {
  document: FormDocument;
  selected: Path | undefined;
  onSelect: (path: Path) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  problemsAt: (path: Path) => number;
}

function iconOf(document: FormDocument, node: LayoutNode): IconName {
  if (node.kind === "field") return specOf(document.fields[node.field]?.type ?? "")?.icon ?? "user";
  return ({ group: "section", tab: "tabs", tabs: "tabs", text: "note" } as const)[node.kind];
}

/** The form as a tree of names: the same nodes as on the canvas, closed tabs included. */
export function Outline({ document, selected, onSelect, onKeyDown, problemsAt }: OutlineProps) {
  const t = useT();
  const [text, setText] = useState("");
  const typed = text.trim().toLowerCase();
  const rows = walk(readLayout(document)).filter(({ node }) => {
    const name = nodeName(document, node).toLowerCase();
    return !typed || name.includes(typed) || (node.kind === "field" && node.field.includes(typed));
  });
  return (
    <>
      <div className="search pal-search">
        <Icon name="search" />
        <input
          className="input sm"
          type="search"
          aria-label={t("designer.outline-search")}
          placeholder={t("designer.outline-search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <div
        className="outline"
        role="tree"
        tabIndex={-1}
        aria-label={t("designer.outline")}
        onKeyDown={onKeyDown}
      >
        {rows.map(({ node, path }, index) => {
          const on = selected !== undefined && samePath(selected, path);
          const problems = problemsAt(path);
          return (
            <div
              key={path.join(".")}
              role="treeitem"
              aria-level={path.length}
              aria-selected={on}
              tabIndex={on || (selected === undefined && index === 0) ? 0 : -1}
              className={on ? "line on" : "line"}
              style={{ paddingLeft: 8 + (path.length - 1) * 16 }}
              onClick={() => onSelect(path)}
              onKeyDown={() => undefined}
            >
              <Icon name={iconOf(document, node)} />
              <span className="ell grow">{nodeName(document, node)}</span>
              {problems > 0 && <span className="n bad">{problems}</span>}
            </div>
          );
        })}
      </div>
    </>
  );
}

/** The names from the form down to the node, for the status bar. */
export function trail(document: FormDocument, path: Path): { path: Path; name: string }[] {
  const layout = readLayout(document);
  return path.map((_, depth) => {
    const part = path.slice(0, depth + 1);
    return { path: part, name: nodeName(document, nodeAt(layout, part)) };
  });
}

export function formName(document: FormDocument): string {
  return label(document.label, document.key);
}
