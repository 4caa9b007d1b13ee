import { label, useT } from "@/i18n";
import { Button, Empty, Icon, iconName, IconButton } from "@/ui";
import { DefinitionEditor, type BodyProps } from "../editor/DefinitionEditor";
import { movedBy, type AppDocument, type AppItemDocument } from "../model/lists";
import { useAllDefinitions } from "../useDefinitions";
import { useViewForms } from "./useViewForms";

/** Route component: one group of the navigation. */
export function Component() {
  return (
    <DefinitionEditor<AppDocument> kind="app" icon="menu">
      {(body) => <App {...body} />}
    </DefinitionEditor>
  );
}

function App({ document, change }: BodyProps<AppDocument>) {
  const t = useT();
  const { data = [] } = useAllDefinitions();
  const forms = data.filter(({ kind }) => kind === "form");
  const items = document.items;
  const replace = (next: readonly AppItemDocument[]) => change({ ...document, items: next });
  const free = forms.find(({ key }) => !items.some(({ form }) => form === key)) ?? forms[0];
  return (
    <section className="definition-section">
      <h2>{t("apps.items")}</h2>
      <p className="hint">{t("apps.items.hint")}</p>
      {items.length === 0 && <Empty title={t("apps.items.none")} />}
      <ul className="app-items">
        {items.map((item, index) => (
          <Item
            key={index}
            item={item}
            forms={forms.map(({ key, label: name }) => ({ key, name: label(name, key) }))}
            onChange={(next) => replace(items.with(index, next))}
            onMove={(by) => replace(movedBy(items, index, by))}
            onRemove={() => replace(items.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <div className="row">
        <Button icon="plus" disabled={!free} onClick={() => free && replace([...items, { form: free.key }])}>
          {t("apps.items.add")}
        </Button>
      </div>
    </section>
  );
}

interface ItemProps {
  item: AppItemDocument;
  forms: readonly { key: string; name: string }[];
  onChange: (item: AppItemDocument) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function Item({ item, forms, onChange, onMove, onRemove }: ItemProps) {
  const t = useT();
  const views = useViewForms().filter(({ form }) => form === item.form);
  const name = forms.find(({ key }) => key === item.form)?.name ?? item.form;
  const setView = (view: string) => {
    const { view: _old, ...rest } = item;
    onChange(view === "" ? rest : { ...rest, view });
  };
  return (
    <li>
      <Icon name={iconName(item.icon)} />
      <select
        className="input sm"
        aria-label={t("apps.form")}
        value={item.form}
        onChange={(event) => onChange({ form: event.target.value })}
      >
        {forms.map((form) => (
          <option key={form.key} value={form.key}>
            {form.name}
          </option>
        ))}
      </select>
      <select
        className="input sm"
        aria-label={t("apps.view")}
        value={item.view ?? ""}
        onChange={(event) => setView(event.target.value)}
      >
        <option value="">{t("apps.view.none")}</option>
        {views.map((view) => (
          <option key={view.key} value={view.key}>
            {label(view.label, view.key)}
          </option>
        ))}
      </select>
      <span className="push" />
      <IconButton icon="arrow-up" size="xs" label={t("apps.up", { name })} onClick={() => onMove(-1)} />
      <IconButton icon="arrow-down" size="xs" label={t("apps.down", { name })} onClick={() => onMove(1)} />
      <IconButton icon="trash" size="xs" label={t("apps.remove", { name })} onClick={onRemove} />
    </li>
  );
}
