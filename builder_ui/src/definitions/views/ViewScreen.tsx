import type { FieldRender } from "@/api";
import { readableFields, useDesignedForm, useFieldsWithRelated } from "@/forms";
import { label, useT } from "@/i18n";
import { FeelCondition } from "@/rules";
import { IconButton, Segmented, Skeleton } from "@/ui";
import { DefinitionEditor, type BodyProps } from "../editor/DefinitionEditor";
import { columnKey, movedBy, sortOf, withoutEmpty, type ViewDocument } from "../model/lists";

/** Route component: a list of one form's records that everybody shares. */
export function Component() {
  return (
    <DefinitionEditor<ViewDocument> kind="view" icon="list">
      {(body) => <View {...body} />}
    </DefinitionEditor>
  );
}

function View({ document, change }: BodyProps<ViewDocument>) {
  const t = useT();
  const form = useDesignedForm(document.form);
  const compared = useFieldsWithRelated(form).filter(({ type }) => type !== "subtable");
  if (!form) return <Skeleton rows={6} />;
  const fields = readableFields(form).filter(({ type }) => type !== "subtable");
  const set = (part: Partial<ViewDocument>) => change(withoutEmpty({ ...document, ...part }));
  return (
    <>
      <p className="hint">{t("views.of", { form: label(form.label, form.key) })}</p>
      <Columns document={document} fields={fields} onChange={(columns) => set({ columns })} />
      <section className="definition-section">
        <h2>{t("views.where")}</h2>
        <FeelCondition
          label={t("views.where")}
          fields={compared}
          others={fields}
          form={document.form}
          value={document.where ?? ""}
          onChange={(where) => set({ where })}
        />
      </section>
      <Order document={document} fields={fields} onChange={(sort) => set({ sort })} />
    </>
  );
}

interface PartProps<Value> {
  document: ViewDocument;
  fields: readonly FieldRender[];
  onChange: (value: Value) => void;
}

function Columns({ document: { columns }, fields, onChange }: PartProps<ViewDocument["columns"]>) {
  const t = useT();
  const nameOf = (key: string) => label(fields.find((field) => field.key === key)?.label, key);
  const open = fields.filter(({ key }) => !columns.some((column) => columnKey(column) === key));
  return (
    <section className="definition-section">
      <h2>{t("views.columns")}</h2>
      <ul className="view-columns">
        {columns.map((column, index) => {
          const name = nameOf(columnKey(column));
          return (
            <li key={columnKey(column)}>
              <span className="grow">{name}</span>
              <IconButton
                icon="arrow-up"
                size="xs"
                label={t("apps.up", { name })}
                onClick={() => onChange(movedBy(columns, index, -1))}
              />
              <IconButton
                icon="arrow-down"
                size="xs"
                label={t("apps.down", { name })}
                onClick={() => onChange(movedBy(columns, index, 1))}
              />
              <IconButton
                icon="trash"
                size="xs"
                label={t("apps.remove", { name })}
                onClick={() => onChange(columns.toSpliced(index, 1))}
              />
            </li>
          );
        })}
      </ul>
      <div className="view-sort">
        <select
          className="input sm"
          aria-label={t("views.columns.add")}
          value=""
          onChange={(event) => event.target.value && onChange([...columns, event.target.value])}
        >
          <option value="">{t("views.columns.add")}</option>
          {open.map((field) => (
            <option key={field.key} value={field.key}>
              {label(field.label, field.key)}
            </option>
          ))}
        </select>
      </div>
    </section>
  );
}

function Order({ document, fields, onChange }: PartProps<readonly string[]>) {
  const t = useT();
  const { field, descending } = sortOf(document);
  const rest = document.sort?.slice(1) ?? [];
  const write = (key: string, down: boolean) => onChange(key === "" ? [] : [down ? `-${key}` : key, ...rest]);
  return (
    <section className="definition-section">
      <h2>{t("views.sort")}</h2>
      <div className="view-sort">
        <select
          className="input sm"
          aria-label={t("views.sort")}
          value={field}
          onChange={(event) => write(event.target.value, descending)}
        >
          <option value="">{t("views.sort.none")}</option>
          {fields.map((one) => (
            <option key={one.key} value={one.key}>
              {label(one.label, one.key)}
            </option>
          ))}
        </select>
        {field !== "" && (
          <Segmented
            className="sm"
            label={t("views.direction")}
            items={(["up", "down"] as const).map((key) => ({ key, label: t(`views.sort.${key}`) }))}
            value={descending ? "down" : "up"}
            onChange={(way) => write(field, way === "down")}
          />
        )}
      </div>
    </section>
  );
}
