import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { api, keys, sentenceOf, useMe, type Draft, type Problem } from "@/api";
import { ConflictDialog, DraftState, useDraftKeeper, useLoadedDraft } from "@/forms";
import { label, useT, type Label } from "@/i18n";
import { Button, Empty, Icon, Page, Skeleton, toast, type IconName } from "@/ui";
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
  const t = useT();
  const me = useMe();
  const { key = "" } = useParams();
  const draft = useLoadedDraft(kind, key);
  if (!me.rights.builder) return <Refused text={t("definitions.noRight")} />;
  if (draft.error) return <Refused text={sentenceOf(draft.error)} />;
  if (!draft.data) {
    return (
      <Page title={key} icon={icon}>
        <Skeleton rows={6} />
      </Page>
    );
  }
  return (
    <Opened<Document> key={`${key}.${draft.dataUpdatedAt}`} draft={draft.data} icon={icon}>
      {children}
    </Opened>
  );
}

function Refused({ text }: { text: string }) {
  const t = useT();
  return (
    <Page title={t("definitions.title")} icon="section">
      <Empty title={text} />
    </Page>
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
          {hasDraft && <Discard draft={draft} />}
          <Button look="pri" onClick={() => void publish()}>
            {t("definitions.publish")}
          </Button>
        </>
      }
    >
      <div className="sheet-scroll definition-body">
        <Problems problems={keeper.problems} />
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

function Discard({ draft }: { draft: Draft }) {
  const t = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const discard = useMutation({
    mutationFn: () => api.delete(`/drafts/${draft.kind}/${draft.key}`),
    onSuccess: async () => {
      if (!draft.published_version) await navigate("/builder");
      await queries.invalidateQueries({ queryKey: keys.definitions });
      if (draft.published_version)
        await queries.invalidateQueries({ queryKey: keys.draft(draft.kind, draft.key) });
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  return (
    <Button icon="undo" busy={discard.isPending} onClick={() => discard.mutate()}>
      {t("definitions.discard")}
    </Button>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  const t = useT();
  if (problems.length === 0) return null;
  return (
    <ul className="definition-problems" aria-label={t("designer.problems")}>
      {problems.map((problem, index) => (
        <li key={index}>
          <Icon
            name={problem.severity === "warning" ? "warn" : "error"}
            className={problem.severity === "warning" ? "amber" : "red"}
          />
          <span>
            {problem.message} {problem.hint && <span className="ink2">{problem.hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
