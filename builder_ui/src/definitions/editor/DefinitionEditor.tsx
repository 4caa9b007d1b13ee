import { useState, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import type { Draft, Problem } from "@/api";
import { ConflictDialog, DiscardDraft, DraftRoute, DraftState, useDraftKeeper } from "@/forms";
import { label, useT, type Label } from "@/i18n";
import { Button, Icon, Page, ProblemLines, type IconName } from "@/ui";
import { Names } from "./Names";
import "./editor.css";

/** What every definition in JSON has. */
export interface Named {
  readonly key: string;
  readonly label: Label;
}

export interface BodyProps<Document> {
  readonly document: Document;
  readonly change: (next: Document) => void;
  readonly problems: readonly Problem[];
}

interface Props<Document> {
  kind: "role" | "view" | "app" | "calendar";
  icon: IconName;
  children: (props: BodyProps<Document>) => ReactNode;
}

/** A role, view, app or calendar as a page: its draft is loaded and kept after every change, then planned and published. */
export function DefinitionEditor<Document extends Named>({ kind, icon, children }: Props<Document>) {
  return (
    <DraftRoute kind={kind} icon={icon}>
      {(draft, opened) => (
        <Opened<Document> key={opened} draft={draft} icon={icon}>
          {children}
        </Opened>
      )}
    </DraftRoute>
  );
}

interface OpenedProps<Document> {
  draft: Draft;
  icon: IconName;
  children: (props: BodyProps<Document>) => ReactNode;
}

function Opened<Document extends Named>({ draft, icon, children }: OpenedProps<Document>) {
  const t = useT();
  const navigate = useNavigate();
  const [document, change] = useState(() => draft.document as unknown as Document);
  const keeper = useDraftKeeper(draft, document);
  const name = label(document.label, document.key);
  const hasDraft = draft.rev > 0 || keeper.savedAt !== undefined;
  const publish = async () => {
    if (await keeper.flush()) await navigate(`/builder/publish?kind=${draft.kind}&key=${draft.key}`);
  };
  return (
    <Page
      title={name}
      icon={icon}
      className="definition-editor"
      lead={
        <Link className="btn quiet ico" to="/builder" aria-label={t("definitions.back")}>
          <Icon name="left" />
        </Link>
      }
      note={<DraftState version={draft.published_version ?? undefined} isDraft={hasDraft} keeper={keeper} />}
      actions={
        <>
          {hasDraft && <DiscardDraft draft={draft} />}
          <Button look="pri" onClick={() => void publish()}>
            {t("definitions.publish")}
          </Button>
        </>
      }
    >
      <div className="sheet-scroll definition-body">
        {keeper.problems.length > 0 && (
          <ProblemLines label={t("designer.problems")} problems={keeper.problems} />
        )}
        <Names value={document.label} onChange={(next) => change({ ...document, label: next })} />
        {children({ document, change, problems: keeper.problems })}
      </div>
      <ConflictDialog
        keeper={keeper}
        onReload={(theirs) => {
          const loaded = theirs.document as unknown as Document;
          change(loaded);
          keeper.accept(theirs, loaded);
        }}
      />
    </Page>
  );
}
