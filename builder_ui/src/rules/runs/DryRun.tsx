import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, sentenceOf } from "@/api";
import { useT } from "@/i18n";
import { Button, Icon, IconButton, Segmented, Skeleton } from "@/ui";
import { VerdictIcon } from "./ConditionTree";
import { countsOf, differs, seen, shownWith, type Filter } from "./model/dry";
import { cellText, columnsOf, partIn, said, verdictOf } from "./model/parts";
import { toneOfReason, type DryRun as Tried, type Foreseen } from "./model/run";
import { Answer } from "./WhyNot";
import "./runs.css";

interface Props {
  rule: string;
  /** The draft as it stands. */
  text: string;
  formLabel: string;
  /** Version in force, to which the draft is compared. */
  version: number | undefined;
  /** The draft has errors, or is not read yet. */
  blocked: boolean;
}

const LIMITS = ["20", "100", "200"] as const;

/** The draft over the last records, without effect: how many it would change, and how, row by row. */
export default function DryRun({ rule, text, formLabel, version, blocked }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [limit, setLimit] = useState<(typeof LIMITS)[number]>("100");
  const run = useMutation({
    mutationFn: (asked: { text: string; limit: string }) =>
      api.post<Tried>(`/rules/${rule}/dry-run`, { text: asked.text, limit: Number(asked.limit) }),
  });
  const start = (count: string = limit) => {
    setOpen(true);
    run.mutate({ text, limit: count });
  };
  const stale = run.variables !== undefined && run.variables.text !== text;
  return (
    <section className={open ? "dry-run open" : "dry-run"} aria-label={t("runs.dry")}>
      <header className="row">
        <h2>{t("runs.dry")}</h2>
        <span className="ink2 ell about">{t("runs.dry.about", { form: formLabel })}</span>
        <span className="push" />
        {open && (
          <Segmented
            className="sm"
            label={t("runs.dry.limit")}
            items={LIMITS.map((key) => ({ key, label: t("runs.dry.last", { count: Number(key) }) }))}
            value={limit}
            onChange={(next) => {
              setLimit(next);
              if (!blocked) start(next);
            }}
          />
        )}
        <Button
          size="sm"
          icon={run.data ? "refresh" : "play"}
          disabled={blocked}
          busy={run.isPending}
          onClick={() => start()}
        >
          {t(run.data ? "runs.dry.again" : "runs.dry.start")}
        </Button>
        {open && <IconButton icon="down" size="sm" label={t("ui.close")} onClick={() => setOpen(false)} />}
      </header>
      {open && (
        <div className="dry-body" aria-live="polite">
          {blocked && <p className="notice">{t("runs.dry.blocked")}</p>}
          {stale && !run.isPending && !blocked && <p className="notice">{t("runs.dry.stale")}</p>}
          {run.error && <p className="notice bad">{sentenceOf(run.error)}</p>}
          {run.isPending && <Skeleton rows={4} />}
          {run.data && !run.isPending && <Results tried={run.data} version={version} />}
        </div>
      )}
    </section>
  );
}

function Results({ tried, version }: { tried: Tried; version: number | undefined }) {
  const t = useT();
  const [filter, setFilter] = useState<Filter>(() => (countsOf(tried).fires > 0 ? "fires" : "all"));
  const [chosen, setChosen] = useState<number | null>(null);
  const counts = countsOf(tried);
  if (tried.items.length === 0) return <p className="notice">{t("runs.dry.no-records")}</p>;
  return (
    <>
      <p className="dry-total">
        <b>{t("runs.dry.total", { count: counts.fires, all: tried.items.length })}</b>
        {counts.otherwise > 0 && (
          <span className="badge else">{t("runs.dry.otherwise", { count: counts.otherwise })}</span>
        )}
        {counts.failed > 0 && (
          <span className="badge bad">{t("runs.dry.failed", { count: counts.failed })}</span>
        )}
        {tried.before && version !== undefined && (
          <span className="ink2">
            {counts.more + counts.less === 0
              ? t("runs.dry.same", { version })
              : t("runs.dry.differs", { version, more: counts.more, less: counts.less })}
          </span>
        )}
      </p>
      <Strip items={tried.items} chosen={chosen} onChoose={setChosen} />
      <Segmented
        className="sm"
        label={t("runs.filter")}
        items={seen(tried).map((key) => ({ key, label: t(`runs.dry.show.${key}`) }))}
        value={filter}
        onChange={setFilter}
      />
      <Rows
        items={tried.items}
        form={tried.form}
        shown={shownWith(tried.items, filter, chosen)}
        chosen={chosen}
        onChoose={(record) => setChosen(record === chosen ? null : record)}
      />
    </>
  );
}

