import type { ReactNode } from "react";
import { useParams } from "react-router";
import { sentenceOf, useMe, type Draft } from "@/api";
import { useT } from "@/i18n";
import { Empty, Page, Skeleton, type IconName } from "@/ui";
import { useLoadedDraft } from "./useDraft";

interface Props {
  kind: string;
  icon: IconName;
  /** The editor, begun anew for every draft that is loaded. */
  children: (draft: Draft, opened: string) => ReactNode;
}

/** The page of one definition: loads its draft for those who may build, and says why it cannot. */
export function DraftRoute({ kind, icon, children }: Props) {
  const t = useT();
  const me = useMe();
  const { key = "" } = useParams();
  const draft = useLoadedDraft(kind, key);
  const refused = me.rights.builder ? draft.error && sentenceOf(draft.error) : t("definitions.noRight");
  if (refused)
    return (
      <Page title={t("definitions.title")} icon="section">
        <Empty title={refused} />
      </Page>
    );
  if (!draft.data)
    return (
      <Page title={key} icon={icon}>
        <Skeleton rows={8} />
      </Page>
    );
  return children(draft.data, `${key}.${draft.dataUpdatedAt}`);
}
