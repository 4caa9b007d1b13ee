import { useState } from "react";
import { useT } from "@/i18n";
import { Button, IconButton, Menu, type IconName } from "@/ui";
import { ActionBody } from "./ActionBody";
import { actionsOf, withActions, type Branch } from "./model/edits";
import type { Action, ActionType, Tree } from "./model/tree";
import { NewAction, useFirstActions } from "./NewAction";
import { useAround } from "./world";

interface Props {
  tree: Tree;
  branch: Branch;
  onChange: (tree: Tree) => void;
}

const ICONS: Readonly<Record<ActionType, IconName>> = {
  ...{ Set: "edit", Reject: "error", Assign: "role", Create: "plus", Upsert: "form" },
  ...{ Notify: "bell", Update: "relation", Decide: "decision", Call: "link" },
};
const SAVING: readonly ActionType[] = ["Set", "Reject"];
const REACTING: readonly ActionType[] = [
  "Set",
  "Assign",
  "Create",
  "Upsert",
  "Notify",
  "Update",
  "Decide",
  "Call",
];

/** What is done, in this order; numbered, for the order matters. */
export function ActionsCard({ tree, branch, onChange }: Props) {
  const t = useT();
  const { isAt } = useAround();
  const [begun, setBegun] = useState<ActionType | null>(null);
  const first = useFirstActions(tree);
  const actions = actionsOf(tree, branch);
  const write = (next: readonly Action[]) => onChange(withActions(tree, branch, next));
  const add = (action: Action) => {
    setBegun(null);
    write([...actions, action]);
  };
  const saving = tree.triggers?.some(({ type }) => type === "Saving") ?? false;
  return (
    <section className="clause" aria-label={t(`automations.${branch}`)}>
      <h3>{t(`automations.${branch}`)}</h3>
      <ol className="clause-body actions">
        {actions.map((action, at) => (
          <li key={at} className={isAt(action) ? "action at" : "action"}>
            <span className="no">{at + 1}</span>
            <div className="line grow">
              <ActionBody
                action={action}
                onChange={(next) => write(actions.map((one, index) => (index === at ? next : one)))}
              />
            </div>
            <Tools actions={actions} at={at} onChange={write} />
          </li>
        ))}
        {begun && <NewAction kind={begun} onReady={add} onCancel={() => setBegun(null)} />}
        <li>
          <Menu
            label={t("automations.action.add")}
            placement="bottomLeft"
            trigger={
              <Button size="xs" icon="plus" className="dashed">
                {t("automations.action.add")}
              </Button>
            }
            items={(saving ? SAVING : REACTING).map((kind) => ({
              key: kind,
              icon: ICONS[kind],
              label: t(`automations.action.${kind}`),
              run: () => {
                const action = first(kind);
                if (action) add(action);
                else setBegun(kind);
              },
            }))}
          />
        </li>
      </ol>
    </section>
  );
}

interface ToolsProps {
  actions: readonly Action[];
  at: number;
  onChange: (actions: readonly Action[]) => void;
}

function Tools({ actions, at, onChange }: ToolsProps) {
  const t = useT();
  const swapped = (other: number) => {
    const next = [...actions];
    [next[at], next[other]] = [actions[other]!, actions[at]!];
    return next;
  };
  return (
    <span className="tools">
      <IconButton
        icon="arrow-up"
        size="xs"
        label={t("automations.action.up", { number: at + 1 })}
        disabled={at === 0}
        onClick={() => onChange(swapped(at - 1))}
      />
      <IconButton
        icon="arrow-down"
        size="xs"
        label={t("automations.action.down", { number: at + 1 })}
        disabled={at === actions.length - 1}
        onClick={() => onChange(swapped(at + 1))}
      />
      <IconButton
        icon="trash"
        size="xs"
        label={t("automations.action.remove", { number: at + 1 })}
        onClick={() => onChange(actions.toSpliced(at, 1))}
      />
    </span>
  );
}
