import type { ComponentType } from "react";
import { label, useT } from "@/i18n";
import { rowsOfValue } from "../../model/settle";
import type { CellProps, FieldType } from "../contract";

/** In a list: how many rows. */
export function Count({ value }: CellProps) {
  const t = useT();
  const count = rowsOfValue(value).length;
  return count > 0 ? <span>{t("forms.rows", { count })}</span> : null;
}

/** On a record: the rows as a table to read. */
export function makeTable(types: Readonly<Record<string, FieldType>>): ComponentType<CellProps> {
  return function Table({ field, value }: CellProps) {
    const t = useT();
    const columns = Object.values(field.fields ?? {});
    const rows = rowsOfValue(value);
    if (rows.length === 0) return <span className="ink2">{t("forms.no-rows")}</span>;
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
                {columns.map((column) => {
                  const Cell = types[column.type]?.Cell;
                  return (
                    <td key={column.key} className={isNumber(column.type) ? "num" : ""}>
                      {Cell && <Cell field={column} value={row.values[column.key] ?? null} />}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  };
}

function isNumber(type: string): boolean {
  return type === "number" || type === "money" || type === "percent";
}
