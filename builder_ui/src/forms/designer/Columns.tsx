import { label, useT } from "@/i18n";
import { Button, Icon, IconButton, Menu } from "@/ui";
import { Problems } from "../fields/settings/rows";
import { FIELD_SPECS, specOf } from "../fields/specs";
import type { FormDocument } from "../model/document";
import type { FieldActions } from "./FieldProperties";

interface Props {
  document: FormDocument;
  table: string;
  actions: FieldActions;
}

/** Columns of a sub-table: add, order, open. */
export function Columns({ document, table, actions }: Props) {
  const t = useT();
  const columns = Object.entries(document.fields[table]?.fields ?? {});
  const types = Object.values(FIELD_SPECS).filter((spec) => spec.inSubtable);
  return (
    <section className="psec" aria-label={t("designer.columns")}>
      <div className="row">
        <h3 className="grow">{t("designer.columns")}</h3>
        <Menu
          trigger={
            <Button look="link" size="xs" icon="plus">
              {t("designer.column-add")}
            </Button>
          }
          label={t("designer.column-add")}
          items={types.map(({ name, icon }) => ({
            key: name,
            icon,
            label: t(`designer.item.${name}`),
            run: () => actions.addColumn(table, name),
          }))}
        />
      </div>
      <ul className="opts">
        {columns.map(([key, column]) => {
          const name = label(column.label, key);
          return (
            <li key={key} className="opt column">
              <Icon name={specOf(column.type)?.icon ?? "text"} />
              <button type="button" className="linklike ell" onClick={() => actions.selectColumn(table, key)}>
                {name}
              </button>
              {column.formula !== undefined && <span className="fxm">fx</span>}
              <IconButton
                icon="arrow-up"
                size="xs"
                label={t("designer.column-left", { name })}
                onClick={() => actions.moveColumn(table, key, -1)}
              />
              <IconButton
                icon="arrow-down"
                size="xs"
                label={t("designer.column-right", { name })}
                onClick={() => actions.moveColumn(table, key, 1)}
              />
            </li>
          );
        })}
      </ul>
      <Problems address={{ field: table }} property="fields" />
    </section>
  );
}
