import { useState, type DragEvent } from "react";
import { useT } from "@/i18n";
import { Button, Icon, Menu, type IconName } from "@/ui";
import { useAround } from "./around";
import {
  columnOf,
  placeOf,
  titleOf,
  withColumnMoved,
  withoutColumn,
  type Area,
  type Place,
} from "./model/sheet";
import type { StyleKind } from "./model/style";

interface Props {
  onColumn: (place: Place) => void;
  onAddColumn: (area: Area) => void;
}

const ICONS: Readonly<Record<StyleKind, IconName>> = {
  ...{ number: "number", percent: "percent", money: "money", text: "text" },
  ...{ choice: "select", boolean: "switch", date: "date", other: "formula" },
};
const LETTERS: Readonly<Record<string, string>> = {
  ...{ UNIQUE: "U", FIRST: "F", PRIORITY: "P", ANY: "A", COLLECT: "C" },
  ...{ "RULE ORDER": "R", "OUTPUT ORDER": "O" },
};
const SIGNS: Readonly<Record<string, string>> = { SUM: "+", COUNT: "#", MIN: "<", MAX: ">" };

/** What is asked for, what comes out, and a heading for every column. */
export function GridHead({ onColumn, onAddColumn }: Props) {
  const t = useT();
  const { sheet, styles } = useAround();
  const letter = (LETTERS[sheet.hit_policy] ?? "") + (SIGNS[sheet.aggregation] ?? "");
  return (
    <thead>
      <tr className="band">
        <th className="g" aria-hidden />
        <th className="no" aria-hidden />
        {sheet.inputs.length > 0 && (
          <th colSpan={sheet.inputs.length} scope="colgroup">
            <Band label={t("decisions.band.inputs")} add={() => onAddColumn("inputs")} />
          </th>
        )}
        <th className="out out1" colSpan={sheet.outputs.length} scope="colgroup">
          <Band label={t("decisions.band.outputs")} add={() => onAddColumn("outputs")} />
        </th>
        {sheet.annotations.length > 0 && <th colSpan={sheet.annotations.length} aria-hidden />}
        <th className="end" aria-hidden />
      </tr>
      <tr className="hd">
        <th className="g" aria-hidden />
        <th className="no mono" title={t(`decisions.policy.${sheet.hit_policy}`)}>
          {letter}
        </th>
        {styles.map((style, column) => (
          <ColumnHead
            key={column}
            place={placeOf(sheet, column)}
            icon={ICONS[style.kind]}
            onColumn={onColumn}
          />
        ))}
        <th className="end">
          {sheet.annotations.length === 0 && (
            <Button look="quiet" size="xs" icon="plus" onClick={() => onAddColumn("annotations")}>
              {t("decisions.note")}
            </Button>
          )}
        </th>
      </tr>
    </thead>
  );
}

function Band({ label, add }: { label: string; add: () => void }) {
  const t = useT();
  return (
    <span className="row">
      {label}
      <button
        type="button"
        className="add"
        aria-label={t("decisions.column.add", { band: label })}
        onClick={add}
      >
        <Icon name="plus" size="s" />
      </button>
    </span>
  );
}

const DRAGGED = "application/x-decision-column";

function ColumnHead({
  place,
  icon,
  onColumn,
}: {
  place: Place;
  icon: IconName;
  onColumn: (place: Place) => void;
}) {
  const t = useT();
  const { sheet, marks, change } = useAround();
  const [over, setOver] = useState(false);
  const { label, under } = titleOf(sheet, place);
  const { area, index } = place;
  const tone = marks.heads.get(columnOf(sheet, place));
  const classes = [
    ...[area === "outputs" ? "out" : "", area === "outputs" && index === 0 ? "out1" : ""],
    ...[tone === "error" ? "bad" : tone ? "doubt" : "", over ? "drop" : ""],
  ];
  const move = (to: number) => change(withColumnMoved(sheet, place, to));
  const isLast = area === "outputs" && sheet.outputs.length === 1;
  const items = [
    { key: "edit", label: t("decisions.column.edit"), icon: "edit" as const, run: () => onColumn(place) },
    ...(index > 0
      ? [
          {
            key: "left",
            label: t("decisions.column.left"),
            icon: "arrow-left" as const,
            run: () => move(index - 1),
          },
        ]
      : []),
    ...(index < sheet[area].length - 1
      ? [
          {
            key: "right",
            label: t("decisions.column.right"),
            icon: "arrow-right" as const,
            run: () => move(index + 1),
          },
        ]
      : []),
    ...(isLast
      ? []
      : [
          null,
          {
            ...{ key: "delete", label: t("decisions.column.delete"), icon: "trash" as const, danger: true },
            run: () => change(withoutColumn(sheet, place)),
          },
        ]),
  ];
  return (
    <th
      scope="col"
      className={classes.filter(Boolean).join(" ")}
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, `${area}.${index}`)}
      onDragOver={(event: DragEvent) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const [from = "", number = ""] = event.dataTransfer.getData(DRAGGED).split(".");
        if (from === area) change(withColumnMoved(sheet, { area, index: Number(number) }, index));
      }}
    >
      <div className="head">
        <button type="button" className="name" title={`${label} · ${under}`} onClick={() => onColumn(place)}>
          <b>
            {area !== "annotations" && <Icon name={icon} size="s" />}
            <span className="ell">{label || t("decisions.note")}</span>
          </b>
          {under !== "" && <code className="ell">{under}</code>}
        </button>
        <Menu
          label={t("decisions.column.menu", { column: label })}
          trigger={
            <button type="button" className="more" aria-label={t("decisions.column.menu", { column: label })}>
              <Icon name="more" size="s" />
            </button>
          }
          items={items}
        />
      </div>
    </th>
  );
}
