import { label, useT } from "@/i18n";
import { AddChoice, Chip, Choice, TextBox } from "./inputs";
import type { Action, Notify } from "./model/tree";
import { People } from "./People";
import { useAround } from "./world";

interface Props {
  action: Notify;
  onChange: (action: Action) => void;
}

/** Beside the application, which always shows it. */
const CHANNELS = ["email", "wecom", "dingtalk", "feishu"];

/** Who is told, by what means, and what: a sentence or a template. */
export function NotifyBody({ action, onChange }: Props) {
  const t = useT();
  const { world } = useAround();
  const channels = action.channels ?? [];
  const nameOf = (key: string) => t(`automations.channel.${key}`);
  const set = (part: Partial<Notify>) => onChange({ ...action, ...part });
  return (
    <>
      <span className="word">{t("automations.word.Notify")}</span>
      <People value={action.recipients} onChange={(recipients) => set({ recipients })} />
      <span className="ink2">{t("automations.by")}</span>
      <span className="chip v">{nameOf("in_app")}</span>
      {channels.map((key) => (
        <Chip
          key={key}
          look="v"
          text={nameOf(key)}
          onRemove={() => set({ channels: channels.filter((one) => one !== key) })}
        />
      ))}
      <AddChoice
        label={t("automations.channel.add")}
        groups={[
          {
            label: t("automations.by"),
            options: CHANNELS.filter((key) => !channels.includes(key)).map((key) => ({
              key,
              label: nameOf(key),
            })),
          },
        ]}
        onAdd={(key) => set({ channels: [...channels, key] })}
      />
      <div className="assignment">
        {(world.templates.length > 0 || action.template) && (
          <Choice
            look="o"
            label={t("automations.notify.with")}
            value={action.template ? "template" : "message"}
            options={["message", "template"].map((key) => ({ key, label: t(`automations.notify.${key}`) }))}
            onChange={(way) =>
              set(
                way === "template"
                  ? { template: world.templates[0]?.key ?? null, message: null }
                  : { template: null, message: "" },
              )
            }
          />
        )}
        {action.template ? (
          <Choice
            label={t("automations.notify.template")}
            value={action.template}
            options={world.templates}
            onChange={(template) => set({ template })}
          />
        ) : (
          <Sentence text={action.message ?? ""} onChange={(message) => set({ message })} />
        )}
      </div>
    </>
  );
}

/** `{field}` stands for the field as the reader sees it; it is chosen rather than typed. */
function Sentence({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useT();
  const { world } = useAround();
  const options = world.fields
    .filter(({ type }) => type !== "subtable")
    .map((one) => ({ key: one.key, label: label(one.label, one.key) }));
  return (
    <>
      <TextBox
        label={t("automations.message")}
        placeholder={t("automations.message")}
        value={text}
        onChange={onChange}
      />
      <AddChoice
        label={t("rules.field")}
        groups={[{ label: t("automations.fields"), options }]}
        onAdd={(key) => onChange(`${text}{${key}}`)}
      />
    </>
  );
}
