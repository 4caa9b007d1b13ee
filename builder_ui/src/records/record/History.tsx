import { useInfiniteQuery } from "@tanstack/react-query";
import {
  isEmpty,
  api,
  keys,
  sentenceOf,
  type Change,
  type FieldRender,
  type FormRender,
  type HistoryEntry,
} from "@/api";
import { formatDateTime, formatMoment, label, t as translate, useT } from "@/i18n";
import { Avatar, Button, Icon, Skeleton, type IconName } from "@/ui";

import { allFields } from "../model/fields";
import { StoredValue } from "./StoredValue";

interface Page {
  items: HistoryEntry[];
  next: string | null;
}

const ICONS: Record<string, IconName> = {
  create: "plus",
  update: "edit",
  delete: "trash",
  restore: "undo",
};

function actionText(action: string): string {
  const key = `records.history.${action}`;
  const text = translate(key);
  return text === key ? action : text;
}

function fieldOf(form: FormRender, { subtable, field }: Change): FieldRender | undefined {
  return subtable === undefined ? allFields(form)[field] : form.fields[subtable]?.fields?.[field];
}

function nameOf(form: FormRender, change: Change): string {
  const name = label(change.label ?? fieldOf(form, change)?.label, change.field);
  const table = change.subtable === undefined ? undefined : form.fields[change.subtable];
  return table ? `${label(table.label, table.key)} · ${name}` : name;
}

/** A new record has no old values: only what was entered is shown. */
function Diff({ form, change, fresh }: { form: FormRender; change: Change; fresh: boolean }) {
  const field = fieldOf(form, change);
  return (
    <tr>
      <th scope="row">{nameOf(form, change)}</th>
      {!fresh && (
        <>
          <td>
            {isEmpty(change.old) ? (
              <StoredValue field={field} value={change.old} />
            ) : (
              <del>
                <StoredValue field={field} value={change.old} />
              </del>
            )}
          </td>
          <td aria-hidden>
            <Icon name="arrow-right" size="s" className="dim" />
          </td>
        </>
      )}
      <td>
        <ins>
          <StoredValue field={field} value={change.new} />
        </ins>
      </td>
    </tr>
  );
}

/** A cause is written `kind:id` (import:5af7…, flow:12); people read the kind. */
function causeText(cause: string): string {
  const [kind = cause] = cause.split(":");
  const key = `records.history.cause.${kind}`;
  const text = translate(key);
  return text === key ? cause : text;
}

function Entry({ form, entry }: { form: FormRender; entry: HistoryEntry }) {
  const t = useT();
  const who = entry.actor?.name || t("records.history.system");
  return (
    <li>
      <span className="bead">
        <Icon name={ICONS[entry.action] ?? "history"} size="s" />
      </span>
      <div className="grow">
        <p>
          <Avatar name={who} size="s" /> <b>{who}</b> {actionText(entry.action)}
          {entry.cause && <span className="ink2"> · {causeText(entry.cause)}</span>}
          <time className="push ink2" dateTime={entry.at} title={formatDateTime(entry.at)}>
            {formatMoment(entry.at)}
          </time>
        </p>
        {entry.changes.length > 0 && (
          <table className="diff">
            <tbody>
              {entry.changes.map((change) => (
                <Diff
                  key={`${change.subtable ?? ""}.${change.row ?? ""}.${change.field}`}
                  form={form}
                  change={change}
                  fresh={entry.action === "create"}
                />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </li>
  );
}

/** What happened to a record, newest first: who, when, and each field's old and new value. */
export function History({ form, id }: { form: FormRender; id: number }) {
  const t = useT();
  const query = useInfiniteQuery({
    queryKey: keys.history(form.key, id),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page>(`/forms/${form.key}/records/${id}/history`, { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  if (query.isError) return <p className="notice bad">{sentenceOf(query.error)}</p>;
  if (query.isPending) return <Skeleton rows={5} />;
  return (
    <>
      <ol className="timeline">
        {query.data.pages
          .flatMap((page) => page.items)
          .map((entry) => (
            <Entry key={entry.id} form={form} entry={entry} />
          ))}
      </ol>
      {query.hasNextPage && (
        <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("records.more")}
        </Button>
      )}
    </>
  );
}
