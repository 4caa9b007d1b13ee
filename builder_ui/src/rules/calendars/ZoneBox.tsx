import { useMe } from "@/api";
import { useT } from "@/i18n";
import { Labelled } from "@/ui";
import type { CalendarProps } from "./CalendarBody";

/** On which clock the hours are read; without a choice on the workspace's. */
export function ZoneBox({ calendar, change }: CalendarProps) {
  const t = useT();
  const me = useMe();
  const zones = Intl.supportedValuesOf("timeZone");
  const { zone = "" } = calendar;
  return (
    <Labelled label={t("calendars.zone")}>
      {(id) => (
        <select
          id={id}
          className="input"
          value={zone}
          onChange={(event) => {
            const { zone: _gone, ...rest } = calendar;
            change(event.target.value === "" ? rest : { ...rest, zone: event.target.value });
          }}
        >
          <option value="">{t("calendars.zone.own", { zone: me.workspace.zone })}</option>
          {zone !== "" && !zones.includes(zone) && <option value={zone}>{zone}</option>}
          {zones.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
