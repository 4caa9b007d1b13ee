import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api, keys, useMe, type DefinitionSummary } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Button, Empty, Icon, Page, Skeleton, type IconName } from "@/ui";
import { NewDefinition, type NewKind } from "./NewDefinition";
import "./definitions.css";

const KINDS: readonly { kind: NewKind; icon: IconName; path: string }[] = [
  { kind: "form", icon: "form", path: "/builder/forms" },
  { kind: "flow", icon: "flow", path: "/builder/flows" },
];

function useDefinitions(kind: string) {
  return useQuery({
    queryKey: [...keys.definitions, kind],
    queryFn: ({ signal }) => api.get<{ items: DefinitionSummary[] }>("/definitions", { kind }, signal),
  });
}

function by(definition: DefinitionSummary): string {
  const who = definition.updated_by;
  const name = typeof who === "object" && who !== null ? who.name : (who ?? "");
  return [name, definition.updated_at ? formatMoment(definition.updated_at) : ""].filter(Boolean).join(" · ");
}

function Kind({ kind, icon, path, onNew }: (typeof KINDS)[number] & { onNew: () => void }) {
  const t = useT();
  const { data, error } = useDefinitions(kind);
  if (error) throw error;
  return (
    <section className="home-section">
      <header className="sec-h">
        <h2>{t(`definitions.kind.${kind}`)}</h2>
        <small>{data?.items.length}</small>
        <Button size="sm" icon="plus" className="push" onClick={onNew}>
          {t(`definitions.new.${kind}`)}
        </Button>
      </header>
      {!data && <Skeleton rows={4} />}
      {data?.items.length === 0 && <Empty title={t(`definitions.none.${kind}`)} />}
      <ul className="lines">
        {data?.items.map((definition) => (
          <li key={definition.key}>
            <Link to={`${path}/${definition.key}`}>
              <Icon name={icon} />
              <b className="ell">{label(definition.label, definition.key)}</b>
              <code className="grow ell">{definition.key}</code>
              {definition.draft && <span className="badge new">{t("definitions.draft")}</span>}
              <span className="ink2 version">
                {definition.version ? `v${definition.version}` : t("definitions.unpublished")}
              </span>
              <span className="ink2 by ell">{by(definition)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The builder's list: forms and flows with their published version and open drafts. */
export function Component() {
  const t = useT();
  const me = useMe();
  const [creating, setCreating] = useState<NewKind | null>(null);
  if (!me.rights.builder) {
    return (
      <Page title={t("definitions.title")}>
        <Empty title={t("definitions.noRight")} />
      </Page>
    );
  }
  return (
    <Page
      title={t("definitions.title")}
      icon="section"
      actions={
        <Link className="btn pri" to="/builder/publish">
          <Icon name="publish" />
          {t("definitions.publish")}
        </Link>
      }
    >
      <div className="sheet-scroll definitions">
        {KINDS.map((entry) => (
          <Kind key={entry.kind} {...entry} onNew={() => setCreating(entry.kind)} />
        ))}
      </div>
      {creating && <NewDefinition kind={creating} onClose={() => setCreating(null)} />}
    </Page>
  );
}
