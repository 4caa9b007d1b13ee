import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef } from "react";
import { Link, useParams } from "react-router";
import { api, keys, sentenceOf, type DefinitionSummary, type Draft, type Problem } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Button, Empty, Icon, Page, Skeleton, toast } from "@/ui";
import "./flow.css";

const BpmnPicture = lazy(() => import("../monitor/BpmnPicture"));

interface Version {
  version: number;
  published_at: string;
  published_by?: { name: string } | string | null;
  note?: string | null;
  current: boolean;
}

function useDraft(flow: string) {
  return useQuery({
    queryKey: keys.draft("flow", flow),
    queryFn: ({ signal }) => api.get<Draft>(`/drafts/flow/${flow}`, undefined, signal),
    retry: false,
  });
}

/** The flow as people know it; a draft that was never published has only its key. */
function useName(flow: string): string {
  const { data } = useQuery({
    queryKey: [...keys.definitions, "flow"],
    queryFn: ({ signal }) =>
      api.get<{ items: DefinitionSummary[] }>("/definitions", { kind: "flow" }, signal),
  });
  return label(data?.items.find((one) => one.key === flow)?.label, flow);
}

/** Replaces the draft's text; the answer carries the problems of the new text. */
function useDraftChanges(flow: string, rev: number) {
  const queries = useQueryClient();
  const stale = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: keys.draft("flow", flow) }),
      queries.invalidateQueries({ queryKey: keys.definitions }),
    ]);
  const upload = useMutation({
    mutationFn: async (file: File) => api.put(`/drafts/flow/${flow}`, { rev, text: await file.text() }),
    onSuccess: stale,
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  const discard = useMutation({
    mutationFn: () => api.delete(`/drafts/flow/${flow}`),
    onSuccess: stale,
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  return { upload, discard };
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  const t = useT();
  return (
    <section>
      <header className="sec-h">
        <h2>{t("flows.problems")}</h2>
        <small>{problems.length}</small>
      </header>
      {problems.length === 0 && (
        <p className="notice ok">
          <Icon name="ok" />
          {t("flows.problems.none")}
        </p>
      )}
      <ul className="problems">
        {problems.map((problem, at) => (
          <li key={at}>
            <Icon
              name={problem.severity === "warning" ? "warn" : "error"}
              className={problem.severity === "warning" ? "amber" : "red"}
            />
            <span className="grow">
              {problem.message}
              {problem.hint && <small>{problem.hint}</small>}
            </span>
            {problem.at && <code>{problem.at}</code>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ flow }: { flow: string }) {
  const t = useT();
  const { data } = useQuery({
    queryKey: [...keys.definitions, "flow", flow, "versions"],
    queryFn: ({ signal }) =>
      api.get<{ items: Version[] }>(`/definitions/flow/${flow}/versions`, undefined, signal),
    retry: false,
  });
  const by = (version: Version) =>
    typeof version.published_by === "object" ? version.published_by?.name : version.published_by;
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <header className="sec-h">
        <h2>{t("flows.versions")}</h2>
      </header>
      <ul className="problems">
        {data.items.map((version) => (
          <li key={version.version}>
            <b>v{version.version}</b>
            <span className="grow ell">{version.note}</span>
            <small>{[by(version), formatMoment(version.published_at)].filter(Boolean).join(" · ")}</small>
            {version.current && <span className="tagt ok">{t("flows.versions.current")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function UploadButton({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        className="sr"
        type="file"
        accept=".bpmn,.xml"
        tabIndex={-1}
        aria-label={t("flows.upload")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          event.target.value = "";
        }}
      />
      <Button icon="publish" busy={busy} onClick={() => input.current?.click()}>
        {t("flows.upload")}
      </Button>
    </>
  );
}

/** A flow for its builder: the draft's picture (or the published one), what is wrong with it, upload, publish. */
export function Component() {
  const { flow = "" } = useParams();
  const t = useT();
  const name = useName(flow);
  const draft = useDraft(flow);
  const { upload, discard } = useDraftChanges(flow, draft.data?.rev ?? 0);
  if (draft.isError) throw draft.error;
  const problems = draft.data?.problems ?? [];
  const isDraft = (draft.data?.rev ?? 0) > 0;
  const wrong = problems.flatMap((problem) => (problem.at ? [problem.at] : []));
  return (
    <Page
      title={name}
      icon="flow"
      note={isDraft ? t("flows.draft") : `v${draft.data?.published_version ?? ""}`}
      lead={
        <Link className="btn quiet ico" to="/builder" aria-label={t("flows.back")}>
          <Icon name="left" />
        </Link>
      }
      actions={
        <>
          {isDraft && (
            <Button look="quiet" busy={discard.isPending} onClick={() => discard.mutate()}>
              {t("flows.discard")}
            </Button>
          )}
          <UploadButton busy={upload.isPending} onFile={(file) => upload.mutate(file)} />
          {isDraft && (
            <Link className="btn pri" to={`/builder/publish?kind=flow&key=${flow}`}>
              {t("flows.publish")}
            </Link>
          )}
        </>
      }
    >
      <div className="flow-columns">
        <div className="flow-picture">
          {draft.isPending && <Skeleton />}
          {draft.data?.text === "" && <Empty title={t("flows.none")} />}
          {draft.data?.text && (
            <Suspense fallback={<Skeleton />}>
              <BpmnPicture xml={draft.data.text} wrong={wrong} />
            </Suspense>
          )}
        </div>
        <aside>
          <Problems problems={problems} />
          <Versions flow={flow} />
        </aside>
      </div>
    </Page>
  );
}
