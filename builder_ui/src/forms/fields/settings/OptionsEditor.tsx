import { useContext, useId, useState } from "react";
import { currentLanguage, t, useT, type Language } from "@/i18n";
import { Button, IconButton, Menu } from "@/ui";
import type { OptionDocument } from "../../model/document";
import { freeKey, isKey, keyFromLabel } from "../../model/keys";
import { labelIn, withLabel } from "../../model/label";
import type { SettingsProps } from "../contract";
import { OPTION_COLORS, toneOf } from "../select/OptionLabel";
import { SettingsScopeContext } from "./context";
import { Problems } from "./rows";

/** Options of a select: label, key, colour, order; several at once by pasting lines. */
export function OptionsEditor({ field, address, set }: SettingsProps) {
  const t = useT();
  const [pasting, setPasting] = useState(false);
  const { fixedOptions } = useContext(SettingsScopeContext);
  const options = field.options ?? [];
  const replace = (next: readonly OptionDocument[], tag?: string) => set({ options: next }, tag);
  return (
    <section className="psec" aria-label={t("designer.options")}>
      <div className="row">
        <h3 className="grow">{t("designer.options")}</h3>
        <Button look="link" size="xs" onClick={() => setPasting(!pasting)}>
          {t("designer.options.paste")}
        </Button>
      </div>
      {pasting && (
        <PasteBox
          onDone={(lines) => {
            setPasting(false);
            replace(lines.reduce(withNewOption, options));
          }}
        />
      )}
      <div className="opts">
        {options.map((option, index) => (
          <OptionLine
            key={index}
            option={option}
            isFixed={fixedOptions.includes(option.key)}
            others={options.toSpliced(index, 1).map(({ key }) => key)}
            onChange={(next, tag) => replace(options.with(index, next), tag && `${tag}.${index}`)}
            onRemove={() => replace(options.toSpliced(index, 1))}
            onMove={(by) => replace(moved(options, index, by))}
          />
        ))}
        <Button
          look="quiet"
          size="sm"
          icon="plus"
          onClick={() => replace(withNewOption(options, nextLabel(options)))}
        >
          {t("designer.options.add")}
        </Button>
      </div>
      <Problems address={address} property="options" />
    </section>
  );
}

function nextLabel(options: readonly OptionDocument[]): string {
  return t("designer.options.new", { number: options.length + 1 });
}

/** A new name; the key follows it while it is the one that the name made and was never published. */
function renamed(
  option: OptionDocument,
  language: Language,
  text: string,
  isFixed: boolean,
  others: readonly string[],
): OptionDocument {
  const first = (label: OptionDocument["label"]) => labelIn(label, "zh-CN") || labelIn(label, "en");
  const label = withLabel(option.label, language, text);
  const made = (name: string) => freeKey(keyFromLabel(name) || "option", others);
  const follows = !isFixed && option.key === made(first(option.label));
  return { ...option, label, key: follows ? made(first(label)) : option.key };
}

function withNewOption(options: readonly OptionDocument[], label: string): OptionDocument[] {
  const wanted = keyFromLabel(label) || "option";
  const key = freeKey(
    wanted,
    options.map((option) => option.key),
  );
  return [...options, { key, label }];
}

function moved(options: readonly OptionDocument[], index: number, by: -1 | 1): readonly OptionDocument[] {
  const option = options[index];
  if (option === undefined || options[index + by] === undefined) return options;
  return options.toSpliced(index, 1).toSpliced(index + by, 0, option);
}

interface LineProps {
  option: OptionDocument;
  /** Published once: its key stays whatever it is called. */
  isFixed: boolean;
  /** Keys of the other options. */
  others: readonly string[];
  onChange: (option: OptionDocument, tag?: string) => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}

function OptionLine({ option, isFixed, others, onChange, onRemove, onMove }: LineProps) {
  const t = useT();
  const language = currentLanguage();
  const shown = labelIn(option.label, language) || labelIn(option.label, "zh-CN");
  return (
    <div className="opt">
      <ColorMenu option={option} onChange={onChange} />
      <input
        className="input sm bare"
        aria-label={t("designer.option.label")}
        value={shown}
        onChange={(event) =>
          onChange(renamed(option, language, event.target.value, isFixed, others), "label")
        }
      />
      <KeyBox value={option.key} isFixed={isFixed} onChange={(key) => onChange({ ...option, key })} />
      <Menu
        trigger={<IconButton icon="more" size="xs" label={t("designer.option.more", { option: shown })} />}
        label={t("designer.option.more", { option: shown })}
        items={[
          { key: "up", icon: "arrow-up", label: t("designer.move-up"), run: () => onMove(-1) },
          { key: "down", icon: "arrow-down", label: t("designer.move-down"), run: () => onMove(1) },
          null,
          { key: "remove", icon: "trash", label: t("designer.remove"), danger: true, run: onRemove },
        ]}
      />
    </div>
  );
}

function ColorMenu({ option, onChange }: Pick<LineProps, "option" | "onChange">) {
  const t = useT();
  const choose = (color: string | undefined) => {
    const { color: _old, ...rest } = option;
    onChange(color ? { ...rest, color } : rest);
  };
  const dot = (color?: string) => (
    <i className={color ? "sw" : "sw none"} style={{ background: toneOf(color) }} />
  );
  return (
    <Menu
      placement="bottomLeft"
      trigger={
        <button type="button" className="btn quiet ico xs" aria-label={t("designer.option.color")}>
          {dot(option.color)}
        </button>
      }
      label={t("designer.option.color")}
      items={[undefined, ...OPTION_COLORS].map((color) => ({
        key: color ?? "none",
        on: option.color === color,
        label: (
          <span className="row">
            {dot(color)} {t(`designer.color.${color ?? "none"}`)}
          </span>
        ),
        run: () => choose(color),
      }))}
    />
  );
}

interface KeyBoxProps {
  value: string;
  isFixed: boolean;
  onChange: (key: string) => void;
}

/** A key may be typed freely until it was published; it is taken when it is one. */
function KeyBox({ value, isFixed, onChange }: KeyBoxProps) {
  const t = useT();
  const [typed, setTyped] = useState<string | null>(null);
  const bad = typed !== null && !isKey(typed);
  return (
    <input
      className={bad ? "input sm bare mono bad" : "input sm bare mono"}
      aria-label={t("designer.option.key")}
      aria-invalid={bad || undefined}
      value={typed ?? value}
      disabled={isFixed}
      title={isFixed ? t("designer.key-fixed") : t("designer.key-free")}
      spellCheck={false}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        if (typed !== null && isKey(typed) && typed !== value) onChange(typed);
        setTyped(null);
      }}
    />
  );
}

function PasteBox({ onDone }: { onDone: (lines: string[]) => void }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState("");
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
  return (
    <div className="col">
      <label htmlFor={id} className="hint">
        {t("designer.options.paste-hint")}
      </label>
      <textarea
        id={id}
        className="textarea"
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="sm" disabled={lines.length === 0} onClick={() => onDone(lines)}>
        {t("designer.options.paste-add", { count: lines.length })}
      </Button>
    </div>
  );
}
