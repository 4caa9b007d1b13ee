import type { Problem } from "@/api";
import { useT, type Language } from "@/i18n";
import { Button, Icon, IconButton, Segmented } from "@/ui";
import { Row } from "../fields/settings/rows";
import type { FormDocument } from "../model/document";
import {
  nodeAt,
  readLayout,
  type GroupNode,
  type LayoutNode,
  type Path,
  type TabsNode,
} from "../model/layout";
import { placeInDocument } from "../model/problems";
import { nodeName } from "./actions";
import { Checks, type CheckActions } from "./Checks";
import { SwitchRow } from "./Condition";
import { LabelRows } from "./LabelRows";

export interface NodeActions {
  set: (path: Path, change: Readonly<Record<string, unknown>>, tag?: string) => void;
  rename: (path: Path, language: Language, text: string) => void;
  addTab: (path: Path) => void;
  select: (path: Path) => void;
  remove: () => void;
}

interface Props {
  document: FormDocument;
  path: Path;
  actions: NodeActions;
}

/** A group, tab set, tab or text. */
export function NodeProperties({ document, path, actions }: Props) {
  const t = useT();
  const node = nodeAt(readLayout(document), path);
  if (!node || node.kind === "field") return null;
  return (
    <div className="props-body">
      <section className="psec">
        {node.kind !== "tabs" && (
          <LabelRows
            title={t(node.kind === "text" ? "designer.text" : "designer.title")}
            value={node.kind === "text" ? node.text : node.label}
            onChange={(language, text) => actions.rename(path, language, text)}
          />
        )}
        {node.kind === "group" && <Group node={node} path={path} actions={actions} />}
        {node.kind === "tabs" && <TabList document={document} node={node} path={path} actions={actions} />}
      </section>
      <section className="psec">
        {hasContent(node) && <p className="hint">{t("designer.remove-keeps")}</p>}
        <Button size="sm" icon="trash" danger onClick={actions.remove}>
          {t("designer.remove")}
        </Button>
      </section>
    </div>
  );
}

function hasContent(node: LayoutNode): boolean {
  return "items" in node && node.items.length > 0;
}

const COLUMN_CHOICES = ["1", "2", "3", "4"] as const;

function Group({ node, path, actions }: { node: GroupNode; path: Path; actions: NodeActions }) {
  const t = useT();
  return (
    <>
      <div className="prow">
        <span className="lab">{t("designer.group-columns")}</span>
        <Segmented
          className="sm fill"
          label={t("designer.group-columns")}
          items={COLUMN_CHOICES.map((key) => ({ key, label: key }))}
          value={String(node.columns) as (typeof COLUMN_CHOICES)[number]}
          onChange={(key) => actions.set(path, relaid(node, Number(key)))}
        />
      </div>
      <Row label={t("designer.collapsed")} changed={node.collapsed === true}>
        {(id) => (
          <input
            id={id}
            type="checkbox"
            checked={node.collapsed === true}
            onChange={(event) => actions.set(path, { collapsed: event.target.checked || undefined })}
          />
        )}
      </Row>
      <SwitchRow
        label={t("designer.visible")}
        words={[t("designer.visible.default"), t("designer.visible.other")]}
        otherwise
        value={node.visible}
        property="visible"
        address={{ field: "" }}
        onChange={(visible) => actions.set(path, { visible }, `visible:${path.join()}`)}
      />
    </>
  );
}

/** Another number of columns gives every field of the group one column of it. */
function relaid(node: GroupNode, columns: number): Readonly<Record<string, unknown>> {
  const items = node.items.map((item) =>
    item.kind === "field" && item.span === 12 / node.columns ? { ...item, span: 12 / columns } : item,
  );
  return { columns, items };
}

function TabList({
  document,
  node,
  path,
  actions,
}: {
  document: FormDocument;
  node: TabsNode;
  path: Path;
  actions: NodeActions;
}) {
  const t = useT();
  return (
    <>
      <h3>{t("designer.tabs")}</h3>
      <ul className="opts">
        {node.items.map((tab, index) => (
          <li key={index} className="opt column">
            <span className="ell grow">{nodeName(document, tab)}</span>
            <IconButton
              icon="edit"
              size="xs"
              label={t("designer.open", { name: nodeName(document, tab) })}
              onClick={() => actions.select([...path, index])}
            />
          </li>
        ))}
      </ul>
      <Button look="quiet" size="sm" icon="plus" onClick={() => actions.addTab(path)}>
        {t("designer.tab-add")}
      </Button>
    </>
  );
}

interface FormProps {
  document: FormDocument;
  problems: readonly Problem[];
  checks: CheckActions;
  rename: (language: Language, text: string) => void;
  set: (change: Readonly<Record<string, unknown>>, tag?: string) => void;
}

/** The form itself. */
export function FormProperties({ document, problems, checks, rename, set }: FormProps) {
  const t = useT();
  return (
    <div className="props-body">
      <section className="psec">
        <LabelRows title={t("designer.form-name")} value={document.label} onChange={rename} />
        <Row label={t("designer.record-title")} changed={document.title !== undefined}>
          {(id) => (
            <input
              id={id}
              className="input sm soft mono"
              value={document.title ?? ""}
              placeholder="{name}"
              onChange={(event) => set({ title: event.target.value || undefined }, "title")}
            />
          )}
        </Row>
        <p className="hint">{t("designer.record-title-hint")}</p>
        <Row label={t("designer.key")}>
          {(id) => <input id={id} className="input sm ro mono" value={document.key} disabled />}
        </Row>
        <FormProblems problems={problems} />
      </section>
      <Checks document={document} problems={problems} actions={checks} />
    </div>
  );
}

/** Problems that stand at no field, check or part of the layout. */
function FormProblems({ problems }: { problems: readonly Problem[] }) {
  const here = problems.filter(({ at }) => Object.keys(placeInDocument(at)).length === 0);
  return here.map((problem, index) => (
    <p key={index} className="err row-problem">
      <Icon name="error" size="s" /> {problem.message} {problem.hint}
    </p>
  ));
}
