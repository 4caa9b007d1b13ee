import { useState } from "react";
import { useT, type Language } from "@/i18n";
import { Button, Icon, Segmented, Tabs } from "@/ui";
import { FIELD_TYPES } from "../fields/registry";
import { FIELD_SETTINGS } from "../fields/settings/registry";
import { CheckRow, Problems, Row } from "../fields/settings/rows";
import { isFieldType, specOf } from "../fields/specs";
import { fieldAt, type FieldAddress, type FieldDocument, type FormDocument } from "../model/document";
import { freeKey, isFreeKey } from "../model/keys";
import { withLabel } from "../model/label";
import { previewField } from "../model/preview";
import { Columns } from "./Columns";
import { FormulaBox, SwitchRow } from "./Condition";
import { LabelRows } from "./LabelRows";

export interface FieldActions {
  set: (address: FieldAddress, change: Readonly<Record<string, unknown>>, tag?: string) => void;
  rename: (address: FieldAddress, language: Language, text: string) => void;
  setKey: (address: FieldAddress, key: string) => void;
  setSpan: (span: number) => void;
  unplace: () => void;
  remove: () => void;
  selectColumn: (field: string, sub: string) => void;
  addColumn: (field: string, type: string) => void;
  moveColumn: (field: string, sub: string, by: -1 | 1) => void;
}

interface Props {
  document: FormDocument;
  address: FieldAddress;
  /** Width on the sheet; undefined for columns and fields that stand nowhere. */
  span: number | undefined;
  isPublished: boolean;
  actions: FieldActions;
}

type Tab = "general" | "behaviour" | "advanced";

const GENERAL = [
  "hint",
  "formula",
  "default",
  "options",
  "scale",
  "min",
  "max",
  "currency",
  "to",
  "pick",
  "pattern",
];
const BEHAVIOUR = ["visible", "required", "readonly"];
const ADVANCED = ["keep", "override"];

export function FieldProperties(props: Props) {
  const t = useT();
  const [tab, setTab] = useState<Tab>("general");
  const field = fieldAt(props.document, props.address);
  if (!field) return null;
  const tabs = (["general", "behaviour", "advanced"] as const).map((key) => ({
    key,
    label: <TabName name={t(`designer.tab.${key}`)} changed={isChanged(field, key)} />,
  }));
  const part = { ...props, field };
  return (
    <>
      <Tabs
        className="sm props-tabs"
        label={t("designer.properties")}
        items={tabs}
        value={tab}
        onChange={setTab}
      />
      <div className="props-body">
        {tab === "general" && <General {...part} />}
        {tab === "behaviour" && <Behaviour {...part} />}
        {tab === "advanced" && <Advanced {...part} />}
      </div>
    </>
  );
}

function isChanged(field: FieldDocument, tab: Tab): boolean {
  const names = { general: GENERAL, behaviour: BEHAVIOUR, advanced: ADVANCED }[tab];
  return names.some((name) => field[name] !== undefined && name !== "options");
}

function TabName({ name, changed }: { name: string; changed: boolean }) {
  const t = useT();
  return (
    <>
      {name}
      {changed && (
        <>
          <i className="dotc" />
          <span className="sr">{t("designer.changed")}</span>
        </>
      )}
    </>
  );
}

type PartProps = Props & { field: FieldDocument };

const WIDTHS = ["3", "4", "6", "8", "12"] as const;

function General({ document, address, field, span, actions }: PartProps) {
  const t = useT();
  const set = (change: Readonly<Record<string, unknown>>, tag?: string) => actions.set(address, change, tag);
  const Settings = isFieldType(field.type) ? FIELD_SETTINGS[field.type] : null;
  return (
    <>
      <section className="psec">
        <LabelRows
          title={t("designer.label")}
          value={field.label}
          onChange={(...args) => actions.rename(address, ...args)}
        />
        <LabelRows
          title={t("designer.hint")}
          value={field.hint}
          optional
          onChange={(language, text) =>
            set({ hint: withLabel(field.hint, language, text) || undefined }, "hint")
          }
        />
        {span !== undefined && (
          <div className="prow">
            <span className="lab">{t("designer.width")}</span>
            <Segmented
              className="sm fill"
              label={t("designer.width")}
              items={WIDTHS.map((key) => ({ key, label: key }))}
              value={String(span) as (typeof WIDTHS)[number]}
              onChange={(key) => actions.setSpan(Number(key))}
            />
          </div>
        )}
        {Settings && <Settings field={field} address={address} set={set} />}
      </section>
      {field.type === "subtable" && <Columns document={document} table={address.field} actions={actions} />}
      {canCompute(field) && <Formula address={address} field={field} set={set} />}
      {field.formula === undefined && canDefault(field) && (
        <Default address={address} field={field} set={set} />
      )}
      <Problems address={address} property="type" />
    </>
  );
}

function canCompute({ type }: FieldDocument): boolean {
  return type !== "auto_number" && type !== "subtable";
}

function canDefault({ type }: FieldDocument): boolean {
  return type !== "auto_number" && type !== "subtable";
}

interface ValueProps {
  address: FieldAddress;
  field: FieldDocument;
  set: (change: Readonly<Record<string, unknown>>, tag?: string) => void;
}

function Formula({ address, field, set }: ValueProps) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const on = field.formula !== undefined || opened;
  return (
    <section className="psec" aria-label={t("designer.formula")}>
      <div className="row">
        <h3 className="grow">{t("designer.formula")}</h3>
        {on ? (
          <Button
            look="link"
            size="xs"
            onClick={() => {
              setOpened(false);
              set({ formula: undefined });
            }}
          >
            {t("designer.formula-remove")}
          </Button>
        ) : (
          <Button look="link" size="xs" onClick={() => setOpened(true)}>
            {t("designer.formula-add")}
          </Button>
        )}
      </div>
      {on && (
        <FormulaBox
          label={t("designer.formula")}
          value={field.formula ?? ""}
          onChange={(formula) => set({ formula, default: undefined }, "formula")}
          property="formula"
          address={address}
        />
      )}
    </section>
  );
}

