import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import type { FieldRender, RecordView } from "@/api";
import { currencySymbol, formatNumber, label, useT } from "@/i18n";
import { Button, Icon } from "@/ui";
import { fixedCurrency } from "../model/currency";
import { columnWidth, isNumeric } from "../model/fields";
import { toggled, type SortKey } from "../model/listState";
import { Cell } from "./Cell";

interface Props {
  title: string;
  columns: readonly FieldRender[];
  /** The field that names a record. */
  naming: string | undefined;
  /** Widths that the view sets, in px by field. */
  widths?: Readonly<Record<string, number>> | undefined;
  records: readonly RecordView[];
  total: number | undefined;
  sort: readonly SortKey[];
  onSort: (sort: SortKey[]) => void;
  /** Record shown beside the list. */
  current: number | null;
  onPeek: (record: RecordView) => void;
  onOpen: (record: RecordView) => void;
  hasMore: boolean;
  loadingMore: boolean;
  onMore: () => void;
}

const ROW = 38;
/** Rows from the end at which the next page is fetched. */
const AHEAD = 20;

/** The unit stands once, in the head of the column; the cells hold figures only. */
function unitOf(field: FieldRender): string {
  const currency = field.type === "money" ? fixedCurrency(field) : null;
  return currency ? currencySymbol(currency) : "";
}

function Head({
  columns,
  sort,
  onSort,
  template,
}: Pick<Props, "columns" | "sort" | "onSort"> & { template: string }) {
  return (
    <div role="row" className="grow-head" style={{ gridTemplateColumns: template }}>
      {columns.map((field) => {
        const key = sort.find((entry) => entry.field === field.key);
        const order = key ? (key.descending ? "descending" : "ascending") : "none";
        return (
          <div
            key={field.key}
            role="columnheader"
            aria-sort={order}
            className={isNumeric(field.type) ? "num" : ""}
          >
            <button type="button" onClick={() => onSort(toggled(sort, field.key))}>
              <span className="ell">{label(field.label, field.key)}</span>
              {unitOf(field)}
              {key && <Icon name={key.descending ? "arrow-down" : "arrow-up"} size="s" />}
            </button>
          </div>
        );
      })}
    </div>
  );
}

/** The list as a grid of virtual rows. Arrows walk, Enter opens the page, Space or a click looks beside the list. */
export function Grid(props: Props) {
  const { columns, records, total, current, onPeek, onOpen, hasMore, loadingMore, onMore } = props;
  const t = useT();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= records.length - AHEAD) onMore();
  }, [hasMore, loadingMore, last, records.length, onMore]);

  const lead = columns.some((field) => field.key === props.naming) ? props.naming : columns[0]?.key;
  const widthOf = (field: FieldRender) => props.widths?.[field.key] ?? columnWidth(field, field.key === lead);
  const template = columns
    .map((field) => `minmax(${widthOf(field)}px, ${field.key === lead ? 2 : 1}fr)`)
    .join(" ");
  const width = columns.reduce((sum, field) => sum + widthOf(field), 0);

  const move = (to: number) => {
    const index = Math.max(0, Math.min(records.length - 1, to));
    setActive(index);
    rows.scrollToIndex(index);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent, index: number, record: RecordView) => {
    const page = Math.floor((scroller.current?.clientHeight ?? ROW * 10) / ROW) - 1;
    const target: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: records.length - 1,
    };
    if (event.key === "Enter") onOpen(record);
    else if (event.key === " ") onPeek(record);
    else if (event.key in target) move(target[event.key] ?? index);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        className="grid-scroll"
        ref={scroller}
        role="grid"
        aria-label={props.title}
        aria-rowcount={total ?? -1}
        aria-colcount={columns.length}
      >
        <div role="rowgroup" className="grid-head" style={{ minWidth: width }}>
          <Head columns={columns} sort={props.sort} onSort={props.onSort} template={template} />
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: rows.getTotalSize(), minWidth: width }}>
          {visible.map(({ index, start }) => {
            const record = records[index];
            if (!record) return null;
            return (
              <div
                key={record.id}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={record.id === current}
                data-index={index}
                tabIndex={index === Math.min(active, records.length - 1) ? 0 : -1}
                className={record.id === current ? "grid-row on" : "grid-row"}
                style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template }}
                onClick={() => {
                  setActive(index);
                  onPeek(record);
                }}
                onDoubleClick={() => onOpen(record)}
                onKeyDown={(event) => onKeyDown(event, index, record)}
              >
                {columns.map((field) => (
                  <div
                    key={field.key}
                    role="gridcell"
                    className={field.key === lead ? "lead" : isNumeric(field.type) ? "num" : ""}
                  >
                    <Cell field={field} values={record.values} bare={fixedCurrency(field) !== null} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <footer className="grid-foot" aria-live="polite">
        {t("records.loaded", { count: formatNumber(records.length) })}
        {hasMore && (
          <Button size="xs" look="quiet" busy={loadingMore} onClick={onMore}>
            {t("records.more")}
          </Button>
        )}
      </footer>
    </>
  );
}
