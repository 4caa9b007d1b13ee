import { useState } from "react";
import type { FormRender, Values } from "@/api";
import { label, useT } from "@/i18n";
import { Dialog } from "@/ui";
import type { Conflict } from "../model/conflict";
import { allFields } from "../model/fields";
import { StoredValue } from "./StoredValue";

interface Props {
  form: FormRender;
  conflicts: readonly Conflict[];
  mine: Values;
  busy: boolean;
  onResolve: (givenUp: ReadonlySet<string>) => void;
  onClose: () => void;
}

/** Says who changed what meanwhile and lets the person choose, field by field. */
export function ConflictDialog({ form, conflicts, mine, busy, onResolve, onClose }: Props) {
  const t = useT();
  const fields = allFields(form);
  const [givenUp, setGivenUp] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, theirs: boolean) => {
    const next = new Set(givenUp);
    if (theirs) next.add(field);
    else next.delete(field);
    setGivenUp(next);
  };
  return (
    <Dialog
      open
      width={640}
      title={t("records.conflict.title")}
      onClose={onClose}
      confirm={{ label: t("records.save"), run: () => onResolve(givenUp), busy }}
    >
      <p>{t("records.conflict.text")}</p>
      {conflicts.map(({ field: key, by, theirs }) => {
        const name = label(fields[key]?.label, key);
        return (
          <fieldset key={key} className="conflict">
            <legend>{name}</legend>
            <label>
              <input
                type="radio"
                name={`conflict-${key}`}
                checked={!givenUp.has(key)}
                onChange={() => choose(key, false)}
              />
              <span>
                <small>{t("records.conflict.mine")}</small>
                <StoredValue field={fields[key]} value={mine[key]} />
              </span>
            </label>
            <label>
              <input
                type="radio"
                name={`conflict-${key}`}
                checked={givenUp.has(key)}
                onChange={() => choose(key, true)}
              />
              <span>
                <small>{t("records.conflict.by", { name: by ?? t("records.conflict.someone") })}</small>
                <StoredValue field={fields[key]} value={theirs} />
              </span>
            </label>
          </fieldset>
        );
      })}
    </Dialog>
  );
}
