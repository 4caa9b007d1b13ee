import { useMemo } from "react";
import type { FormRender } from "@/api";
import { currentLanguage, t, useT, type Language } from "@/i18n";
import { Icon } from "@/ui";
import { SettingsScopeContext } from "../fields/settings/context";
import { specOf } from "../fields/specs";
import * as checks from "../model/checks";
import * as commands from "../model/commands";
import { fieldAt, type FieldAddress, type FormDocument } from "../model/document";
import { freeKey } from "../model/keys";
import { withLabel } from "../model/label";
import { nodeAt, readLayout, type Path } from "../model/layout";
import { pathOf, selectionAt } from "../model/selection";
import * as actions from "./actions";
import type { CheckActions } from "./Checks";
import { FieldProperties, type FieldActions } from "./FieldProperties";
import { FormProperties, NodeProperties, type NodeActions } from "./NodeProperties";
import type { Design, Edit } from "./state";
import { readableFields } from "./useDesignedForm";
import type { DraftKeeper } from "./useDraft";

interface Props {
  design: Design;
  form: FormRender;
  keeper: DraftKeeper<FormDocument>;
  published: FormDocument | null;
  apply: (edit: Edit | undefined) => void;
}

/** What is selected, property by property. */
export function Properties({ design, form, keeper, published, apply }: Props) {
  const t = useT();
  const { document, selection } = design;
  const path = pathOf(document, selection);
  const column = selection.kind === "column" ? selection : undefined;
  const scope = useMemo(() => {
    const record = readableFields(form);
    const row = column && Object.values(form.fields[column.field]?.fields ?? {});
    const address =
      selection.kind === "field" || selection.kind === "column" ? addressOf(selection) : undefined;
    const before = address && published ? fieldAt(published, address) : undefined;
    return {
      problems: keeper.problems,
      form: published ? form.key : "",
      fields: [...(row ?? []), ...record],
      record,
      siblings: row ?? Object.values(form.fields),
      fixedOptions: before?.options?.map(({ key }) => key) ?? [],
    };
  }, [form, keeper.problems, column, selection, published]);
  const node = path && nodeAt(readLayout(document), path);
  return (
    <SettingsScopeContext value={scope}>
      <aside className="props" aria-label={t("designer.properties")}>
        <Head design={design} />
        {(selection.kind === "field" || selection.kind === "column") && (
          <FieldProperties
            document={document}
            address={addressOf(selection)}
            span={selection.kind === "field" && node?.kind === "field" ? node.span : undefined}
            isPublished={isPublished(published, addressOf(selection))}
            actions={fieldActions(design, published, apply)}
          />
        )}
        {selection.kind === "node" && (
          <NodeProperties document={document} path={selection.path} actions={nodeActions(design, apply)} />
        )}
        {selection.kind === "form" && (
          <FormProperties
            document={document}
            problems={keeper.problems}
            checks={checkActions(design, apply)}
            {...formActions(design, apply)}
          />
        )}
      </aside>
    </SettingsScopeContext>
  );
}

function addressOf(selection: { field: string; sub?: string }): FieldAddress {
  return selection.sub === undefined
    ? { field: selection.field }
    : { field: selection.field, sub: selection.sub };
}

function isPublished(published: FormDocument | null, { field, sub }: FieldAddress): boolean {
  const outer = published?.fields[field];
  return sub === undefined ? outer !== undefined : outer?.fields?.[sub] !== undefined;
}

function Head({ design: { document, selection } }: { design: Design }) {
  const type =
    selection.kind === "field"
      ? document.fields[selection.field]?.type
      : selection.kind === "column"
        ? document.fields[selection.field]?.fields?.[selection.sub]?.type
        : undefined;
  const key = selection.kind === "field" ? selection.field : selection.kind === "column" ? selection.sub : "";
  return (
    <header className="hd">
      <Icon name={type ? (specOf(type)?.icon ?? "text") : selection.kind === "node" ? "section" : "form"} />
      <h2 className="ell">{actions.selectionName(document, selection)}</h2>
      {key && <code className="mono ink2">{key}</code>}
    </header>
  );
}

type Apply = (edit: Edit | undefined) => void;

