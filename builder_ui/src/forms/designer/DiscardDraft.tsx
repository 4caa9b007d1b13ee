import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, keys, sentenceOf, type Draft } from "@/api";
import { useT } from "@/i18n";
import { Button, toast } from "@/ui";

/** Gives the draft up; a definition that was never published is gone with it. */
export function DiscardDraft({ draft: { kind, key, published_version } }: { draft: Draft }) {
  const t = useT();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const discard = useMutation({
    mutationFn: () => api.delete(`/drafts/${kind}/${key}`),
    onSuccess: async () => {
      if (!published_version) await navigate("/builder");
      await queries.invalidateQueries({ queryKey: keys.definitions });
      if (published_version) await queries.invalidateQueries({ queryKey: keys.draft(kind, key) });
    },
    onError: (error) => toast.failed(sentenceOf(error)),
  });
  return (
    <Button icon="undo" busy={discard.isPending} onClick={() => discard.mutate()}>
      {t("definitions.discard")}
    </Button>
  );
}
