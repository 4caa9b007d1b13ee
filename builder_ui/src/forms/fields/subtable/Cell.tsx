import type { ComponentType } from "react";
import { isEmpty, type FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { useViewport } from "@/ui";
import { rowsOfValue, type EditRow } from "../../model/settle";
import type { CellProps, FieldType } from "../contract";

/** In a list: how many rows. */
export function Count({ value }: CellProps) {
  const t = useT();
  const count = rowsOfValue(value).length;
  return count > 0 ? <span>{t("forms.rows", { count })}</span> : null;
}

type RowTypes = Readonly<Record<string, FieldType>>;

interface Read {
  types: RowTypes;
  columns: readonly FieldRender[];
  rows: readonly EditRow[];
}

/** On a record: the rows to read, a table on wide screens, two lines each on phones. */
export function makeTable(types: RowTypes): ComponentType<CellProps> {
  return function Rows({ field, value }: CellProps) {
    const t = useT();
    const phone = useViewport() === "phone";
    const read = { types, columns: Object.values(field.fields ?? {}), rows: rowsOfValue(value) };
    if (read.rows.length === 0) return <span className="ink2">{t("forms.no-rows")}</span>;
    return phone ? <Lines {...read} /> : <Table {...read} />;
  };
}

function Shown({ types, column, row }: { types: RowTypes; column: FieldRender; row: EditRow }) {
  const Cell = types[column.type]?.Cell;
  return Cell ? <Cell field={column} value={row.values[column.key] ?? null} /> : null;
}

/** What the row is about and its last figure, the sum as a rule; below, the rest by name. */
function Lines({ types, columns, rows }: Read) {
  const [first, ...others] = columns;
  const sum = others.findLast((column) => isNumber(column.type));
  return (
    <ul className="sub-lines">
      {rows.map((row, index) => (
        <li key={row.id ?? index}>
          <b>{first && <Shown types={types} column={first} row={row} />}</b>
          <b className="num">{sum && <Shown types={types} column={sum} row={row} />}</b>
          <span className="ink2">
            {others
              .filter((column) => column !== sum && !isEmpty(row.values[column.key]))
              .map((column) => (
                <span key={column.key}>
                  {label(column.label, column.key)} <Shown types={types} column={column} row={row} />
                </span>
              ))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Table({ types, columns, rows }: Read) {
  return (
    <div className="sub sub-scroll">
      <table className="table compact pad">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={isNumber(column.type) ? "num" : ""}>
                {label(column.label, column.key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.id ?? index}>
              {columns.map((column) => (
                <td key={column.key} className={isNumber(column.type) ? "num" : ""}>
                  <Shown types={types} column={column} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isNumber(type: string): boolean {
  return type === "number" || type === "money" || type === "percent";
}
