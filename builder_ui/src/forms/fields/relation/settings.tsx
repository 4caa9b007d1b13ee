import { useQuery } from "@tanstack/react-query";
import { useContext } from "react";
import { api, keys, type DefinitionSummary, type FieldRender } from "@/api";
import { label, useT } from "@/i18n";
import { FeelCondition } from "@/rules";
import { IconButton } from "@/ui";
import { readableFields, useDesignedForm } from "../../designer/useDesignedForm";
import type { SettingsProps } from "../contract";
import { SettingsScopeContext } from "../settings/context";
import { ChoiceRow, Problems } from "../settings/rows";
import { fillable, pickOf, withFill, withPick, type Fill } from "./pick";

/** Which form, what its picker shows and offers, what is taken over from the picked record, what a deletion does. */
export function Settings(props: SettingsProps) {
  const t = useT();
  const target = useDesignedForm(props.field.to);
  const targets = useForms().map((form) => ({ key: form.key, label: label(form.label, form.key) }));
  const deletions = (["restrict", "clear", "cascade"] as const).map((key) => ({
    key,
    label: t(`designer.on-delete.${key}`),
  }));
  const fields = target ? readableFields(target).filter(({ type }) => type !== "subtable") : [];
  return (
    <>
      <ChoiceRow {...props} property="to" label={t("designer.target")} choices={targets} />
      <ChoiceRow
        {...props}
        property="on_delete"
        label={t("designer.on-delete")}
        choices={deletions}
        otherwise="restrict"
      />
      {target && (
        <>
          <PickColumns {...props} fields={fields} />
          <PickWhere {...props} fields={fields} />
          <FillRows {...props} fields={fields} />
        </>
      )}
    </>
  );
}

/** Forms that may be linked to, drafted ones too: both are published together. */
function useForms(): readonly DefinitionSummary[] {
  const { data } = useQuery({
    queryKey: [...keys.definitions, "form"],
    queryFn: ({ signal }) =>
      api.get<{ items: DefinitionSummary[] }>("/definitions", { kind: "form" }, signal),
  });
  return data?.items ?? [];
}

type PartProps = SettingsProps & { fields: readonly FieldRender[] };

function PickColumns({ field, address, set, fields }: PartProps) {
  const t = useT();
  const chosen = pickOf(field).columns ?? [];
  const toggle = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key];
    set({ pick: withPick(field, { columns: next }) });
  };
  return (
    <fieldset className="part">
      <legend className="lab">{t("designer.pick-columns")}</legend>
      <p className="hint">{t("designer.pick-columns-hint")}</p>
      <div className="together">
        {fields.map((one) => (
          <label key={one.key} className="row g4">
            <input type="checkbox" checked={chosen.includes(one.key)} onChange={() => toggle(one.key)} />
            {label(one.label, one.key)}
          </label>
        ))}
      </div>
      <Problems address={address} property="pick" />
    </fieldset>
  );
}

/** Bare names are the other form's, our own stand behind `record.` (SEMANTICS §1). */
function PickWhere({ field, set, fields }: PartProps) {
  const t = useT();
  const { record } = useContext(SettingsScopeContext);
  const ours = record.map((one) => ({
    ...one,
    key: `record.${one.key}`,
    label: t("designer.this-record", { field: label(one.label, one.key) }),
  }));
  return (
    <div className="part">
      <span className="lab">{t("designer.pick-where")}</span>
      <p className="hint">{t("designer.pick-where-hint")}</p>
      <FeelCondition
        label={t("designer.pick-where")}
        fields={fields}
        others={[...fields, ...ours]}
        value={pickOf(field).where ?? ""}
        onChange={(where) => set({ pick: withPick(field, { where }) }, "pick")}
      />
    </div>
  );
}

/** Fields of this form that take a value of the picked record. */
function FillRows({ field, address, set, fields }: PartProps) {
  const t = useT();
  const { siblings } = useContext(SettingsScopeContext);
  const fill = (field["fill"] ?? {}) as Fill;
  const takers = siblings.filter((one) => fillable(one) && !(one.key in fill));
  const nameOf = (all: readonly FieldRender[], key: string) =>
    label(all.find((one) => one.key === key)?.label, key);
  const write = (own: string, theirs: string | undefined) => set({ fill: withFill(fill, own, theirs) });
  return (
    <div className="part">
      <span className="lab">{t("designer.fill")}</span>
      <p className="hint">{t("designer.fill-hint")}</p>
      <ul className="fills">
        {Object.entries(fill).map(([own, theirs]) => (
          <li key={own} className="row g4">
            <span className="ell grow">{nameOf(siblings, own)}</span>
            <span className="ink2">←</span>
            <select
              className="input sm soft"
              aria-label={t("designer.fill-from", { field: nameOf(siblings, own) })}
              value={theirs}
              onChange={(event) => write(own, event.target.value)}
            >
              {fields.map((one) => (
                <option key={one.key} value={one.key}>
                  {label(one.label, one.key)}
                </option>
              ))}
            </select>
            <IconButton
              icon="close"
              size="xs"
              label={t("designer.fill-remove", { field: nameOf(siblings, own) })}
              onClick={() => write(own, undefined)}
            />
          </li>
        ))}
      </ul>
      <select
        className="input sm soft"
        aria-label={t("designer.fill-add")}
        value=""
        onChange={(event) =>
          event.target.value && write(event.target.value, bestSource(fields, siblings, event.target.value))
        }
      >
        <option value="">{t("designer.fill-add")}</option>
        {takers.map((one) => (
          <option key={one.key} value={one.key}>
            {label(one.label, one.key)}
          </option>
        ))}
      </select>
      <Problems address={address} property="fill" />
    </div>
  );
}

/** The other form's field of the same key, else of the same type, else its first. */
function bestSource(
  theirs: readonly FieldRender[],
  ours: readonly FieldRender[],
  own: string,
): string | undefined {
  const type = ours.find(({ key }) => key === own)?.type;
  const found = theirs.find(({ key }) => key === own) ?? theirs.find((one) => one.type === type) ?? theirs[0];
  return found?.key;
}
