import type { FieldRender } from "@/api";
import { label, useT, type Translate } from "@/i18n";
import { IconButton } from "@/ui";
import { AddChoice, Chip, Choice, NumberBox, TextBox, TimeBox } from "./inputs";
import {
  dateFields,
  EVENT_TYPES,
  newTrigger,
  removeTrigger,
  replaceTrigger,
  SCHEDULE_TYPES,
  withTriggers,
} from "./model/edits";
import {
  isScheduled,
  UNITS,
  type Changed,
  type RelativeDate,
  type Tree,
  type Trigger,
  type TriggerType,
} from "./model/tree";
import { useAround, type Named } from "./world";

interface Props {
  tree: Tree;
  onChange: (tree: Tree) => void;
}

/** When the rule is looked at: one event or another, or one schedule. */
export function TriggerCard({ tree, onChange }: Props) {
  const t = useT();
  const { world, isAt } = useAround();
  const triggers = tree.triggers ?? [];
  const offered = EVENT_TYPES.filter((type) => newTrigger(type, world.fields) !== undefined);
  return (
    <section className="clause" aria-label={t("automations.when")}>
      <h3>{t("automations.when")}</h3>
      <div className="clause-body">
        {triggers.map((trigger, at) => (
          <div key={at} className={isAt(trigger) ? "line at" : "line"}>
            {at > 0 && <span className="jn">{t("rules.joint.or")}</span>}
            <KindChoice
              trigger={trigger}
              onChange={(type) => {
                const next = newTrigger(type, world.fields);
                if (next) onChange(replaceTrigger(tree, at, next));
              }}
            />
            <Details trigger={trigger} onChange={(next) => onChange(replaceTrigger(tree, at, next))} />
            {triggers.length > 1 && (
              <IconButton
                icon="close"
                size="xs"
                label={t("automations.trigger.remove")}
                onClick={() => onChange(removeTrigger(tree, at))}
              />
            )}
          </div>
        ))}
        {!isScheduled(tree) && (
          <AddChoice
            label={t("automations.trigger.add")}
            groups={[{ label: t("automations.trigger.events"), options: named(t, offered) }]}
            onAdd={(type) => {
              const next = newTrigger(type as TriggerType, world.fields);
              if (next) onChange(withTriggers(tree, [...triggers, next]));
            }}
          />
        )}
        {tree.type === "Score" && triggers.length === 0 && (
          <span className="ink2">{t("automations.score.always")}</span>
        )}
      </div>
    </section>
  );
}

const named = (t: Translate, types: readonly TriggerType[]): Named[] =>
  types.map((type) => ({ key: type, label: t(`automations.trigger.${type}`) }));

interface KindProps {
  trigger: Trigger;
  onChange: (type: TriggerType) => void;
}

function KindChoice({ trigger: { type }, onChange }: KindProps) {
  const t = useT();
  const { world } = useAround();
  const dated = dateFields(world.fields).length > 0;
  return (
    <select
      className="slim"
      aria-label={t("automations.trigger")}
      value={type}
      onChange={(event) => onChange(event.target.value as TriggerType)}
    >
      <optgroup label={t("automations.trigger.events")}>
        {EVENT_TYPES.map((one) => (
          <option key={one} value={one} disabled={one === "RelativeDate" && !dated}>
            {t(`automations.trigger.${one}`)}
          </option>
        ))}
      </optgroup>
      <optgroup label={t("automations.trigger.schedules")}>
        {SCHEDULE_TYPES.map((one) => (
          <option key={one} value={one}>
            {t(`automations.trigger.${one}`)}
          </option>
        ))}
      </optgroup>
    </select>
  );
}

interface OneProps<T extends Trigger = Trigger> {
  trigger: T;
  onChange: (trigger: Trigger) => void;
}

