import { Link } from "react-router";
import type { Problem } from "@/api";
import { label, useT } from "@/i18n";
import { Icon } from "@/ui";
import { designerPath } from "./paths";
import {
  blocksOf,
  countsOf,
  isError,
  technical,
  verdictOf,
  type Block,
  type DraftRef,
  type Plan,
  type PlanItem,
} from "./model/plan";

/** The first sentence: everything in numbers. */
export function Counts({ plan }: { plan: Plan }) {
  const t = useT();
  const counts = countsOf(plan);
  const text = counts
    .map(({ key, count }) => t(`publish.count.${key}`, { count }))
    .join(t("publish.count.and"));
  return (
    <p className="sum">
      {counts.length > 0 ? t("publish.count.sentence", { text }) : t("publish.count.nothing")}
    </p>
  );
}

interface Props {
  plan: Plan;
  problems: readonly Problem[];
  drafts: readonly DraftRef[];
}

/** Consequence in the margin, facts at the right, the most dangerous block first. */
export function Ledger({ plan, problems, drafts }: Props) {
  return (
    <>
      {problems.length > 0 && <ProblemBlock problems={problems} drafts={drafts} />}
      {blocksOf(plan).map((block) => (
        <BlockRows key={block.name} block={block} />
      ))}
    </>
  );
}

const ICONS = {
  ok: <Icon name="ok" className="green" />,
  attention: <Icon name="warn" className="amber" />,
  blocking: <Icon name="error" className="red" />,
};

function ProblemBlock({ problems, drafts }: Omit<Props, "plan">) {
  const t = useT();
  const blocking = problems.some(isError);
  return (
    <section className="blk" aria-label={t("publish.block.problems")}>
      <div>
        <h2>
          {blocking ? ICONS.blocking : ICONS.attention}
          {t("publish.block.problems")}
        </h2>
        <p>{t("publish.block.problems.text")}</p>
      </div>
      <table className="tbl">
        <tbody>
          {problems.map((problem, index) => (
            <tr key={index}>
              <td className="wrap">
                {problem.message} {problem.hint && <span className="ink2">{problem.hint}</span>}
              </td>
              <td className="num">
                <ProblemLink problem={problem} drafts={drafts} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A problem names its definition as `params.document`, or stands in the only draft that is chosen. */
function ProblemLink({ problem, drafts }: { problem: Problem; drafts: readonly DraftRef[] }) {
  const t = useT();
  const named = (problem as Problem & { document?: string }).document ?? problem.params?.["document"];
  const target = drafts.find(({ kind, key }) => named === `${kind}/${key}` || named === key) ?? drafts[0];
  if (!target) return null;
  return <Link to={designerPath(target.kind, target.key)}>{t("publish.open")}</Link>;
}

function BlockRows({ block }: { block: Block }) {
  const t = useT();
  return (
    <section className="blk" aria-label={t(`publish.block.${block.name}`)}>
      <div>
        <h2>
          {ICONS[verdictOf(block)]}
          {t(`publish.block.${block.name}`)}
        </h2>
        <p>{t(`publish.block.${block.name}.text`)}</p>
      </div>
      <div>
        <table className="tbl plan-rows">
          <tbody>
            {block.items.map((item, index) => (
              <Row key={index} item={item} />
            ))}
          </tbody>
        </table>
        <Technical items={block.items} />
      </div>
    </section>
  );
}

function Row({ item }: { item: PlanItem }) {
  const t = useT();
  const key = item.field ?? item.form ?? "";
  return (
    <tr>
      <td className="wrap">{item.detail ?? label(item.label, key)}</td>
      <td className="num ink2">
        {item.rows_at_risk ? (
          <span className="soon">{t("publish.rows", { count: item.rows_at_risk })}</span>
        ) : (
          consequence(t, item)
        )}
      </td>
    </tr>
  );
}

/** Names of the machine, folded away: who keeps the database looks for them, nobody else has to. */
function Technical({ items }: { items: readonly PlanItem[] }) {
  const t = useT();
  return (
    <details className="technical">
      <summary>{t("publish.technical")}</summary>
      <ul>
        {items.map((item, index) => (
          <li key={index}>
            <code>{technical(item)}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function consequence(t: ReturnType<typeof useT>, { kind }: PlanItem): string {
  const known = ["add_column", "add_table", "unmap_column", "add_index", "retype_column"];
  return known.includes(kind) ? t(`publish.consequence.${kind}`) : "";
}
