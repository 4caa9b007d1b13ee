import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { api, ApiProblem, sentenceOf, type Draft } from "@/api";
import { useT } from "@/i18n";
import { Empty, Skeleton } from "@/ui";
import { asFormDocument, type FormDocument } from "../model/document";
import { Designer } from "./Designer";
import { useLoadedDraft } from "./useDraft";
import "./designer.css";

/** Route component: loads the draft and what is published, then opens the designer on it. */
export function Component() {
  const { key = "" } = useParams();
  const draft = useLoadedDraft("form", key);
  const published = usePublished(key, draft.data);
  if (draft.error) return <Unavailable error={draft.error} />;
  if (published.error) return <Unavailable error={published.error} />;
  if (!draft.data || published.isPending) {
    return (
      <main className="designer loading">
        <Skeleton rows={10} />
      </main>
    );
  }
  return <Designer key={key} draft={draft.data} published={published.data ?? null} />;
}

/** The published document, null for a form that was never published. */
function usePublished(key: string, draft: Draft | undefined) {
  return useQuery({
    queryKey: ["definitions", "form", key, draft?.published_version ?? 0],
    enabled: draft !== undefined,
    queryFn: async ({ signal }): Promise<FormDocument | null> => {
      if (!draft?.published_version) return null;
      const found = await api.get<{ document: unknown }>(`/definitions/form/${key}`, undefined, signal);
      return asFormDocument(found.document, key);
    },
  });
}

function Unavailable({ error }: { error: Error }) {
  const t = useT();
  const missing = error instanceof ApiProblem && error.status === 404;
  return (
    <main className="designer loading">
      <Empty title={missing ? t("designer.not-found") : sentenceOf(error)} />
    </main>
  );
}
