import type { FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { Button, IconButton } from "@/ui";
import { isListed } from "../model/fields";

interface Props {
  fields: Readonly<Record<string, FieldRender>>;
  columns: readonly FieldRender[];
  onChange: (columns: string[] | null) => void;
}

/** Which columns, in which order; the first one names the record and stays in sight. */
export function ColumnsPanel({ fields, columns, onChange }: Props) {
  const t = useT();
  const shown = columns.map((field) => field.key);
  const rest = Object.values(fields).filter((field) => isListed(field) && !shown.includes(field.key));
  const move = (at: number, step: number) => {
    const keys = [...shown];
    const [key] = keys.splice(at, 1);
    if (key === undefined) return;
    keys.splice(at + step, 0, key);
    onChange(keys);
  };
  const toggle = (field: FieldRender, on: boolean) =>
    onChange(on ? [...shown, field.key] : shown.filter((key) => key !== field.key));
  return (
    <div className="columns-panel" role="group" aria-label={t("records.columns")}>
      {[...columns, ...rest].map((field, at) => {
        const name = label(field.label, field.key);
        const on = at < shown.length;
        return (
          <div key={field.key} className="row">
            <label className="grow row">
              <input
                type="checkbox"
                checked={on}
                disabled={on && shown.length === 1}
                onChange={(event) => toggle(field, event.target.checked)}
              />
              <span className="ell">{name}</span>
            </label>
            {on && (
              <>
                <IconButton
                  icon="up"
                  size="xs"
                  disabled={at === 0}
                  label={t("records.columns.up", { name })}
                  onClick={() => move(at, -1)}
                />
                <IconButton
                  icon="down"
                  size="xs"
                  disabled={at === shown.length - 1}
                  label={t("records.columns.down", { name })}
                  onClick={() => move(at, 1)}
                />
              </>
            )}
          </div>
        );
      })}
      <Button size="sm" look="quiet" onClick={() => onChange(null)}>
        {t("records.columns.reset")}
      </Button>
    </div>
  );
}
