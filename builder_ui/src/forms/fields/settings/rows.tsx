/** Rows of the property panel: a label with a dot when the property differs from its default, and one control. */
import { useId, useState, type ReactNode } from "react";
import { useT } from "@/i18n";
import { Icon } from "@/ui";
import type { FieldAddress } from "../../model/document";
import type { SettingsProps } from "../contract";
import { entryText, isNumber, parseEntry } from "../number/entry";
import { useProblemsAt } from "./context";

interface RowProps {
  label: string;
  changed?: boolean;
  children: (id: string) => ReactNode;
  /** The control stands below the label instead of beside it. */
  stacked?: boolean;
}

export function Row({ label, changed = false, children, stacked = false }: RowProps) {
  const t = useT();
  const id = useId();
  return (
    <div className={stacked ? "prow stacked" : "prow"}>
      <label className={changed ? "lab chg" : "lab"} htmlFor={id}>
        {label}
        {changed && <span className="sr"> {t("designer.changed")}</span>}
      </label>
      <div className="grow">{children(id)}</div>
    </div>
  );
}

interface PropertyProps extends SettingsProps {
  property: string;
  label: string;
  placeholder?: string;
}

/** The problems the server found at a property, under its control. */
export function Problems({ address, property }: { address: FieldAddress; property: string }) {
  const problems = useProblemsAt(address, property);
  return problems.map((problem, index) => (
    <p key={index} className="err row-problem">
      <Icon name="error" size="s" /> {problem.message} {problem.hint}
    </p>
  ));
}

export function TextRow({ property, label, placeholder, field, address, set }: PropertyProps) {
  const value = field[property];
  return (
    <Row label={label} changed={value !== undefined}>
      {(id) => (
        <>
          <input
            id={id}
            className="input sm soft"
            value={typeof value === "string" ? value : ""}
            placeholder={placeholder}
            onChange={(event) => set({ [property]: event.target.value || undefined }, property)}
          />
          <Problems address={address} property={property} />
        </>
      )}
    </Row>
  );
}

export function NumberRow(props: PropertyProps & { percent?: boolean; whole?: boolean }) {
  const { property, label, placeholder, field, address, set, percent = false, whole = false } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const value = field[property];
  const shown = isNumber(value) ? entryText(value, percent) + (percent ? " %" : "") : "";
  const change = (text: string) => {
    setTyped(text);
    const number = parseEntry(text, percent);
    if (number === null) set({ [property]: undefined }, property);
    else if (number !== undefined && (!whole || Number.isInteger(number)))
      set({ [property]: number }, property);
  };
  return (
    <Row label={label} changed={value !== undefined}>
      {(id) => (
        <>
          <input
            id={id}
            className="input sm soft num"
            inputMode="decimal"
            value={typed ?? shown}
            placeholder={placeholder}
            onChange={(event) => change(event.target.value)}
            onBlur={() => setTyped(null)}
          />
          <Problems address={address} property={property} />
        </>
      )}
    </Row>
  );
}

export function CheckRow({ property, label, field, set }: PropertyProps) {
  return (
    <Row label={label} changed={field[property] === true}>
      {(id) => (
        <input
          id={id}
          type="checkbox"
          checked={field[property] === true}
          onChange={(event) => set({ [property]: event.target.checked || undefined })}
        />
      )}
    </Row>
  );
}

interface ChoiceRowProps extends PropertyProps {
  choices: readonly { key: string; label: string }[];
  /** The default, which is not written. Without it an empty choice stands first. */
  otherwise?: string;
}

export function ChoiceRow({ property, label, field, address, set, choices, otherwise }: ChoiceRowProps) {
  const t = useT();
  const value = field[property];
  return (
    <Row label={label} changed={value !== undefined}>
      {(id) => (
        <>
          <select
            id={id}
            className="input sm soft"
            value={typeof value === "string" ? value : (otherwise ?? "")}
            onChange={(event) =>
              set({ [property]: event.target.value === (otherwise ?? "") ? undefined : event.target.value })
            }
          >
            {otherwise === undefined && <option value="">{t("forms.choose")}</option>}
            {choices.map((choice) => (
              <option key={choice.key} value={choice.key}>
                {choice.label}
              </option>
            ))}
          </select>
          <Problems address={address} property={property} />
        </>
      )}
    </Row>
  );
}
