import { useContext, useLayoutEffect, useRef, type ComponentType } from "react";
import type { FieldRender, Value, Values } from "@/api";
import { label, useT } from "@/i18n";
import { Button, IconButton, useViewport } from "@/ui";
import { initialState, rowsOfValue, type EditRow, type FieldState } from "../../model/settle";
import type { FieldType, InputProps } from "../contract";
import { FormScopeContext, TableScopeContext, useFormScope } from "../scope";

type RowTypes = Readonly<Record<string, FieldType>>;

/** The input of a sub-table over the types its columns may have: a grid on wide screens, cards on phones. */
export function makeInput(types: RowTypes): ComponentType<InputProps> {
  return function Input(props: InputProps) {
    const phone = useViewport() === "phone";
    const parts = { ...props, ...useRows(props), types };
    return phone ? <Cards {...parts} /> : <Grid {...parts} />;
  };
}

interface Rows {
  readonly rows: readonly EditRow[];
  readonly change: (rows: readonly EditRow[]) => void;
  /** Sets cells of one row as it is then: what a picked record fills in comes later than the pick. */
  readonly assign: (key: string, values: Values) => void;
}

function useRows({ value, onChange }: InputProps): Rows {
  const rows = rowsOfValue(value);
  const latest = useRef(rows);
  useLayoutEffect(() => {
    latest.current = rows;
  }, [rows]);
  const change = (next: readonly EditRow[]) => {
    latest.current = next;
    onChange(next as unknown as Value);
  };
  const assign = (key: string, values: Values) =>
    change(
      latest.current.map((row) => (row.key === key ? { ...row, values: { ...row.values, ...values } } : row)),
    );
  return { rows, change, assign };
}

interface Parts extends InputProps, Rows {
  types: RowTypes;
}

function columnsOf(field: FieldRender): readonly FieldRender[] {
  return Object.values(field.fields ?? {});
}

function isNumber({ type }: FieldRender): boolean {
  return type === "number" || type === "money" || type === "percent";
}

function Grid(props: Parts) {
  const t = useT();
  const columns = columnsOf(props.field);
  return (
    <div
      className="sub"
      id={props.id}
      role="group"
      tabIndex={-1}
      aria-label={label(props.field.label)}
      aria-describedby={props.describedBy}
    >
      <div className="sub-scroll">
        <table className="table compact pad">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={isNumber(column) ? "num" : ""}>
                  <ColumnHead column={column} />
                </th>
              ))}
              {!props.disabled && (
                <th className="tools">
                  <span className="sr">{t("forms.row-tools")}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, index) => (
              <tr key={row.key}>
                {columns.map((column) => (
                  <td key={column.key} className={`t-${column.type}`}>
                    <Cell {...props} row={row} index={index} column={column} inGrid />
                  </td>
                ))}
                {!props.disabled && (
                  <td className="tools">
                    <RemoveRow {...props} index={index} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {props.rows.length === 0 && <p className="sub-none">{t("forms.no-rows")}</p>}
      <AddRow {...props} />
    </div>
  );
}

function ColumnHead({ column }: { column: FieldRender }) {
  const name = label(column.label, column.key);
  return (
    <>
      <span className={column.required === true ? "req" : ""}>{name}</span>
      {column.formula && <span className="fxm">fx</span>}
    </>
  );
}

function Cards(props: Parts) {
  const t = useT();
  return (
    <div
      className="cards"
      id={props.id}
      role="group"
      tabIndex={-1}
      aria-label={label(props.field.label)}
      aria-describedby={props.describedBy}
    >
      {props.rows.map((row, index) => (
        <section key={row.key} className="card" aria-label={t("forms.row", { number: index + 1 })}>
          <header className="row">
            <b className="grow">{t("forms.row", { number: index + 1 })}</b>
            {!props.disabled && <RemoveRow {...props} index={index} />}
          </header>
          {columnsOf(props.field).map((column) => (
            <Cell key={column.key} {...props} row={row} index={index} column={column} />
          ))}
        </section>
      ))}
      {props.rows.length === 0 && <p className="sub-none">{t("forms.no-rows")}</p>}
      <AddRow {...props} />
    </div>
  );
}

function AddRow({ disabled, rows, change }: Parts) {
  const t = useT();
  const { newRow } = useContext(TableScopeContext);
  if (disabled) return null;
  return (
    <Button look="quiet" size="sm" icon="plus" onClick={() => change([...rows, newRow()])}>
      {t("forms.add-row")}
    </Button>
  );
}

function RemoveRow({ rows, change, index }: Parts & { index: number }) {
  const t = useT();
  return (
    <IconButton
      icon="trash"
      size="sm"
      label={t("forms.remove-row", { number: index + 1 })}
      onClick={() => change(rows.toSpliced(index, 1))}
    />
  );
}

interface CellProps extends Parts {
  row: EditRow;
  index: number;
  column: FieldRender;
  inGrid?: boolean;
}

function Cell({ types, assign, disabled, field, id, row, index, column, inGrid = false }: CellProps) {
  const t = useT();
  const outer = useFormScope();
  const table = useContext(TableScopeContext);
  const type = types[column.type];
  const state: FieldState = table.states[index]?.[column.key] ?? initialState(column);
  if (!type || !state.visible) return null;
  const assignHere = (values: Values) => assign(row.key, values);
  const error = table.error(index, column.key);
  const cellId = `${id}-${index}-${column.key}`;
  const name = t("forms.cell", { column: label(column.label, column.key), number: index + 1 });
  const input = (
    <FormScopeContext value={{ ...outer, table: field.key, values: row.values, assign: assignHere }}>
      <type.Input
        field={column}
        id={cellId}
        value={row.values[column.key] ?? null}
        onChange={(value) => assignHere({ [column.key]: value })}
        disabled={disabled || state.readonly}
        required={state.required}
        invalid={error !== undefined}
        describedBy={error === undefined ? undefined : `${cellId}-error`}
        {...(inGrid ? { name } : {})}
      />
    </FormScopeContext>
  );
  return (
    <div className={inGrid ? "cell" : "fld"}>
      {!inGrid && (
        <label id={`${cellId}-label`} htmlFor={cellId} className={state.required ? "req" : ""}>
          {label(column.label, column.key)}
        </label>
      )}
      {input}
      {error !== undefined && (
        <span className="err" id={`${cellId}-error`}>
          {error}
        </span>
      )}
    </div>
  );
}
