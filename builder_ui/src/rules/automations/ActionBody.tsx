import { readableFields, useDesignedForm } from "@/forms";
import { label, useT } from "@/i18n";
import { Assignments } from "./Assignments";
import { DecideBody } from "./DecideBody";
import { Choice, NumberBox, TextBox } from "./inputs";
import {
  STRATEGIES,
  type Action,
  type Assign,
  type Call,
  type Create,
  type Reject,
  type SetFields,
  type Update,
} from "./model/tree";
import { NotifyBody } from "./NotifyBody";
import { People } from "./People";
import { UpsertBody } from "./UpsertBody";
import { useOperations } from "./useOperations";
import { ValueBox } from "./ValueBox";
import { useAround } from "./world";

interface Props<A extends Action = Action> {
  action: A;
  onChange: (action: Action) => void;
}

/** An action as a sentence; what no card can say is shown as it stands in the text. */
export function ActionBody({ action, onChange }: Props) {
  switch (action.type) {
    case "Set":
      return <SetBody action={action} onChange={onChange} />;
    case "Reject":
      return <RejectBody action={action} onChange={onChange} />;
    case "Assign":
      return <AssignBody action={action} onChange={onChange} />;
    case "Create":
      return <CreateBody action={action} onChange={onChange} />;
    case "Notify":
      return <NotifyBody action={action} onChange={onChange} />;
    case "Update":
      return action.where ? <AsText action={action} /> : <UpdateBody action={action} onChange={onChange} />;
    case "Decide":
      return <DecideBody action={action} onChange={onChange} />;
    case "Upsert":
      return <UpsertBody action={action} onChange={onChange} />;
    case "Call":
      return <CallBody action={action} onChange={onChange} />;
  }
}

function AsText({ action }: { action: Action }) {
  const t = useT();
  const { words } = useAround();
  return (
    <>
      <code className="snippet">{words(action)}</code>
      <span className="hint">{t("automations.as-text")}</span>
    </>
  );
}

function Word({ of }: { of: Action["type"] }) {
  const t = useT();
  return <span className="word">{t(`automations.word.${of}`)}</span>;
}

function SetBody({ action, onChange }: Props<SetFields>) {
  const { world } = useAround();
  return (
    <>
      <Word of="Set" />
      <Assignments
        needed
        fields={world.fields}
        values={action.values}
        scope={world.scope}
        onChange={(values) => onChange({ ...action, values })}
      />
    </>
  );
}

function RejectBody({ action, onChange }: Props<Reject>) {
  const t = useT();
  const { world } = useAround();
  const options = world.fields.map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  return (
    <>
      <Word of="Reject" />
      <Choice
        look="f"
        label={t("automations.reject.at")}
        value={action.field ?? ""}
        options={[{ key: "", label: t("automations.reject.record") }, ...options]}
        onChange={(key) => onChange({ ...action, field: key || null })}
      />
      <TextBox
        label={t("automations.message")}
        placeholder={t("automations.message")}
        value={action.message}
        onChange={(message) => onChange({ ...action, message })}
      />
    </>
  );
}

function AssignBody({ action, onChange }: Props<Assign>) {
  const t = useT();
  const { world } = useAround();
  const people = world.fields.filter(({ type }) => type === "member");
  const set = (part: Partial<Assign>) => onChange({ ...action, ...part });
  return (
    <>
      <Word of="Assign" />
      <Choice
        look="f"
        label={t("rules.field")}
        value={action.field}
        options={people.map((one) => ({ key: one.key, label: label(one.label, one.key) }))}
        onChange={(field) => set({ field })}
      />
      <Choice
        label={t("automations.strategy")}
        value={action.strategy}
        options={STRATEGIES.map((key) => ({ key, label: t(`automations.strategy.${key}`) }))}
        onChange={(key) => set({ strategy: key as Assign["strategy"] })}
      />
      <span className="ink2">{t("automations.among")}</span>
      <People value={action.among} onChange={(among) => set({ among })} />
      <label className="tick">
        <input
          type="checkbox"
          checked={action.skipping_absent ?? false}
          onChange={(event) => set({ skipping_absent: event.target.checked })}
        />
        {t("automations.skipping")}
      </label>
      <AtMost value={action.at_most ?? null} onChange={(at_most) => set({ at_most })} />
      {action.sticky_to && (
        <span className="ink2">
          {t("automations.sticky")} <code className="snippet">{action.sticky_to}</code>
        </span>
      )}
      {action.counting && (
        <span className="ink2">
          {t("automations.counting")} <code className="snippet">{countingOf(action)}</code>
        </span>
      )}
    </>
  );
}

const countingOf = ({ counting, counting_where }: Assign) =>
  [counting, counting_where].filter(Boolean).join(" · ");

/** How many open records one may have; no bound without a tick. */
function AtMost({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const t = useT();
  const isNumber = value === null || /^\d+$/.test(value);
  return (
    <>
      <label className="tick">
        <input
          type="checkbox"
          checked={value !== null}
          onChange={(event) => onChange(event.target.checked ? "50" : null)}
        />
        {t("automations.at-most")}
      </label>
      {value !== null && isNumber && (
        <NumberBox from={1} label={t("automations.at-most")} value={value} onChange={onChange} />
      )}
      {!isNumber && <code className="snippet">{value}</code>}
    </>
  );
}

function CreateBody({ action, onChange }: Props<Create>) {
  const t = useT();
  const { world } = useAround();
  const form = useDesignedForm(action.form);
  return (
    <>
      <Word of="Create" />
      <Choice
        label={t("automations.forms")}
        value={action.form}
        options={world.forms}
        onChange={(key) => onChange({ ...action, form: key, values: [], unless: null, unless_where: null })}
      />
      <Assignments
        fields={form ? readableFields(form) : []}
        values={action.values}
        scope={world.scope}
        onChange={(values) => onChange({ ...action, values })}
      />
      {action.unless && (
        <span className="ink2">
          {t("automations.unless")}{" "}
          <code className="snippet">{[action.unless, action.unless_where].filter(Boolean).join(" · ")}</code>
        </span>
      )}
    </>
  );
}

function UpdateBody({ action, onChange }: Props<Update>) {
  const { world } = useAround();
  const relation = world.fields.find(({ key }) => key === action.target);
  const form = useDesignedForm(relation?.to);
  return (
    <>
      <Word of="Update" />
      <span className="chip f">{label(relation?.label, action.target)}</span>
      <Assignments
        needed
        fields={form ? readableFields(form) : []}
        values={action.values}
        scope={{ ...world.scope, foreign: true }}
        onChange={(values) => onChange({ ...action, values })}
      />
    </>
  );
}

function CallBody({ action, onChange }: Props<Call>) {
  const { world } = useAround();
  const operations = useOperations();
  const name = operations.find(({ key }) => key === action.connector)?.label ?? action.connector;
  const values = action.values ?? [];
  return (
    <>
      <Word of="Call" />
      <span className="chip v">{name}</span>
      <div className="assignments">
        {values.map((one, at) => (
          <div key={one.field} className="assignment">
            <code>{one.field}</code>
            <span className="ink2">=</span>
            <ValueBox
              field={undefined}
              value={one.value}
              scope={world.scope}
              onChange={(value) =>
                onChange({
                  ...action,
                  values: values.map((old, index) => (index === at ? { ...old, value } : old)),
                })
              }
            />
          </div>
        ))}
      </div>
    </>
  );
}
