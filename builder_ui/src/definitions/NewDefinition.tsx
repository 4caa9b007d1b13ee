import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, keys, sentenceOf, type DefinitionSummary } from "@/api";
import { newKey } from "@/forms";
import { currentLanguage, label, t, useT } from "@/i18n";
import { FIRST_TRIGGERS, firstRule, type FirstTrigger } from "@/rules";
import { Dialog, Labelled } from "@/ui";
import { firstDocument, mayBeCalled, takenKeys, type NewKind } from "./model/kinds";

interface Props {
  kind: NewKind;
  /** What there is already: keys that are taken, forms that a view can be of. */
  all: readonly DefinitionSummary[];
  onClose: () => void;
}

/**
 * A new definition: its name is typed, its key is made from it and can be changed before it is published.
 * A form starts with one text field, a flow with an uploaded BPMN file, a rule with its event,
 * a decision with an empty table. Each becomes a draft.
 */
export function NewDefinition({ kind, all, onClose }: Props) {
  const texts = useT();
  const [name, setName] = useState("");
  const [typedKey, setTypedKey] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [form, setForm] = useState("");
  const [trigger, setTrigger] = useState<FirstTrigger>("Created");
  const taken = takenKeys(kind, all);
  const source = kind === "flow" ? (file?.name.replace(/\.[^.]*$/, "") ?? "") : name.trim();
  const key = typedKey ?? (source === "" ? "" : newKey(source, kind, taken));
  const create = useCreate({ kind, key, name: name.trim(), file, form, trigger });
  const named = kind === "flow" ? file !== null : name.trim() !== "";
  const wrong = key === "" ? undefined : keyProblem(kind, key, taken);
  const ready = named && key !== "" && wrong === undefined && (!ofForm(kind) || form !== "");
  return (
    <Dialog
      open
      title={texts(`definitions.new.${kind}`)}
      onClose={onClose}
      confirm={{
        label: texts("definitions.create"),
        run: () => create.mutate(),
        disabled: !ready,
        busy: create.isPending,
      }}
    >
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !create.isPending) create.mutate();
        }}
      >
        {kind === "flow" ? <FileBox onChange={setFile} /> : <NameBox value={name} onChange={setName} />}
        {ofForm(kind) && <FormBox kind={kind} all={all} value={form} onChange={setForm} />}
        {kind === "rule" && <TriggerBox value={trigger} onChange={setTrigger} />}
        <KeyBox value={key} wrong={wrong} onChange={setTypedKey} />
        {create.isError && <p className="err">{sentenceOf(create.error)}</p>}
        <button type="submit" hidden disabled={!ready} />
      </form>
    </Dialog>
  );
}

/** Kinds that are about the records of one form. */
function ofForm(kind: NewKind): kind is "view" | "rule" {
  return kind === "view" || kind === "rule";
}

interface Wanted {
  kind: NewKind;
  key: string;
  name: string;
  file: File | null;
  form: string;
  trigger: FirstTrigger;
}

function useCreate(wanted: Wanted) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      api.put(`/drafts/${wanted.kind}/${wanted.key}`, { rev: 0, ...(await contentOf(wanted)) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.definitions });
      await navigate(`/builder/${wanted.kind}s/${wanted.key}`);
    },
  });
}

async function contentOf({ kind, key, name, file, form, trigger }: Wanted) {
  if (kind === "flow") return { text: (await file?.text()) ?? "" };
  if (kind === "rule") return { text: firstRule(name, form, trigger) };
  if (kind === "decision") return { text: await firstDecision(key, name) };
  const texts = { language: currentLanguage(), name, firstField: t("definitions.firstField") };
  return { document: firstDocument(kind, key, texts, form) };
}

/** The server knows how a decision begins. */
async function firstDecision(key: string, label: string): Promise<string> {
  const { text } = await api.post<{ text: string }>(`/drafts/decision/${key}/preview`, { label });
  return text;
}

function keyProblem(kind: NewKind, key: string, taken: readonly string[]): string | undefined {
  if (!mayBeCalled(kind, key)) return t("definitions.key.wrong");
  return taken.includes(key) ? t("definitions.key.taken") : undefined;
}

function NameBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const texts = useT();
  return (
    <Labelled label={texts("definitions.name")}>
      {(id) => (
        <input
          id={id}
          className="input"
          value={value}
          maxLength={200}
          autoFocus
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

function FileBox({ onChange }: { onChange: (file: File | null) => void }) {
  const texts = useT();
  return (
    <Labelled label={texts("definitions.file")} hint={texts("definitions.file.hint")}>
      {(id, describedBy) => (
        <input
          id={id}
          aria-describedby={describedBy}
          type="file"
          accept=".bpmn,.xml"
          onChange={(event) => onChange(event.target.files?.[0] ?? null)}
        />
      )}
    </Labelled>
  );
}

interface FormBoxProps {
  kind: "view" | "rule";
  all: readonly DefinitionSummary[];
  value: string;
  onChange: (form: string) => void;
}

function FormBox({ kind, all, value, onChange }: FormBoxProps) {
  const texts = useT();
  return (
    <Labelled label={texts(`definitions.${kind}.form`)}>
      {(id) => (
        <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{texts("forms.choose")}</option>
          {all
            .filter(({ kind }) => kind === "form")
            .map((one) => (
              <option key={one.key} value={one.key}>
                {label(one.label, one.key)}
              </option>
            ))}
        </select>
      )}
    </Labelled>
  );
}

function TriggerBox({ value, onChange }: { value: FirstTrigger; onChange: (trigger: FirstTrigger) => void }) {
  const texts = useT();
  return (
    <Labelled label={texts("definitions.rule.trigger")}>
      {(id) => (
        <select
          id={id}
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value as FirstTrigger)}
        >
          {FIRST_TRIGGERS.map((one) => (
            <option key={one} value={one}>
              {texts(`automations.trigger.${one}`)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface KeyBoxProps {
  value: string;
  wrong: string | undefined;
  onChange: (key: string) => void;
}

/** Small: who names things needs not look at it; what is typed here stays. */
function KeyBox({ value, wrong, onChange }: KeyBoxProps) {
  const texts = useT();
  return (
    <div className="key-box">
      <Labelled label={texts("definitions.key")} hint={texts("definitions.key.hint")} error={wrong}>
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            aria-invalid={wrong !== undefined || undefined}
            className="input sm mono"
            value={value}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Labelled>
    </div>
  );
}
