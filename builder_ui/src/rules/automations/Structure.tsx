import { useParams } from "react-router";
import { useT } from "@/i18n";
import { Button, Empty, Skeleton } from "@/ui";
import { ActionsCard } from "./ActionsCard";
import { ConditionCard } from "./ConditionCard";
import { Choice, NumberBox, TextBox } from "./inputs";
import { actionsOf, withActions } from "./model/edits";
import type { RuleState } from "./model/state";
import type { Tree } from "./model/tree";
import { TestsCard } from "./TestsCard";
import { TriggerCard } from "./TriggerCard";
import { useShownName } from "./useShownName";
import { useAround } from "./world";

interface Props {
  state: RuleState;
  onChange: (tree: Tree) => void;
}

/** The rule as cards in the order of its text. While the text cannot be read they show what it last said. */
export function Structure({ state, onChange }: Props) {
  const t = useT();
  const { tree, trouble, tests } = state;
  if (!tree)
    return (
      <section className="structure" aria-label={t("automations.pane.structure")}>
        {trouble ? <Empty title={t("automations.unread")} /> : <Skeleton rows={6} />}
      </section>
    );
  return (
    <section className="structure" aria-label={t("automations.pane.structure")}>
      <div className={trouble === "text" ? "cards stale" : "cards"} inert={trouble === "text"}>
        <Header tree={tree} onChange={onChange} />
        <TriggerCard tree={tree} onChange={onChange} />
        <ConditionCard tree={tree} onChange={onChange} />
        <ActionsCard tree={tree} branch="do" onChange={onChange} />
        {tree.type === "Rule" && <Otherwise tree={tree} onChange={onChange} />}
        <TestsCard tree={tree} results={tests} />
      </div>
    </section>
  );
}

interface PartProps {
  tree: Tree;
  onChange: (tree: Tree) => void;
}

/** What the rule calls itself, and what readers of this language see instead. */
function Title({ written, onChange }: { written: string; onChange: (name: string) => void }) {
  const t = useT();
  const { key = "" } = useParams();
  const shown = useShownName(key, written);
  return (
    <>
      <TextBox className="input title" label={t("definitions.name")} value={written} onChange={onChange} />
      {shown !== written && <p className="hint">{t("automations.shown-as", { name: shown })}</p>}
    </>
  );
}

function Header({ tree, onChange }: PartProps) {
  const t = useT();
  const { world } = useAround();
  return (
    <header className="rule-head">
      {tree.type === "Rule" ? (
        <Title written={tree.label} onChange={(name) => onChange({ ...tree, label: name })} />
      ) : (
        <h2>{tree.field}</h2>
      )}
      {world.formLabel && <span className="tagt">{t("automations.on", { form: world.formLabel })}</span>}
      <label className="tick">
        {t("automations.priority")}
        <NumberBox
          from={0}
          label={t("automations.priority")}
          value={String(tree.priority ?? 0)}
          onChange={(text) => onChange({ ...tree, priority: Number(text) })}
        />
      </label>
      <label className="tick">
        {t("automations.failure")}
        <Choice
          look="o"
          label={t("automations.failure")}
          value={tree.on_failure ?? "incident"}
          options={(["incident", "refuse"] as const).map((key) => ({
            key,
            label: t(`automations.failure.${key}`),
          }))}
          onChange={(key) => onChange({ ...tree, on_failure: key as "incident" | "refuse" })}
        />
      </label>
    </header>
  );
}

/** What is done where the condition does not hold; nothing for most rules, so it is opened by a button. */
function Otherwise({ tree, onChange }: PartProps) {
  const t = useT();
  const [first] = actionsOf(tree, "do");
  if (actionsOf(tree, "otherwise").length > 0)
    return <ActionsCard tree={tree} branch="otherwise" onChange={onChange} />;
  if (!first || tree.type !== "Rule" || !tree.where) return null;
  const { span: _span, notes: _notes, ...copy } = first;
  return (
    <Button
      size="xs"
      icon="plus"
      className="dashed otherwise"
      onClick={() => onChange(withActions(tree, "otherwise", [copy]))}
    >
      {t("automations.otherwise.add")}
    </Button>
  );
}
