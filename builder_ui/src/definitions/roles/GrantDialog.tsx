import type { FieldRender } from "@/api";
import { readableFields, useDesignedForm, useFieldsWithRelated } from "@/forms";
import { label, useT } from "@/i18n";
import { FeelCondition } from "@/rules";
import { Button, Dialog, Skeleton } from "@/ui";
import {
  conditionOf,
  grantOf,
  levelOf,
  LEVELS,
  withGrant,
  withLevel,
  type Level,
  type RoleDocument,
} from "../model/role";

interface Props {
  form: string;
  role: RoleDocument;
  change: (role: RoleDocument) => void;
  onClose: () => void;
}

/** One form of a role in detail: which records by condition, and the level of every field. */
export function GrantDialog({ form: key, role, change, onClose }: Props) {
  const t = useT();
  const form = useDesignedForm(key);
  const compared = useFieldsWithRelated(form);
  const grant = grantOf(role, key);
  const setCondition = (text: string) =>
    change(withGrant(role, key, { record_filter: text === "" ? "own" : `=${text}` }));
  return (
    <Dialog
      open
      width={640}
      title={t("roles.details", { form: label(form?.label, key) })}
      onClose={onClose}
      bare
    >
      {!form && <Skeleton rows={6} />}
      {form && (
        <div className="definition-section">
          <h3>{t("roles.filter.condition-title")}</h3>
          <p className="hint">{t("roles.filter.condition-hint")}</p>
          <FeelCondition
            label={t("roles.filter")}
            fields={compared}
            others={readableFields(form)}
            form={key}
            value={conditionOf(grant) ?? ""}
            onChange={setCondition}
          />
          <h3>{t("roles.fields")}</h3>
          <div className="grants-scroll">
            <table className="grants">
              <tbody>
                <Line
                  name={t("roles.fields.otherwise")}
                  level={levelOf(grant, "*")}
                  onChange={(level) => change(withLevel(role, key, "*", level))}
                />
                {Object.values(form.fields)
                  .flatMap(withColumns)
                  .map(({ path, name }) => (
                    <Line
                      key={path}
                      name={name}
                      level={levelOf(grant, path)}
                      onChange={(level) => change(withLevel(role, key, path, level))}
                    />
                  ))}
              </tbody>
            </table>
          </div>
          <p className="hint">{t("roles.fields.hint")}</p>
          <div className="dialog-foot">
            <Button look="pri" onClick={onClose}>
              {t("roles.done")}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** A field and, below a sub-table, its columns as `lines.cost`. */
function withColumns(field: FieldRender): { path: string; name: string }[] {
  const name = label(field.label, field.key);
  const columns = Object.values(field.fields ?? {}).map((column) => ({
    path: `${field.key}.${column.key}`,
    name: `${name} · ${label(column.label, column.key)}`,
  }));
  return [{ path: field.key, name }, ...columns];
}

function Line({ name, level, onChange }: { name: string; level: Level; onChange: (level: Level) => void }) {
  const t = useT();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <select
          className="input sm"
          aria-label={t("roles.level.of", { field: name })}
          value={level}
          onChange={(event) => onChange(event.target.value as Level)}
        >
          {LEVELS.map((each) => (
            <option key={each} value={each}>
              {t(`roles.level.${each}`)}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}