function fieldActions(design: Design, published: FormDocument | null, apply: Apply): FieldActions {
  const { document, selection } = design;
  const publishedKeys = new Set(Object.keys(published?.fields ?? {}));
  const set: FieldActions["set"] = (address, change, tag) =>
    apply({
      name: { key: "designer.edit.property", subject: actions.selectionName(document, selection) },
      document: commands.setField(document, address, change),
      ...(tag === undefined ? {} : { tag: `${address.field}.${address.sub ?? ""}.${tag}` }),
    });
  return {
    set,
    rename: (address, language, text) =>
      apply(renameEdit(document, address, language, text, publishedKeys, isPublished(published, address))),
    setKey: (address, key) => apply(setKeyEdit(document, address, key)),
    setSpan: (span) => {
      const path = pathOf(document, selection);
      if (path)
        apply({ name: { key: "designer.edit.width" }, document: commands.setSpan(document, path, span) });
    },
    unplace: () => selection.kind === "field" && apply(actions.unplace(document, selection.field)),
    remove: () => apply(actions.removeSelected(document, selection)),
    selectColumn: (field, sub) => design.select({ kind: "column", field, sub }),
    addColumn: (field, type) => apply(addColumnEdit(document, field, type)),
    moveColumn: (field, sub, by) =>
      apply({
        name: { key: "designer.edit.move" },
        document: commands.moveSubfield(document, field, sub, by),
      }),
  };
}

function renameEdit(
  document: FormDocument,
  address: FieldAddress,
  language: Language,
  text: string,
  published: ReadonlySet<string>,
  isFixed: boolean,
): Edit | undefined {
  if (address.sub === undefined)
    return actions.renameField(document, address.field, language, text, published);
  return actions.renameColumn(document, { field: address.field, sub: address.sub }, language, text, isFixed);
}

function setKeyEdit(document: FormDocument, { field, sub }: FieldAddress, key: string): Edit {
  const name = { key: "designer.edit.key", subject: key };
  if (sub === undefined) {
    return {
      name,
      document: commands.renameKey(document, field, key),
      selection: { kind: "field", field: key },
    };
  }
  return {
    name,
    document: commands.renameSubfield(document, field, sub, key),
    selection: { kind: "column", field, sub: key },
  };
}

function addColumnEdit(document: FormDocument, table: string, type: string): Edit {
  const text = actions.typeName(type);
  const key = freeKey(actions.autoKey(text, type, []), Object.keys(document.fields[table]?.fields ?? {}));
  return {
    name: { key: "designer.edit.add", subject: text },
    document: commands.addSubfield(document, table, key, actions.newField(type, text)),
    selection: { kind: "column", field: table, sub: key },
  };
}

function nodeActions(design: Design, apply: Apply): NodeActions {
  const { document, selection } = design;
  return {
    set: (path, change, tag) =>
      apply({
        name: { key: "designer.edit.property", subject: actions.selectionName(document, selection) },
        document: commands.setNode(document, path, change),
        ...(tag === undefined ? {} : { tag }),
      }),
    rename: (path, language, text) => apply(nodeLabelEdit(document, path, language, text)),
    addTab: (path) => apply(addTabEdit(document, path)),
    select: design.selectPath,
    remove: () => apply(actions.removeSelected(document, selection)),
  };
}

function nodeLabelEdit(
  document: FormDocument,
  path: Path,
  language: Language,
  text: string,
): Edit | undefined {
  const node = nodeAt(readLayout(document), path);
  if (node === undefined || node.kind === "field" || node.kind === "tabs") return undefined;
  const property = node.kind === "text" ? "text" : "label";
  const label = withLabel(node.kind === "text" ? node.text : node.label, language, text);
  const value = label === "" && node.kind === "group" ? undefined : label;
  return {
    name: { key: "designer.edit.label", subject: text },
    document: commands.setNode(document, path, { [property]: value }),
    tag: `label:${path.join()}.${language}`,
  };
}

function addTabEdit(document: FormDocument, path: Path): Edit {
  const node = nodeAt(readLayout(document), path);
  const count = node?.kind === "tabs" ? node.items.length : 0;
  const after = commands.addTab(document, path, actions.newTabName(count + 1));
  return {
    name: { key: "designer.edit.add", subject: actions.newTabName(count + 1) },
    document: after,
    selection: selectionAt(after, [...path, count]),
  };
}

function formActions({ document }: Design, apply: Apply) {
  return {
    rename: (language: Language, text: string) =>
      apply({
        name: { key: "designer.edit.label", subject: text },
        document: commands.setForm(document, { label: withLabel(document.label, language, text) }),
        tag: `form-label.${language || currentLanguage()}`,
      }),
    set: (change: Readonly<Record<string, unknown>>, tag?: string) =>
      apply({
        name: { key: "designer.edit.property", subject: "" },
        document: commands.setForm(document, change),
        ...(tag === undefined ? {} : { tag: `form.${tag}` }),
      }),
  };
}

function checkActions({ document }: Design, apply: Apply): CheckActions {
  const edited = (after: FormDocument, tag?: string) =>
    apply({
      name: { key: "designer.edit.checks" },
      document: after,
      ...(tag === undefined ? {} : { tag: `check.${tag}` }),
    });
  return {
    add: () => edited(checks.addCheck(document, { [currentLanguage()]: t("designer.check-new") })),
    set: (index, change, tag) => edited(checks.setCheck(document, index, change), tag),
    remove: (index) => edited(checks.removeCheck(document, index)),
  };
}
