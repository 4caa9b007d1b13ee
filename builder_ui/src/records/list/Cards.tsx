import { Link } from "react-router";
import { type FieldRender, type RecordView } from "@/api";
import { useT } from "@/i18n";
import { Button } from "@/ui";
import { displayValue, isTelling } from "../model/display";
import { isNumeric } from "../model/fields";
import { Cell } from "./Cell";

interface Props {
  form: string;
  columns: readonly FieldRender[];
  records: readonly RecordView[];
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

const FACTS = 3;

/** Phones: two lines per record, its first amount at the right. */
export function Cards({ form, columns, records, hasMore, loadingMore, onMore }: Props) {
  const t = useT();
  const [, ...rest] = columns;
  const amount = rest.find((field) => isNumeric(field.type));
  return (
    <div className="cards">
      <ul>
        {records.map((record) => {
          const facts = columns
            .filter(
              (field) => !isNumeric(field.type) && field.type !== "auto_number" && isTelling(field, record),
            )
            .slice(0, FACTS);
          return (
            <li key={record.id}>
              <Link to={`/forms/${form}/${record.id}`}>
                <b className="ell">{record.title}</b>
                {amount && (
                  <b className="num">{displayValue(amount, record.values[amount.key], record.values)}</b>
                )}
                <span className="facts">
                  {facts.map((field) => (
                    <Cell key={field.key} field={field} values={record.values} />
                  ))}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {hasMore && (
        <Button className="wide" busy={loadingMore} onClick={onMore}>
          {t("records.more")}
        </Button>
      )}
    </div>
  );
}
