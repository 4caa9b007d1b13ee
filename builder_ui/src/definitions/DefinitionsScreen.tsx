import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useMe, type DefinitionSummary } from "@/api";
import { formatMoment, label, useT } from "@/i18n";
import { Button, Empty, Icon, Page, Skeleton, type IconName } from "@/ui";
import type { NewKind } from "./model/kinds";
import { NewDefinition } from "./NewDefinition";
import { useAllDefinitions } from "./useDefinitions";
import "./definitions.css";

const KINDS: readonly { kind: NewKind; icon: IconName }[] = [
  { kind: "form", icon: "form" },
  { kind: "flow", icon: "flow" },
  { kind: "rule", icon: "rule" },
  { kind: "decision", icon: "decision" },
  { kind: "view", icon: "list" },
  { kind: "app", icon: "menu" },
  { kind: "role", icon: "role" },
  { kind: "calendar", icon: "date" },
];

function by(definition: DefinitionSummary): string {
  const who = definition.updated_by;
  const name = typeof who === "object" && who !== null ? who.name : (who ?? "");
  return [name, definition.updated_at ? formatMoment(definition.updated_at) : ""].filter(Boolean).join(" · ");
}

interface KindProps {
  kind: NewKind;
  icon: IconName;
  definitions: readonly DefinitionSummary[] | undefined;
  onNew: () => void;
}

function Kind({ kind, icon, definitions, onNew }: KindProps) {
  const t = useT();
  return (
    <section className="home-section" aria-label={t(`definitions.kind.${kind}`)}>
      <header className="sec-h">
        <h2>{t(`definitions.kind.${kind}`)}</h2>
        <small>{definitions?.length}</small>
        <span className="ink2 about">{t(`definitions.about.${kind}`)}</span>
        <Button size="sm" icon="plus" className="push" onClick={onNew}>
          {t(`definitions.new.${kind}`)}
        </Button>
      </header>
      {!definitions && <Skeleton rows={4} />}
      {definitions?.length === 0 && <Empty title={t(`definitions.none.${kind}`)} />}
      <ul className="lines">
        {definitions?.map((definition) => (
          <li key={definition.key}>
            <Link to={`/builder/${kind}s/${definition.key}`}>
              <Line icon={icon} definition={definition} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ icon, definition }: { icon: IconName; definition: DefinitionSummary }) {
  const t = useT();
  return (
    <>
      <Icon name={icon} />
      <b className="ell">{label(definition.label, definition.key)}</b>
      <code className="grow ell">{definition.key}</code>
      {definition.draft && <span className="badge new">{t("definitions.draft")}</span>}
      <span className="ink2 version">
        {definition.version ? `v${definition.version}` : t("definitions.unpublished")}
      </span>
      <span className="ink2 by ell">{by(definition)}</span>
    </>
  );
}

/** The builder's list: what people can define, with its published version and open drafts. */
export function Component() {
  const t = useT();
  const me = useMe();
  const [search] = useSearchParams();
  const asked = KINDS.find(({ kind }) => kind === search.get("new"))?.kind ?? null;
  const [creating, setCreating] = useState<NewKind | null>(asked);
  const { data, error } = useAllDefinitions(me.rights.builder === true);
  if (error) throw error;
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
          <Kind
            key={entry.kind}
            {...entry}
            definitions={data?.filter(({ kind }) => kind === entry.kind)}
            onNew={() => setCreating(entry.kind)}
          />
        ))}
      </div>
      {creating && <NewDefinition kind={creating} all={data ?? []} onClose={() => setCreating(null)} />}
    </Page>
  );
}