function Details({ trigger, onChange }: OneProps) {
  const t = useT();
  switch (trigger.type) {
    case "Changed":
      return <ChangedFields trigger={trigger} onChange={onChange} />;
    case "Button":
      return (
        <TextBox
          label={t("automations.button.label")}
          placeholder={t("automations.button.label")}
          value={trigger.label ?? ""}
          onChange={(text) => onChange(text.trim() === "" ? { type: "Button" } : { ...trigger, label: text })}
        />
      );
    case "RelativeDate":
      return <Relative trigger={trigger} onChange={onChange} />;
    case "Saving":
    case "Created":
    case "Saved":
    case "Deleted":
      return null;
    default:
      return (
        <>
          <Times trigger={trigger} onChange={onChange} />
          {trigger.zone && <span className="ink2">{trigger.zone}</span>}
        </>
      );
  }
}

type Clock = Exclude<
  Trigger,
  { type: "Saving" | "Created" | "Saved" | "Deleted" } | Changed | RelativeDate | { type: "Button" }
>;

function Times({ trigger, onChange }: OneProps<Clock>) {
  const t = useT();
  if (trigger.type === "EveryMinutes")
    return (
      <NumberBox
        from={1}
        label={t("automations.minutes")}
        value={String(trigger.minutes)}
        onChange={(text) => onChange({ ...trigger, minutes: Number(text) })}
      />
    );
  if (trigger.type === "Cron")
    return (
      <TextBox
        className="slim mono"
        label={t("automations.cron")}
        value={trigger.text}
        onChange={(text) => onChange({ ...trigger, text })}
      />
    );
  return (
    <>
      {trigger.type === "EveryWeekday" && (
        <Weekdays days={trigger.days} onChange={(days) => onChange({ ...trigger, days })} />
      )}
      {trigger.type === "EveryMonth" && (
        <MonthDay day={trigger.day} onChange={(day) => onChange({ ...trigger, day })} />
      )}
      <TimeBox
        label={t("automations.at")}
        value={trigger.at}
        onChange={(at) => onChange({ ...trigger, at })}
      />
      {trigger.type === "EveryWorkingDay" && (
        <CalendarChoice
          value={trigger.calendar ?? ""}
          onChange={(key) => onChange({ ...trigger, calendar: key || null })}
        />
      )}
    </>
  );
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];

function Weekdays({
  days,
  onChange,
}: {
  days: readonly number[];
  onChange: (days: readonly number[]) => void;
}) {
  const t = useT();
  const toggled = (day: number) =>
    days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort();
  return (
    <span className="weekdays">
      {WEEK.map((day) => (
        <label key={day}>
          <input
            type="checkbox"
            checked={days.includes(day)}
            disabled={days.length === 1 && days[0] === day}
            onChange={() => onChange(toggled(day))}
          />
          {t(`automations.weekday.${day}`)}
        </label>
      ))}
    </span>
  );
}

function MonthDay({ day, onChange }: { day: number; onChange: (day: number) => void }) {
  const t = useT();
  const days = Array.from({ length: 31 }, (_, at) => at + 1);
  return (
    <Choice
      label={t("automations.month.day")}
      value={String(day)}
      options={[...days, 0].map((one) => ({
        key: String(one),
        label: one === 0 ? t("automations.month.last") : t("automations.month.on", { day: one }),
      }))}
      onChange={(key) => onChange(Number(key))}
    />
  );
}