interface StripProps {
  items: readonly Foreseen[];
  chosen: number | null;
  onChoose: (record: number) => void;
}

/** A square for each record, the newest first: how often the rule acts, at a glance. */
function Strip({ items, chosen, onChoose }: StripProps) {
  const t = useT();
  return (
    <div className="strip" role="group" aria-label={t("runs.dry.strip")}>
      {items.map((one) => (
        <button
          key={one.record}
          type="button"
          className={toneOfReason(one.reason)}
          aria-pressed={one.record === chosen}
          title={`${one.title} · ${t(`runs.result.${one.reason}`)}`}
          aria-label={`${one.title} · ${t(`runs.result.${one.reason}`)}`}
          onClick={() => onChoose(one.record)}
        />
      ))}
    </div>
  );
}

interface RowsProps {
  items: readonly Foreseen[];
  shown: readonly Foreseen[];
  form: string;
  chosen: number | null;
  onChoose: (record: number) => void;
}

function Rows({ items, shown, form, chosen, onChoose }: RowsProps) {
  const t = useT();
  const columns = columnsOf(items);
  if (shown.length === 0) return <p className="ink2">{t("runs.dry.none")}</p>;
  return (
    <div className="dry-scroll">
      <table className="table compact pad" aria-label={t("runs.dry.rows")}>
        <thead>
          <tr>
            <th scope="col">{t("runs.dry.record")}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="dry-operand">
                <code>{said(column)}</code>
              </th>
            ))}
            <th scope="col">{t("runs.dry.result")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row
              key={one.record}
              one={one}
              form={form}
              columns={columns}
              open={one.record === chosen}
              onOpen={() => onChoose(one.record)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  one: Foreseen;
  form: string;
  columns: readonly string[];
  open: boolean;
  onOpen: () => void;
}

function Row({ one, form, columns, open, onOpen }: RowProps) {
  const t = useT();
  return (
    <>
      <tr className={open ? "on" : ""}>
        <td>
          <button type="button" className="dry-open" aria-expanded={open} onClick={onOpen}>
            <Icon name={open ? "up" : "down"} size="s" className="dim" />
            <span className="ell">{one.title || `#${one.record}`}</span>
          </button>
        </td>
        {columns.map((column) => (
          <td key={column} className="dry-operand">
            <Cell one={one} column={column} />
          </td>
        ))}
        <td>
          <span className={`badge ${toneOfReason(one.reason)}`}>{resultOf(t, one)}</span>
          {differs(one) && (
            <span className="tagt warn">{t(one.reason === "fires" ? "runs.dry.new" : "runs.dry.gone")}</span>
          )}
        </td>
      </tr>
      {open && (
        <tr className="opened">
          <td colSpan={columns.length + 2}>
            <Answer found={one} />
            <Link to={`/forms/${form}/${one.record}`} className="lk">
              {t("runs.record.open", { title: one.title })}
            </Link>
          </td>
        </tr>
      )}
    </>
  );
}

function Cell({ one, column }: { one: Foreseen; column: string }) {
  const t = useT();
  const part = partIn(one.condition, column);
  if (!part) return null;
  const verdict = verdictOf(part);
  return (
    <span className="cell">
      <VerdictIcon verdict={verdict} />
      <span className={verdict === "skipped" ? "dim" : ""}>
        {verdict === "skipped" ? t("runs.part.not-needed") : cellText(part)}
      </span>
    </span>
  );
}

/** What would be done, else why not, in a few words. */
function resultOf(t: ReturnType<typeof useT>, { reason, actions, problems }: Foreseen): string {
  const done = actions.flatMap(({ words }) => words.map(({ text }) => text)).join(" · ");
  if (reason === "otherwise" && done) return t("runs.dry.else", { done });
  if (reason === "fires" && done) return done;
  if (reason === "failed" && problems[0]) return problems[0].message;
  return t(`runs.result.${reason}`);
}
