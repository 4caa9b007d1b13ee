import { useState } from "react";
import type { FieldRender } from "@/api";
import { readableFields, useDesignedForm } from "@/forms";
import { label, useT } from "@/i18n";
import { IconButton } from "@/ui";
import { firstValue } from "./Assignments";
import { AddChoice } from "./inputs";
import type { Action, ActionType, Tree } from "./model/tree";
import { writableFields } from "./model/values";
import { useOperations } from "./useOperations";
import { useAround, type Named } from "./world";

/** Actions that can begin as one usually means them; undefined for those that first need something chosen. */
export function useFirstActions(tree: Tree): (kind: ActionType) => Action | undefined {
  const t = useT();
  const { world } = useAround();
  const [writable] = writableFields(world.fields);
  const people = world.fields.filter(({ type }) => type === "member");
  const person = people.find(({ key }) => key === "owner") ?? people[0];
  const named = world.fields.find(({ type }) => type === "text");
  const title = named ? `{${named.key}}` : "";
  return (kind) => {
    switch (kind) {
      case "Set":
        return writable && { type: kind, values: [given(writable.key, world.fields, world.scope)] };
      case "Reject":
        return { type: kind, message: tree.type === "Rule" ? tree.label : "" };
      case "Notify":
        return {
          type: kind,
          recipients: [person?.key ?? "user"],
          message: t("automations.notify.first", { name: world.formLabel, title }),
        };
      case "Assign":
        return person && assign(person.key, world.groups[0]?.key, world.roles[0]?.key);
      default:
        return undefined;
    }
  };
}

function assign(field: string, group: string | undefined, role: string | undefined): Action {
  const among = group !== undefined ? `group("${group}")` : role !== undefined ? `role("${role}")` : field;
  return { type: "Assign", field, strategy: "round robin", among: [among], skipping_absent: true };
}

function given(field: string, fields: readonly FieldRender[], scope: Parameters<typeof firstValue>[2]) {
  return { type: "Assignment" as const, field, value: firstValue(field, fields, scope) };
}

interface Props {
  kind: ActionType;
  onReady: (action: Action) => void;
  onCancel: () => void;
}

/** An action that is nothing before its form, relation or operation is chosen. */
export function NewAction({ kind, onReady, onCancel }: Props) {
  const t = useT();
  return (
    <li className="action new">
      <span className="no">+</span>
      <div className="line grow">
        <span>{t(`automations.word.${kind}`)}</span>
        {kind === "Create" && <ChooseForm onReady={onReady} />}
        {kind === "Upsert" && <ChooseKey onReady={onReady} />}
        {kind === "Update" && <ChooseRelated onReady={onReady} />}
        {kind === "Decide" && <ChooseDecision onReady={onReady} />}
        {kind === "Call" && <ChooseOperation onReady={onReady} />}
        {!["Create", "Upsert", "Update", "Decide", "Call"].includes(kind) && (
          <span className="ink2">{t("automations.action.no-field")}</span>
        )}
      </div>
      <IconButton icon="close" size="xs" label={t("ui.cancel")} onClick={onCancel} />
    </li>
  );
}

type ChooseProps = Pick<Props, "onReady">;

function ChooseForm({ onReady }: ChooseProps) {
  const t = useT();
  const { world } = useAround();
  return (
    <AddChoice
      label={t("automations.form.choose")}
      groups={[{ label: t("automations.forms"), options: world.forms }]}
      onAdd={(form) => onReady({ type: "Create", form, values: [] })}
    />
  );
}

/** First the form, then the field that says which of its records is meant. */
function ChooseKey({ onReady }: ChooseProps) {
  const t = useT();
  const { world } = useAround();
  const [form, setForm] = useState("");
  const fields = useDesignedForm(form);
  const writable = fields ? writableFields(readableFields(fields)) : [];
  if (form === "")
    return (
      <AddChoice
        label={t("automations.form.choose")}
        groups={[{ label: t("automations.forms"), options: world.forms }]}
        onAdd={setForm}
      />
    );
  return (
    <>
      <span className="chip v">{world.forms.find(({ key }) => key === form)?.label}</span>
      <AddChoice
        label={t("automations.upsert.by")}
        groups={[
          {
            label: label(fields?.label, form),
            options: writable.map((one) => ({ key: one.key, label: label(one.label, one.key) })),
          },
        ]}
        onAdd={(key) =>
          onReady({ type: "Upsert", form, by: [key], values: [given(key, writable, world.scope)] })
        }
      />
    </>
  );
}

/** First the relation, then the field of the record it points to: an update without a value is none. */
function ChooseRelated({ onReady }: ChooseProps) {
  const t = useT();
  const { world } = useAround();
  const [target, setTarget] = useState<FieldRender | null>(null);
  const relations = world.fields.filter(({ type, to }) => type === "relation" && to !== undefined);
  if (relations.length === 0) return <span className="ink2">{t("automations.update.none")}</span>;
  if (target) return <ChooseTargetField target={target} onReady={onReady} />;
  return (
    <AddChoice
      label={t("automations.update.choose")}
      groups={[
        {
          label: t("automations.fields"),
          options: relations.map((one) => ({ key: one.key, label: label(one.label, one.key) })),
        },
      ]}
      onAdd={(key) => setTarget(relations.find((one) => one.key === key) ?? null)}
    />
  );
}

function ChooseTargetField({ target, onReady }: ChooseProps & { target: FieldRender }) {
  const t = useT();
  const { world } = useAround();
  const form = useDesignedForm(target.to);
  const fields = form ? writableFields(readableFields(form)) : [];
  const scope = { ...world.scope, foreign: true };
  return (
    <>
      <span className="chip f">{label(target.label, target.key)}</span>
      <AddChoice
        label={t("automations.value.add")}
        groups={[
          {
            label: label(form?.label, target.to),
            options: fields.map((one) => ({ key: one.key, label: label(one.label, one.key) })),
          },
        ]}
        onAdd={(key) => onReady({ type: "Update", target: target.key, values: [given(key, fields, scope)] })}
      />
    </>
  );
}

/** First the table, then the field that takes its result. */
function ChooseDecision({ onReady }: ChooseProps) {
  const t = useT();
  const { world } = useAround();
  const [table, setTable] = useState<Named | null>(null);
  const named = (fields: readonly FieldRender[]) =>
    fields.map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  if (world.decisions.length === 0) return <span className="ink2">{t("automations.decide.none")}</span>;
  if (!table)
    return (
      <AddChoice
        label={t("automations.decide.table")}
        groups={[{ label: t("automations.decide.by"), options: world.decisions }]}
        onAdd={(key) => setTable(world.decisions.find((one) => one.key === key) ?? null)}
      />
    );
  return (
    <>
      <span className="chip v">{table.label}</span>
      <AddChoice
        label={t("automations.value.add")}
        groups={[{ label: world.formLabel, options: named(writableFields(world.fields)) }]}
        onAdd={(field) => onReady({ type: "Decide", fields: [field], table: table.key })}
      />
    </>
  );
}

function ChooseOperation({ onReady }: ChooseProps) {
  const t = useT();
  const operations = useOperations();
  if (operations.length === 0) return <span className="ink2">{t("automations.call.none")}</span>;
  return (
    <AddChoice
      label={t("automations.call.choose")}
      groups={[{ label: t("automations.call.operations"), options: operations }]}
      onAdd={(connector) => {
        const inputs = operations.find(({ key }) => key === connector)?.inputs ?? [];
        const values = inputs.map((field) => ({ type: "Assignment" as const, field, value: "null" }));
        onReady({ type: "Call", connector, values });
      }}
    />
  );
}
