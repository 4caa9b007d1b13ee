import { useId, useState } from "react";
import type { DefinitionSummary } from "@/api";
import { label, useT } from "@/i18n";
import { Button } from "@/ui";
import { isError, nameOf, refText, type DraftRef, type PublishAnswer } from "./model/plan";
import { Versions } from "./Versions";

interface Props {
  all: readonly DefinitionSummary[];
  waiting: readonly DefinitionSummary[];
  picked: readonly string[];
  onPick: (picked: readonly string[]) => void;
  answer: PublishAnswer | undefined;
  /** Why the button is off. */
  blocked: { key: string; params?: Readonly<Record<string, number>> } | undefined;
  failure: string | undefined;
  busy: boolean;
  done: boolean;
  focus: DraftRef | null;
  onPublish: (note: string) => void;
}

/** The right column: what is published, with which note, and the versions before. */
export function Summary(props: Props) {
  const t = useT();
  const noteId = useId();
  const reasonId = useId();
  const [note, setNote] = useState("");
  const { answer, blocked, failure } = props;
  const errors = answer?.problems.filter(isError).length ?? 0;
  const warnings = (answer?.problems.length ?? 0) - errors;
  return (
    <aside className="props" aria-label={t("publish.publish")}>
      <header className="hd">
        <h2 className="grow">{t("publish.publish")}</h2>
        {errors > 0 && <span className="badge bad">{t("publish.errors", { count: errors })}</span>}
        {warnings > 0 && <span className="badge warn">{t("publish.warnings", { count: warnings })}</span>}
      </header>
      {!props.done && (
        <section className="sec">
          <Choice {...props} />
          <label className="lab" htmlFor={noteId}>
            {t("publish.note")}
          </label>
          <textarea
            id={noteId}
            className="textarea"
            rows={3}
            value={note}
            placeholder={t("publish.note-hint")}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button
            look="pri"
            size="lg"
            disabled={blocked !== undefined}
            busy={props.busy}
            aria-describedby={reasonId}
            onClick={() => props.onPublish(note)}
          >
            {t("publish.publish")}
          </Button>
          <p id={reasonId} className={failure ? "err" : "hint"} role="status">
            {failure ?? (blocked ? t(blocked.key, blocked.params) : t("publish.can-roll-back"))}
          </p>
        </section>
      )}
      {props.focus && <Versions definition={props.focus} name={nameOf(props.all, props.focus)} />}
    </aside>
  );
}

function Choice({ waiting, picked, onPick }: Props) {
  const t = useT();
  if (waiting.length === 0) return null;
  return (
    <fieldset className="choice">
      <legend className="lab">{t("publish.drafts")}</legend>
      {waiting.map((draft) => {
        const ref = refText(draft);
        const on = picked.includes(ref);
        return (
          <label key={ref} className="row">
            <input
              type="checkbox"
              checked={on}
              onChange={() => onPick(on ? picked.filter((each) => each !== ref) : [...picked, ref])}
            />
            <span className="ell grow">{label(draft.label, draft.key)}</span>
            <span className="ink2 t12">{t(`publish.kind.${draft.kind}`)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
