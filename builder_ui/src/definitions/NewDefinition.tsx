import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, keys, sentenceOf, type Json } from "@/api";
import { currentLanguage, t, useT } from "@/i18n";
import { Dialog, Labelled } from "@/ui";

export type NewKind = "form" | "flow";

/** SEMANTICS §2: lower-case words joined by single underscores, at most 40 characters. */
const KEY = /^[a-z](_?[a-z0-9])*$/;
const LONGEST = 40;

function firstDocument(key: string, name: string): Json {
  const inLanguage = (text: string) => ({ [currentLanguage()]: text });
  return {
    key,
    label: inLanguage(name),
    fields: { name: { type: "text", label: inLanguage(t("definitions.firstField")), required: true } },
    layout: [{ field: "name", span: 12 }],
  };
}

async function content(kind: NewKind, key: string, name: string, file: File | null) {
  return kind === "form" ? { document: firstDocument(key, name) } : { text: (await file?.text()) ?? "" };
}

/** A new form starts with one text field; a new flow with an uploaded BPMN file. Both become a draft. */
export function NewDefinition({ kind, onClose }: { kind: NewKind; onClose: () => void }) {
  const texts = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const create = useMutation({
    mutationFn: async () =>
      api.put(`/drafts/${kind}/${key}`, { rev: 0, ...(await content(kind, key, name, file)) }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.definitions });
      await navigate(`/builder/${kind}s/${key}`);
    },
  });
  const valid = KEY.test(key) && key.length <= LONGEST;
  const ready = valid && (kind === "form" ? name.trim() !== "" : file !== null);
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
      <div className="col">
        {kind === "form" ? (
          <Labelled label={texts("definitions.name")}>
            {(id) => (
              <input
                id={id}
                className="input"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Labelled>
        ) : (
          <Labelled label={texts("definitions.file")} hint={texts("definitions.file.hint")}>
            {(id, describedBy) => (
              <input
                id={id}
                aria-describedby={describedBy}
                type="file"
                accept=".bpmn,.xml"
                onChange={(event) => setFile(event.target.files?.[0] ?? null)}
              />
            )}
          </Labelled>
        )}
        <Labelled
          label={texts("definitions.key")}
          hint={texts("definitions.key.hint")}
          error={key !== "" && !valid ? texts("definitions.key.wrong") : undefined}
        >
          {(id, describedBy) => (
            <input
              id={id}
              aria-describedby={describedBy}
              className="input mono"
              value={key}
              spellCheck={false}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Labelled>
        {create.isError && <p className="err">{sentenceOf(create.error)}</p>}
      </div>
    </Dialog>
  );
}