/** A constant default is typed into the field's own input, a computed one is FEEL behind a "=". */
function Default({ address, field, set }: ValueProps) {
  const t = useT();
  const text =
    typeof field.default === "string" && field.default.startsWith("=") ? field.default.slice(1) : undefined;
  const [opened, setOpened] = useState(false);
  const computed = text !== undefined || opened || isReference(field);
  const render = previewField(address.sub ?? address.field, field, isFieldType);
  const Input = FIELD_TYPES[render.type].Input;
  return (
    <section className="psec" aria-label={t("designer.default")}>
      <div className="row">
        <h3 className="grow">{t("designer.default")}</h3>
        {!isReference(field) && (
          <Segmented
            className="sm"
            label={t("designer.default-way")}
            items={[
              { key: "constant", label: t("designer.constant") },
              { key: "fx", label: <b className="fxm">fx</b> },
            ]}
            value={computed ? "fx" : "constant"}
            onChange={(way) => {
              setOpened(way === "fx");
              set({ default: undefined });
            }}
          />
        )}
      </div>
      {computed ? (
        <FormulaBox
          label={t("designer.default")}
          value={text ?? ""}
          onChange={(value) => set({ default: value === undefined ? undefined : `=${value}` }, "default")}
          property="default"
          address={address}
        />
      ) : (
        <>
          <Input
            field={render}
            id="designer-default"
            name={t("designer.default")}
            value={(field.default ?? null) as never}
            onChange={(value) =>
              set({ default: value === null || value === false ? undefined : value }, "default")
            }
            disabled={false}
            required={false}
            invalid={false}
            describedBy={undefined}
          />
          <Problems address={address} property="default" />
        </>
      )}
    </section>
  );
}

function isReference({ type }: FieldDocument): boolean {
  return type === "relation" || type === "member" || type === "department";
}

function Behaviour({ address, field, actions }: PartProps) {
  const t = useT();
  const row = (property: "visible" | "required" | "readonly", otherwise: boolean) => (
    <SwitchRow
      key={`${address.field}.${address.sub}.${property}`}
      label={t(`designer.${property}`)}
      words={[t(`designer.${property}.default`), t(`designer.${property}.other`)]}
      otherwise={otherwise}
      value={field[property]}
      property={property}
      address={address}
      onChange={(value) => actions.set(address, { [property]: value }, `${address.field}.${property}`)}
    />
  );
  return (
    <section className="psec" aria-label={t("designer.tab.behaviour")}>
      {row("visible", true)}
      {field.formula === undefined && row("required", false)}
      {field.formula === undefined && row("readonly", false)}
    </section>
  );
}

function Advanced({ document, address, field, isPublished, span, actions }: PartProps) {
  const t = useT();
  const set = (change: Readonly<Record<string, unknown>>, tag?: string) => actions.set(address, change, tag);
  return (
    <section className="psec" aria-label={t("designer.tab.advanced")}>
      <KeyRow
        document={document}
        address={address}
        isPublished={isPublished}
        onChange={(key) => actions.setKey(address, key)}
      />
      {typeof field.visible === "string" && (
        <CheckRow field={field} address={address} set={set} property="keep" label={t("designer.keep")} />
      )}
      {field.formula !== undefined && (
        <CheckRow
          field={field}
          address={address}
          set={set}
          property="override"
          label={t("designer.override")}
        />
      )}
      {address.sub === undefined && span !== undefined && (
        <Button size="sm" icon="eye-off" onClick={actions.unplace}>
          {t("designer.unplace")}
        </Button>
      )}
      <Button size="sm" icon="trash" danger onClick={actions.remove}>
        {t("designer.remove-field")}
      </Button>
    </section>
  );
}

interface KeyRowProps {
  document: FormDocument;
  address: FieldAddress;
  isPublished: boolean;
  onChange: (key: string) => void;
}

/** The key can be changed until it was published once; then records, rules and flows hold on to it. */
function KeyRow({ document, address, isPublished, onChange }: KeyRowProps) {
  const t = useT();
  const own = address.sub ?? address.field;
  const [typed, setTyped] = useState<string | null>(null);
  const siblings = Object.keys(
    address.sub === undefined ? document.fields : (document.fields[address.field]?.fields ?? {}),
  ).filter((key) => key !== own);
  const wrong = typed !== null && (!isFreeKey(typed) || freeKey(typed, siblings) !== typed);
  return (
    <Row label={t("designer.key")} stacked>
      {(id) => (
        <>
          <input
            id={id}
            className={["input sm mono", isPublished ? "ro" : "soft", wrong ? "bad" : ""].join(" ").trim()}
            value={typed ?? own}
            disabled={isPublished}
            spellCheck={false}
            aria-invalid={wrong || undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => {
              if (typed !== null && !wrong && typed !== own) onChange(typed);
              setTyped(null);
            }}
          />
          <span id={`${id}-note`} className={wrong ? "err" : "hint"}>
            {isPublished && <Icon name="lock" size="s" />}
            {t(wrong ? "designer.key-wrong" : isPublished ? "designer.key-fixed" : "designer.key-free")}
          </span>
        </>
      )}
    </Row>
  );
}

export function typeIcon(type: string) {
  return specOf(type)?.icon ?? "text";
}
