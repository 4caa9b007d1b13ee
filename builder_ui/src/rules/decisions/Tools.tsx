import { useT } from "@/i18n";
import { Button, IconButton, Menu, type IconName } from "@/ui";
import { useAround } from "./around";
import type { Sheet } from "./model/sheet";
import type { Cells, RowAction } from "./useCells";

const COMMON = ["UNIQUE", "FIRST", "PRIORITY", "COLLECT"] as const;
const FURTHER = ["ANY", "RULE ORDER", "OUTPUT ORDER"] as const;
const AGGREGATIONS = ["", "SUM", "COUNT", "MIN", "MAX"] as const;

/** What happens when several rows match, in plain words; and what is added to the table. */
export function Tools({ onPaste, onAddColumn }: { onPaste: () => void; onAddColumn: () => void }) {
  const t = useT();
  const { sheet, change } = useAround();
  const isFurther = FURTHER.some((one) => one === sheet.hit_policy);
  return (
    <div className="tools">
      <span className="ink2 lead">{t("decisions.policy")}</span>
      <div className="seg" role="radiogroup" aria-label={t("decisions.policy")}>
        {COMMON.map((one) => (
          <Policy key={one} policy={one} />
        ))}
        {isFurther && <Policy policy={sheet.hit_policy} />}
        <Menu
          label={t("decisions.policy.more")}
          placement="bottomLeft"
          trigger={<IconButton icon="more" size="xs" label={t("decisions.policy.more")} />}
          items={FURTHER.map((one) => ({
            ...{ key: one, label: `${t(`decisions.policy.${one}`)} · ${t(`decisions.policy.about.${one}`)}` },
            on: sheet.hit_policy === one,
            run: () => change(withPolicy(sheet, one)),
          }))}
        />
      </div>
      {sheet.hit_policy === "COLLECT" && (
        <select
          className="input sm soft collect"
          aria-label={t("decisions.collect")}
          value={sheet.aggregation}
          onChange={(event) => change({ ...sheet, aggregation: event.target.value })}
        >
          {AGGREGATIONS.map((one) => (
            <option key={one} value={one}>
              {t(`decisions.collect.${one || "LIST"}`)}
            </option>
          ))}
        </select>
      )}
      <span className="ink2 about">{t(`decisions.policy.about.${sheet.hit_policy}`)}</span>
      <span className="push" />
      <Button size="sm" icon="subform" onClick={onPaste}>
        {t("decisions.paste")}
      </Button>
      <Button size="sm" icon="columns" onClick={onAddColumn}>
        {t("decisions.column.new")}
      </Button>
    </div>
  );
}

function withPolicy(sheet: Sheet, policy: string): Sheet {
  return { ...sheet, hit_policy: policy, aggregation: policy === "COLLECT" ? sheet.aggregation : "" };
}

function Policy({ policy }: { policy: string }) {
  const t = useT();
  const { sheet, change } = useAround();
  const on = sheet.hit_policy === policy;
  return (
    <button
      type="button"
      role="radio"
      aria-checked={on}
      className={on ? "on" : ""}
      onClick={() => change(withPolicy(sheet, policy))}
    >
      <b className="mono" aria-hidden>
        {policy[0]}
      </b>
      {t(`decisions.policy.${policy}`)}
    </button>
  );
}

const ACTIONS: readonly { action: RowAction; icon: IconName }[] = [
  { action: "below", icon: "plus" },
  { action: "copy", icon: "copy" },
  { action: "up", icon: "arrow-up" },
  { action: "down", icon: "arrow-down" },
  { action: "delete", icon: "trash" },
];

/** What is done with the chosen rows; without any, rows are added at the end. */
export function RowTools({ cells }: { cells: Cells }) {
  const t = useT();
  const chosen = cells.selection !== null;
  return (
    <div className="row-tools">
      {ACTIONS.map(({ action, icon }) =>
        action === "below" ? (
          <Button key={action} look="quiet" size="sm" icon={icon} onClick={() => cells.act(action)}>
            {t(chosen ? "decisions.row.insert" : "decisions.row.add")}
          </Button>
        ) : (
          <IconButton
            key={action}
            size="sm"
            icon={icon}
            label={t(`decisions.row.${action}`)}
            disabled={!chosen}
            onClick={() => cells.act(action)}
          />
        ),
      )}
    </div>
  );
}
