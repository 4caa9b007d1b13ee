import { useT } from "@/i18n";

interface Props<Item> {
  search: string;
  onSearch: (text: string) => void;
  items: readonly Item[];
  onPick: (item: Item) => void;
  /** Said when nothing is found. */
  none?: string | undefined;
}

/** A search box and what it finds, to pick one. */
export function FoundList<Item extends { id: number | string; title: string }>(props: Props<Item>) {
  const t = useT();
  const { search, items, none } = props;
  return (
    <div className="picker">
      <input
        className="input"
        type="search"
        value={search}
        aria-label={t("rules.search")}
        placeholder={t("rules.search")}
        onChange={(event) => props.onSearch(event.target.value)}
      />
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <button type="button" onClick={() => props.onPick(item)}>
              {item.title}
            </button>
          </li>
        ))}
        {items.length === 0 && none !== undefined && <li className="hint">{none}</li>}
      </ul>
    </div>
  );
}
