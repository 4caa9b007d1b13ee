import { useT } from "@/i18n";
import { FeelCondition } from "../conditions/FeelCondition";
import { conditionOf, withCondition } from "./model/edits";
import type { Tree } from "./model/tree";
import { useAround } from "./world";

interface Props {
  tree: Tree;
  onChange: (tree: Tree) => void;
}

/** On which records; of a score its lines, which are edited as text. */
export function ConditionCard({ tree, onChange }: Props) {
  const t = useT();
  const { world, words, isAt } = useAround();
  const scheduled = tree.form === null && tree.for_each;
  if (tree.type === "Score" && !scheduled) return <ScoreLines tree={tree} />;
  return (
    <section className="clause" aria-label={t("automations.where")}>
      <h3>{t(scheduled ? "automations.each" : "automations.where")}</h3>
      <div className={scheduled && isAt(scheduled) ? "clause-body at" : "clause-body"}>
        {scheduled && <p className="line">{t("automations.each.of", { form: world.formLabel })}</p>}
        <FeelCondition
          label={t("automations.where")}
          fields={world.compared}
          others={world.fields}
          form={world.form ?? ""}
          value={conditionOf(tree)}
          onChange={(text) => onChange(withCondition(tree, text))}
        />
        {scheduled && tree.type === "Rule" && tree.where && (
          <p className="line">
            {t("automations.where.too")} <code className="snippet">{tree.where}</code>
          </p>
        )}
        {tree.type === "Score" && tree.lines.map((line, at) => <Code key={at} text={words(line)} />)}
      </div>
    </section>
  );
}

function ScoreLines({ tree }: { tree: Extract<Tree, { type: "Score" }> }) {
  const t = useT();
  const { words, isAt } = useAround();
  return (
    <section className="clause" aria-label={t("automations.score")}>
      <h3>{t("automations.score")}</h3>
      <div className="clause-body">
        {tree.lines.map((line, at) => (
          <div key={at} className={isAt(line) ? "line at" : "line"}>
            <Code text={words(line)} />
          </div>
        ))}
        <p className="hint">{t("automations.as-text")}</p>
      </div>
    </section>
  );
}

function Code({ text }: { text: string }) {
  return <code className="snippet">{text}</code>;
}
