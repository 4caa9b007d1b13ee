import { useState, type ReactNode } from "react";
import type { LayoutNode } from "@/api";
import { label, useT } from "@/i18n";
import { Icon, Tabs } from "@/ui";
import { groupId } from "../model/program";
import { fieldOf, useSurface, type PlacedField } from "./context";
import { Facts } from "./Facts";
import { FieldSlot } from "./FieldSlot";

type Path = readonly number[];

interface ItemsProps {
  nodes: readonly LayoutNode[];
  base: Path;
  /** Title above: a field of the same name does not repeat it. */
  heading?: string;
}

/** The nodes of one level: fields flow in a grid of twelve columns, everything else takes a row of its own. */
export function Items({ nodes, base, heading = "" }: ItemsProps) {
  const { mode } = useSurface();
  const blocks = inBlocks(nodes, base);
  return blocks.map((block) =>
    block.kind === "fields" ? (
      mode === "view" ? (
        <Facts key={block.path.join()} fields={block.fields} heading={heading} />
      ) : (
        <div key={block.path.join()} className="grid12">
          {block.fields.map(({ key, span, path }) => (
            <Field key={key} name={key} span={span} path={path} heading={heading} />
          ))}
        </div>
      )
    ) : (
      <Block key={block.path.join()} node={block.node} path={block.path} />
    ),
  );
}

type BlockPart =
  | { kind: "fields"; fields: PlacedField[]; path: Path }
  | { kind: "node"; node: Exclude<LayoutNode, { kind: "field" }>; path: Path };

/** Neighbouring fields stand in one grid. */
function inBlocks(nodes: readonly LayoutNode[], base: Path): BlockPart[] {
  const blocks: BlockPart[] = [];
  nodes.forEach((node, index) => {
    const path = [...base, index];
    if (node.kind !== "field") {
      blocks.push({ kind: "node", node, path });
      return;
    }
    const field = { key: node.field, span: node.span ?? 6, path: path.join(".") };
    const last = blocks.at(-1);
    if (last?.kind === "fields") last.fields.push(field);
    else blocks.push({ kind: "fields", fields: [field], path });
  });
  return blocks;
}

interface FieldProps {
  name: string;
  span: number;
  path: string;
  heading: string;
}

function Field({ name, span, path, heading }: FieldProps) {
  const { form, mode, sample } = useSurface();
  const field = fieldOf(form, name);
  // What the system sets by itself is not there before the record is.
  if (mode === "create" && !sample && !(name in form.fields)) return null;
  return field ? (
    <FieldSlot field={field} span={span} path={path} named={label(field.label) !== heading} />
  ) : null;
}

function Block({ node, path }: { node: Exclude<LayoutNode, { kind: "field" }>; path: Path }) {
  if (node.kind === "group") return <Group node={node} path={path} />;
  if (node.kind === "tabs") return <TabSet node={node} path={path} />;
  return (
    <p className="form-text" data-node={path.join(".")}>
      {label(node.text)}
    </p>
  );
}

function Group({ node, path }: { node: Extract<LayoutNode, { kind: "group" }>; path: Path }) {
  const { settled, sample } = useSurface();
  const [open, setOpen] = useState(!node.collapsed);
  const name = label(node.label);
  const hidden = node.visible === false || settled.hiddenGroups.has(groupId(path));
  if (hidden && !sample) return null;
  const shown = open || sample || !name;
  return (
    <section className="group" data-node={path.join(".")} {...(name ? { "aria-label": name } : {})}>
      {name && <GroupHead node={node} name={name} open={shown} onToggle={() => setOpen(!open)} />}
      {shown && <Items nodes={node.items} base={path} heading={name} />}
      {sample && node.items.length === 0 && <EmptySlot />}
    </section>
  );
}

interface GroupHeadProps {
  node: Extract<LayoutNode, { kind: "group" }>;
  name: string;
  open: boolean;
  onToggle: () => void;
}

function GroupHead({ node, name, open, onToggle }: GroupHeadProps) {
  const { sample } = useSurface();
  return (
    <h2 className="group-head">
      {!node.collapsed || sample ? (
        <span>{name}</span>
      ) : (
        <button type="button" aria-expanded={open} onClick={onToggle}>
          {name}
          <Icon name={open ? "up" : "down"} size="s" className="dim" />
        </button>
      )}
      {sample && typeof node.visible === "object" && <span className="fxm">fx</span>}
    </h2>
  );
}

function EmptySlot(): ReactNode {
  const t = useT();
  return <div className="empty-slot">{t("forms.empty-slot")}</div>;
}

function TabSet({ node, path }: { node: Extract<LayoutNode, { kind: "tabs" }>; path: Path }) {
  const t = useT();
  const { openTab, idPrefix, sample } = useSurface();
  const [own, setOwn] = useState(0);
  const current = Math.min(openTab(path.join(".")) ?? own, node.tabs.length - 1);
  const tab = node.tabs[current];
  const items = node.tabs.map((each, index) => ({
    key: String(index),
    label: <span data-node={[...path, index].join(".")}>{label(each.label)}</span>,
  }));
  return (
    <section className="tabset" data-node={path.join(".")} id={`${idPrefix}-${path.join("-")}`}>
      <Tabs
        className="sm"
        label={t("forms.tabs")}
        items={items}
        value={String(current)}
        onChange={(key) => setOwn(Number(key))}
      />
      {tab && (
        <div role="tabpanel" aria-label={label(tab.label)} className="tabpanel">
          <Items nodes={tab.items} base={[...path, current]} />
          {sample && tab.items.length === 0 && <EmptySlot />}
        </div>
      )}
    </section>
  );
}
