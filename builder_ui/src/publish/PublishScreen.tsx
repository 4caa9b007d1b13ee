import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { ApiProblem, sentenceOf, type DefinitionSummary } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Button, Empty, Icon, Skeleton } from "@/ui";
import { Counts, Ledger } from "./Ledger";
import { nameOf, obstacle, refText, type DraftRef, type PublishAnswer } from "./model/plan";
import { BUILDER_PATH, designerPath } from "./paths";
import { Summary } from "./Summary";
import { useDefinitions, usePlan, usePublish } from "./usePlan";
import "./publish.css";

/** The publish page: what is waiting, what it will do, and doing it. A page, because it is read. */
export function Component() {
  const t = useT();
  const [search] = useSearchParams();
  const definitions = useDefinitions();
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [done, setDone] = useState<PublishAnswer | null>(null);
  const all = definitions.data ?? [];
  const waiting = all.filter(({ draft }) => draft);
  const focus = focusOf(search, waiting);
  const picked = chosen ?? initialChoice(search, waiting);
  const refs = waiting
    .filter((draft) => picked.includes(refText(draft)))
    .map(({ kind, key }) => ({ kind, key }));
  const plan = usePlan(refs, done === null);
  const publish = usePublish(setDone);
  const refused = publish.error instanceof ApiProblem ? publish.error : null;
  const answer = plan.data;
  return (
    <main className="page publish" id="main" tabIndex={-1}>
      <TopBar focus={focus} computedAt={plan.dataUpdatedAt} onAgain={() => void plan.refetch()} />
      <div className="work">
        <section className="plan" aria-busy={plan.isFetching}>
          <h1>
            <Title waiting={waiting} refs={refs} done={done} />
          </h1>
          {done ? (
            <Done answer={done} all={all} />
          ) : (
            <>
              {answer && refs.length > 0 && <Counts plan={answer.plan} />}
              {plan.isPending && refs.length > 0 && <Skeleton rows={5} />}
              {plan.error && <p className="notice bad">{sentenceOf(plan.error)}</p>}
              {definitions.data && waiting.length === 0 && <Empty title={t("publish.nothing-waits")} />}
              {answer && refs.length > 0 && (
                <Ledger plan={answer.plan} problems={refused?.problems ?? answer.problems} drafts={refs} />
              )}
            </>
          )}
        </section>
        <Summary
          all={all}
          waiting={waiting}
          picked={picked}
          onPick={(next) => {
            setChosen(next);
            setDone(null);
          }}
          answer={answer}
          blocked={done ? undefined : obstacle(refs.length, answer)}
          failure={publish.error ? sentenceOf(publish.error) : undefined}
          busy={publish.isPending}
          done={done !== null}
          focus={focus}
          onPublish={(note) => publish.mutate({ drafts: refs, note })}
        />
      </div>
    </main>
  );
}

/** The definition that the address names: its versions are shown even when it has no draft. */
function focusOf(search: URLSearchParams, waiting: readonly DefinitionSummary[]): DraftRef | null {
  const [kind, key] = [search.get("kind"), search.get("key")];
  if (kind && key) return { kind, key };
  const [first] = waiting;
  return first ? { kind: first.kind, key: first.key } : null;
}

/** What the address names, and nothing else; without a name everything that waits. */
function initialChoice(search: URLSearchParams, waiting: readonly DefinitionSummary[]): readonly string[] {
  const [kind, key] = [search.get("kind"), search.get("key")];
  const all = waiting.map(refText);
  return kind && key ? all.filter((ref) => ref === refText({ kind, key })) : all;
}

interface TopBarProps {
  focus: DraftRef | null;
  computedAt: number;
  onAgain: () => void;
}

function TopBar({ focus, computedAt, onAgain }: TopBarProps) {
  const t = useT();
  return (
    <header className="topbar">
      <nav className="crumb" aria-label={t("publish.where")}>
        <Link to={BUILDER_PATH}>{t("publish.builder")}</Link>
        <span className="sep" aria-hidden>
          /
        </span>
        <b>{t("publish.title")}</b>
      </nav>
      <span className="push" />
      {computedAt > 0 && (
        <span className="saved">
          {t("publish.computed-at", { time: formatMoment(new Date(computedAt).toISOString()) })}
        </span>
      )}
      <Button look="quiet" icon="refresh" onClick={onAgain}>
        {t("publish.again")}
      </Button>
      {focus && (
        <Link className="btn" to={designerPath(focus.kind, focus.key)}>
          <Icon name="left" />
          {t("publish.back")}
        </Link>
      )}
    </header>
  );
}

interface TitleProps {
  waiting: readonly DefinitionSummary[];
  refs: readonly DraftRef[];
  done: PublishAnswer | null;
}

function Title({ waiting, refs, done }: TitleProps) {
  const t = useT();
  if (done) return t("publish.done");
  const [only, second] = refs;
  const summary = only && waiting.find((draft) => refText(draft) === refText(only));
  if (!summary || second)
    return refs.length > 0 ? t("publish.several", { count: refs.length }) : t("publish.title");
  const name = label(summary.label, summary.key);
  const version = summary.version;
  return version
    ? t("publish.from-version", { name, from: version, to: version + 1 })
    : t("publish.first-version", { name });
}

function Done({ answer, all }: { answer: PublishAnswer; all: readonly DefinitionSummary[] }) {
  const t = useT();
  return (
    <div className="done" role="status">
      <Counts plan={answer.plan} />
      <ul>
        {answer.versions?.map((version) => (
          <li key={refText(version)}>
            <Icon name="ok" className="green" />
            <Link to={designerPath(version.kind, version.key)}>{nameOf(all, version)}</Link> v
            {version.version}
          </li>
        ))}
      </ul>
      <NextSteps answer={answer} all={all} />
      <Link className="btn" to={BUILDER_PATH}>
        {t("publish.to-builder")}
      </Link>
    </div>
  );
}

/** A form that is new can be used by nobody until a role allows it, and found by nobody until it is navigated to. */
function NextSteps({ answer, all }: { answer: PublishAnswer; all: readonly DefinitionSummary[] }) {
  const t = useT();
  const first = answer.versions?.filter(({ kind, version }) => kind === "form" && version === 1) ?? [];
  if (first.length === 0) return null;
  return (
    <section className="next-steps" aria-label={t("publish.next")}>
      <h2>{t("publish.next")}</h2>
      <p>{t("publish.next.role")}</p>
      <Doors kind="role" all={all} />
      <p>{t("publish.next.app")}</p>
      <Doors kind="app" all={all} />
    </section>
  );
}

function Doors({ kind, all }: { kind: string; all: readonly DefinitionSummary[] }) {
  return (
    <div className="doors">
      {all
        .filter((one) => one.kind === kind)
        .map((one) => (
          <Link key={one.key} className="btn sm" to={designerPath(kind, one.key)}>
            {label(one.label, one.key)}
          </Link>
        ))}
    </div>
  );
}