function CalendarChoice({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const t = useT();
  const { world } = useAround();
  if (world.calendars.length === 0 && value === "") return null;
  return (
    <Choice
      look="o"
      label={t("automations.calendar")}
      value={value}
      options={[{ key: "", label: t("automations.calendar.own") }, ...world.calendars]}
      onChange={onChange}
    />
  );
}

function Relative({ trigger, onChange }: OneProps<RelativeDate>) {
  const t = useT();
  const { world } = useAround();
  const fields = dateFields(world.fields);
  const whole = trigger.unit === "days" || trigger.unit === "working days";
  const isDate = fields.find(({ key }) => key === trigger.field)?.type === "date";
  const units = UNITS.filter((unit) => !isDate || unit === "days" || unit === "working days");
  const working = trigger.unit === "working days" || trigger.unit === "working hours";
  return (
    <>
      <Choice
        look="f"
        label={t("rules.field")}
        value={trigger.field}
        options={fields.map((one) => ({ key: one.key, label: label(one.label, one.key) }))}
        onChange={(field) => onChange({ ...trigger, ...datedBy(field, fields) })}
      />
      <Choice
        look="o"
        label={t("automations.relative")}
        value={trigger.before ? "before" : "after"}
        options={["before", "after"].map((key) => ({ key, label: t(`automations.relative.${key}`) }))}
        onChange={(key) => onChange({ ...trigger, before: key === "before" })}
      />
      <NumberBox
        from={0}
        label={t("automations.value.amount")}
        value={String(trigger.amount)}
        onChange={(text) => onChange({ ...trigger, amount: Number(text) })}
      />
      <Choice
        look="o"
        label={t("automations.unit")}
        value={trigger.unit}
        options={units.map((key) => ({ key, label: t(`automations.unit.${key}`) }))}
        onChange={(unit) => onChange({ ...trigger, unit: unit as RelativeDate["unit"], at: null })}
      />
      {whole && (isDate || trigger.at) && (
        <TimeBox
          label={t("automations.at")}
          value={trigger.at ?? ""}
          onChange={(at) => onChange({ ...trigger, at })}
        />
      )}
      {working && (
        <CalendarChoice
          value={trigger.calendar ?? ""}
          onChange={(key) => onChange({ ...trigger, calendar: key || null })}
        />
      )}
    </>
  );
}

/** A date needs a time of day and whole days, a date with a time keeps its own. */
function datedBy(key: string, fields: readonly FieldRender[]): Pick<RelativeDate, "field" | "at" | "unit"> {
  const isDate = fields.find((field) => field.key === key)?.type === "date";
  return { field: key, unit: "days", at: isDate ? "09:00" : null };
}

function ChangedFields({ trigger, onChange }: OneProps<Changed>) {
  const t = useT();
  const { world } = useAround();
  const chosen = trigger.fields ?? [];
  const nameOf = (key: string) => label(world.fields.find((field) => field.key === key)?.label, key);
  const open = world.fields.filter(({ key, type }) => !chosen.includes(key) && type !== "subtable");
  const set = (fields: readonly string[]) => onChange({ ...trigger, fields, before: [], to: [] });
  return (
    <>
      {chosen.length === 0 && <span className="ink2">{t("automations.changed.any")}</span>}
      {chosen.map((key) => (
        <Chip key={key} text={nameOf(key)} onRemove={() => set(chosen.filter((one) => one !== key))} />
      ))}
      <AddChoice
        label={t("rules.field")}
        groups={[
          {
            label: t("automations.fields"),
            options: open.map((one) => ({ key: one.key, label: nameOf(one.key) })),
          },
        ]}
        onAdd={(key) => set([...chosen, key])}
      />
      {chosen.length === 1 && <Steps trigger={trigger} onChange={onChange} />}
    </>
  );
}

/** From and to which option the only field changed; values of other fields are written as text. */
function Steps({ trigger, onChange }: OneProps<Changed>) {
  const t = useT();
  const { world, words } = useAround();
  const field = world.fields.find(({ key }) => key === trigger.fields?.[0]);
  const values = [...(trigger.before ?? []), ...(trigger.to ?? [])];
  if (field?.type !== "select" || !values.every((value) => /^"[^"\\]*"$/.test(value)))
    return values.length > 0 ? <code className="snippet">{words(trigger)}</code> : null;
  const options = (field.options ?? []).map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  const side = (name: "before" | "to") => {
    const chosen = (trigger[name] ?? []).map((value) => value.slice(1, -1));
    const set = (keys: readonly string[]) => onChange({ ...trigger, [name]: keys.map((key) => `"${key}"`) });
    return (
      <>
        {chosen.length > 0 && <span className="ink2">{t(`automations.changed.${name}`)}</span>}
        {chosen.map((key) => (
          <Chip
            key={key}
            look="v"
            text={options.find((one) => one.key === key)?.label ?? key}
            onRemove={() => set(chosen.filter((one) => one !== key))}
          />
        ))}
        <AddChoice
          label={t(`automations.changed.${name}`)}
          groups={[
            { label: nameOfField(field), options: options.filter(({ key }) => !chosen.includes(key)) },
          ]}
          onAdd={(key) => set([...chosen, key])}
        />
      </>
    );
  };
  return (
    <>
      {side("before")}
      {side("to")}
    </>
  );
}

const nameOfField = (field: FieldRender) => label(field.label, field.key);
