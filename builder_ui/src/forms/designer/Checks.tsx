import { useState } from "react";
import type { Problem } from "@/api";
import { label, useT, type Language } from "@/i18n";
import { FeelCondition } from "@/rules";
import { Button, Icon, IconButton, Segmented } from "@/ui";
import { Row } from "../fields/settings/rows";
import { useExpressionFields, useExpressionForm } from "../fields/settings/context";
import { checksOf, type CheckDocument } from "../model/checks";
import type { FormDocument } from "../model/document";
import { withLabel } from "../model/label";
import { placeInDocument } from "../model/problems";
import { LabelRows } from "./LabelRows";

export type CheckChange = {
  readonly [Property in keyof CheckDocument]?: CheckDocument[Property] | undefined;
};

export interface CheckActions {
  readonly add: () => void;
  readonly set: (index: number, change: CheckChange, tag?: string) => void;
  readonly remove: (index: number) => void;
}

interface Props {
  document: FormDocument;
  problems: readonly Problem[];
  actions: CheckActions;
}

/** What a record must satisfy as a whole before it is saved. One is open at a time; one with problems shows them. */
export function Checks({ document, problems, actions }: Props) {
  const t = useT();
  const [open, setOpen] = useState<number | null>(null);
  const checks = checksOf(document);
  return (
    <section className="psec" aria-label={t("designer.checks")}>
      <div className="row">
        <h3 className="grow">{t("designer.checks")}</h3>
        <Button
          look="link"
          size="xs"
          icon="plus"
          onClick={() => {
            actions.add();
            setOpen(checks.length);
          }}
        >
          {t("designer.check-add")}
        </Button>
      </div>
      <p className="hint">{t("designer.checks-hint")}</p>
      <ul className="checks">
        {checks.map((check, index) => (
          <li key={index}>
            <CheckLine
              check={check}
              index={index}
              open={open === index}
              onOpen={() => setOpen(open === index ? null : index)}
              document={document}
              problems={problems.filter(({ at }) => placeInDocument(at).check === index)}
              actions={actions}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LineProps extends Props {
  check: CheckDocument;
  index: number;
  open: boolean;
  onOpen: () => void;
}

function CheckLine({ check, index, open, onOpen, document, problems, actions }: LineProps) {
  const t = useT();
  const name = label(check.message, t("designer.check-number", { number: index + 1 }));
  const remove = () => {
    if (open) onOpen();
    actions.remove(index);
  };
  return (
    <>
      <div className="row">
        <button type="button" className="linklike ell grow" aria-expanded={open} onClick={onOpen}>
          <Icon name={open ? "down" : "right"} size="s" /> {name}
        </button>
        {problems.length > 0 && <span className="n bad">{problems.length}</span>}
        <IconButton icon="trash" size="xs" label={t("designer.check-remove", { name })} onClick={remove} />
      </div>
      {open && <CheckBody check={check} index={index} document={document} actions={actions} />}
      {problems.map((problem, at) => (
        <p key={at} className="err row-problem">
          <Icon name="error" size="s" /> {problem.message} {problem.hint}
        </p>
      ))}
    </>
  );
}

function CheckBody({ check, index, document, actions }: Omit<LineProps, "open" | "onOpen" | "problems">) {
  const t = useT();
  const fields = useExpressionFields();
  const form = useExpressionForm();
  const [byUnique, setByUnique] = useState(check.unique !== undefined);
  const set = (change: CheckChange, tag?: string) => actions.set(index, change, tag && `${tag}.${index}`);
  const choose = (way: "reject" | "unique") => {
    setByUnique(way === "unique");
    set({ reject: undefined, unique: undefined });
  };
  const rename = (language: Language, text: string) =>
    set({ message: withLabel(check.message, language, text) }, "message");
  return (
    <div className="check-body">
      <Segmented
        className="sm fill"
        label={t("designer.check-way")}
        items={(["reject", "unique"] as const).map((key) => ({ key, label: t(`designer.check-way.${key}`) }))}
        value={byUnique ? "unique" : "reject"}
        onChange={choose}
      />
      <p className="hint">{t(`designer.check-way.${byUnique ? "unique" : "reject"}.hint`)}</p>
      {byUnique ? (
        <Together check={check} document={document} onChange={(unique) => set({ unique })} />
      ) : (
        <FeelCondition
          label={t("designer.check-way.reject")}
          fields={fields}
          form={form}
          value={check.reject ?? ""}
          onChange={(text) => set({ reject: text || undefined }, "reject")}
        />
      )}
      <LabelRows title={t("designer.check-message")} value={check.message} onChange={rename} />
      <Where check={check} document={document} onChange={(at) => set({ at })} />
      <Row label={t("designer.check-severity")} changed={check.severity === "warning"}>
        {() => (
          <Segmented
            className="sm fill"
            label={t("designer.check-severity")}
            items={(["error", "warning"] as const).map((key) => ({
              key,
              label: t(`designer.check-severity.${key}`),
            }))}
            value={check.severity ?? "error"}
            onChange={(key) => set({ severity: key === "warning" ? key : undefined })}
          />
        )}
      </Row>
    </div>
  );
}

interface PartProps<Value> {
  check: CheckDocument;
  document: FormDocument;
  onChange: (value: Value) => void;
}

/** The field at which the message is shown. */
function Where({ check, document, onChange }: PartProps<string | undefined>) {
  const t = useT();
  return (
    <Row label={t("designer.check-at")} changed={check.at !== undefined}>
      {(id) => (
        <select
          id={id}
          className="input sm soft"
          value={check.at ?? ""}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">{t("designer.check-at.form")}</option>
          {Object.entries(document.fields).map(([key, field]) => (
            <option key={key} value={key}>
              {label(field.label, key)}
            </option>
          ))}
        </select>
      )}
    </Row>
  );
}

/** Fields whose values together may stand in one record only. */
function Together({ check, document, onChange }: PartProps<readonly string[] | undefined>) {
  const chosen = check.unique ?? [];
  const toggle = (key: string) => {
    const next = chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key];
    onChange(next.length > 0 ? next : undefined);
  };
  const entries = Object.entries(document.fields).filter(
    ([key, { type, formula }]) =>
      chosen.includes(key) || (type !== "subtable" && type !== "longtext" && !formula),
  );
  return (
    <div className="together">
      {entries.map(([key, field]) => (
        <label key={key} className="row g4">
          <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} />
          {label(field.label, key)}
        </label>
      ))}
    </div>
  );
}
