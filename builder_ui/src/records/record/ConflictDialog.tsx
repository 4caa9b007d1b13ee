import { useState, type ReactNode } from "react";
import type { FieldRender, FormRender, SubRow, Values } from "@/api";
import { label, t as translate, useT } from "@/i18n";
import { Dialog } from "@/ui";
import { addedRows, rowChangesOf, rowsOf, type Clash, type Conflict } from "../model/conflict";
import { displayValue } from "../model/display";
import { allFields } from "../model/fields";
import { StoredValue } from "./StoredValue";

interface Props {
  form: FormRender;
  clash: Clash;
  busy: boolean;
  onResolve: (givenUp: ReadonlySet<string>) => void;
  onClose: () => void;
}

interface Question {
  name: string;
  mine: ReactNode;
  /** What the others did, e.g. "changed by Su Wan". */
  by: string;
  theirs: ReactNode;
}

const NAMING = 2;

/** A row is named by the first things it says. */
function rowName(table: FieldRender, row: SubRow | undefined): string {
  const texts = Object.values(table.fields ?? {}).map((column) =>
    displayValue(column, row?.values[column.key], row?.values),
  );
  return texts.filter(Boolean).slice(0, NAMING).join(" · ");
}

function Cells({ table, values }: { table: FieldRender; values: Values }) {
  return Object.entries(values).map(([key, value]) => (
    <span key={key} className="conflict-cell">
      <span className="ink2">{label(table.fields?.[key]?.label, key)}</span>{" "}
      <StoredValue field={table.fields?.[key]} value={value} />
    </span>
  ));
}

/** What differs between two states of a row, as it is in the second. */
function changedCells(table: FieldRender, before: SubRow | undefined, after: SubRow | undefined): Values {
  const columns = Object.values(table.fields ?? {}).filter(
    ({ key, computed }) =>
      !computed && JSON.stringify(before?.values[key]) !== JSON.stringify(after?.values[key]),
  );
  return Object.fromEntries(columns.map(({ key }) => [key, after?.values[key] ?? null]));
}

function rowQuestion(table: FieldRender, clash: Clash, { by, row }: Conflict): Question {
  const t = translate;
  const rows = rowsOf(clash.base[table.key]);
  const at = rows.findIndex(({ id }) => id === row?.id);
  const now = rowsOf(clash.now[table.key]).find(({ id }) => id === row?.id);
  const update = rowChangesOf(clash.mine[table.key]).update?.find(({ id }) => id === row?.id);
  const name = by ?? t("records.conflict.someone");
  const head = { table: label(table.label, table.key), at: at + 1, row: rowName(table, rows[at] ?? now) };
  const cells = update && <Cells table={table} values={update.values} />;
  return {
    name: t("records.conflict.row", head),
    mine: (
      <>
        {row?.removed && <span>{t("records.conflict.mine.again")}</span>}
        {cells ?? t("records.conflict.mine.removed")}
      </>
    ),
    by: t(row?.removed ? "records.conflict.byRemoved" : "records.conflict.byRow", { name }),
    theirs: row?.removed ? (
      t("records.conflict.theirs.removed")
    ) : (
      <Cells table={table} values={changedCells(table, rows[at], now)} />
    ),
  };
}

function questionOf(form: FormRender, clash: Clash, conflict: Conflict): Question {
  const t = translate;
  const field = allFields(form)[conflict.field];
  if (field && conflict.row) return rowQuestion(field, clash, conflict);
  const name = label(field?.label, conflict.field);
  const by = t("records.conflict.by", { name: conflict.by ?? t("records.conflict.someone") });
  if (field?.type === "subtable") {
    return {
      name: t("records.conflict.order", { table: name }),
      mine: t("records.conflict.order.mine"),
      by: t("records.conflict.byRow", { name: conflict.by ?? t("records.conflict.someone") }),
      theirs: t("records.conflict.order.theirs"),
    };
  }
  return {
    name,
    mine: <StoredValue field={field} value={clash.mine[conflict.field]} />,
    by,
    theirs: <StoredValue field={field} value={conflict.theirs} />,
  };
}

/** The rows that others added to a sub-table in conflict: no question, but good to know. */
function Added({ table, clash }: { table: FieldRender; clash: Clash }) {
  const t = useT();
  const rows = addedRows(table.key, clash);
  if (rows.length === 0) return null;
  return (
    <p className="conflict-added ink2">
      {t("records.conflict.added")} {rows.map((row) => rowName(table, row)).join(t("flows.log.and"))}
    </p>
  );
}

/** Says who changed what meanwhile and lets the person choose: field by field, and row by row in sub-tables. */
export function ConflictDialog({ form, clash, busy, onResolve, onClose }: Props) {
  const t = useT();
  const [givenUp, setGivenUp] = useState<ReadonlySet<string>>(new Set());
  const choose = (key: string, theirs: boolean) => {
    const next = new Set(givenUp);
    if (theirs) next.add(key);
    else next.delete(key);
    setGivenUp(next);
  };
  const tables = Object.values(form.fields).filter(
    ({ key, type }) => type === "subtable" && clash.conflicts.some(({ field }) => field === key),
  );
  return (
    <Dialog
      open
      width={640}
      title={t("records.conflict.title")}
      onClose={onClose}
      confirm={{ label: t("records.save"), run: () => onResolve(givenUp), busy }}
    >
      <p>{t("records.conflict.text")}</p>
      {clash.conflicts.map((conflict) => {
        const { key } = conflict;
        const { name, mine, by, theirs } = questionOf(form, clash, conflict);
        return (
          <fieldset key={key} className="conflict">
            <legend>{name}</legend>
            <label>
              <input
                type="radio"
                name={`conflict-${key}`}
                checked={!givenUp.has(key)}
                onChange={() => choose(key, false)}
              />
              <span>
                <small>{t("records.conflict.mine")}</small>
                {mine}
              </span>
            </label>
            <label>
              <input
                type="radio"
                name={`conflict-${key}`}
                checked={givenUp.has(key)}
                onChange={() => choose(key, true)}
              />
              <span>
                <small>{by}</small>
                {theirs}
              </span>
            </label>
          </fieldset>
        );
      })}
      {tables.map((table) => (
        <Added key={table.key} table={table} clash={clash} />
      ))}
    </Dialog>
  );
}
