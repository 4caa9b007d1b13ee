import { useRef, useState, type RefObject } from "react";
import { label, useT } from "@/i18n";
import { Icon, Tabs, useShortcut } from "@/ui";
import { specOf } from "../fields/specs";
import type { FormDocument } from "../model/document";
import { Outline, type OutlineProps } from "./Outline";
import { found, PALETTE, PALETTE_GROUPS, type PaletteItem } from "./palette";
import type { StartDrag } from "./useDrag";

interface Props {
  document: FormDocument;
  unplaced: readonly string[];
  recent: readonly string[];
  startDrag: StartDrag;
  /** Adds behind the selection, or at a place that a drag found. */
  onAdd: (item: PaletteItem, place?: Parameters<Parameters<StartDrag>[0]["drop"]>[0]) => void;
  onPlace: (field: string, place?: Parameters<Parameters<StartDrag>[0]["drop"]>[0]) => void;
  outline: OutlineProps;
}

type Tab = "items" | "fields" | "outline";

export function Palette(props: Props) {
  const t = useT();
  const [tab, setTab] = useState<Tab>("items");
  const search = useRef<HTMLInputElement>(null);
  useShortcut("/", () => {
    setTab("items");
    requestAnimationFrame(() => search.current?.focus());
  });
  const tabs = [
    { key: "items" as const, label: t("designer.palette") },
    { key: "fields" as const, label: t("designer.unplaced"), count: props.unplaced.length || undefined },
    { key: "outline" as const, label: t("designer.outline") },
  ];
  return (
    <aside className="side" aria-label={t("designer.palette")}>
      <Tabs className="sm side-tabs" label={t("designer.side")} items={tabs} value={tab} onChange={setTab} />
      {tab === "items" && <Items {...props} search={search} />}
      {tab === "fields" && <Unplaced {...props} />}
      {tab === "outline" && <Outline {...props.outline} />}
    </aside>
  );
}

function Items({ recent, startDrag, onAdd, search }: Props & { search: RefObject<HTMLInputElement | null> }) {
  const t = useT();
  const [text, setText] = useState("");
  const shown = found(PALETTE, text, t);
  const lately = recent.flatMap((key) => PALETTE.filter((item) => item.key === key));
  const groups = PALETTE_GROUPS.map((group) => ({
    key: group as string,
    items: shown.filter((item) => item.group === group),
  }));
  const all = text === "" && lately.length > 0 ? [{ key: "recent", items: lately }, ...groups] : groups;
  return (
    <>
      <div className="search pal-search">
        <Icon name="search" />
        <input
          ref={search}
          className="input sm"
          type="search"
          placeholder={t("designer.search")}
          aria-label={t("designer.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            const [first] = shown;
            if (event.key === "Enter" && first && !event.nativeEvent.isComposing) onAdd(first);
            if (event.key === "Escape") setText("");
          }}
        />
        {text === "" && <span className="kbd">/</span>}
      </div>
      <div className="pal">
        {all.map(
          ({ key, items }) =>
            items.length > 0 && (
              <section key={key} aria-label={t(`designer.group.${key}`)}>
                <h3>{t(`designer.group.${key}`)}</h3>
                <ul>
                  {items.map((item) => (
                    <Entry key={item.key} item={item} startDrag={startDrag} onAdd={onAdd} />
                  ))}
                </ul>
              </section>
            ),
        )}
        {shown.length === 0 && <p className="pal-none">{t("designer.search-none", { text })}</p>}
      </div>
    </>
  );
}

function Entry({ item, startDrag, onAdd }: Pick<Props, "startDrag" | "onAdd"> & { item: PaletteItem }) {
  const t = useT();
  const name = t(`designer.item.${item.key}`);
  return (
    <li>
      <button
        type="button"
        className="pal-item"
        title={t("designer.add-hint", { name })}
        onClick={() => onAdd(item)}
        onPointerDown={(event) =>
          startDrag(
            { name, icon: item.icon, isField: item.part === undefined, drop: (place) => onAdd(item, place) },
            event,
          )
        }
      >
        <Icon name={item.icon} />
        <span className="ell">{name}</span>
      </button>
    </li>
  );
}

function Unplaced({ document, unplaced, startDrag, onPlace }: Props) {
  const t = useT();
  if (unplaced.length === 0) return <p className="pal-none">{t("designer.unplaced-none")}</p>;
  return (
    <ul className="pal single">
      {unplaced.map((key) => {
        const field = document.fields[key];
        const name = label(field?.label, key);
        const icon = specOf(field?.type ?? "")?.icon ?? "text";
        return (
          <li key={key}>
            <button
              type="button"
              className="pal-item"
              onClick={() => onPlace(key)}
              onPointerDown={(event) =>
                startDrag({ name, icon, isField: true, drop: (place) => onPlace(key, place) }, event)
              }
            >
              <Icon name={icon} />
              <span className="ell grow">{name}</span>
              <code className="mono ink2 ell">{key}</code>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
