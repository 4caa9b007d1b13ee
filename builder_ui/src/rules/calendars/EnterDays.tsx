import { useRef, useState } from "react";
import { t as translate, useT } from "@/i18n";
import { Button, toast } from "@/ui";
import type { CalendarProps } from "./CalendarBody";
import { daysOf, withDays } from "./model/calendar";
import { readIcs, type Pasted } from "./model/paste";
import { PasteDialog } from "./PasteDialog";

/** The ways to enter many holidays and make-up days at once. */
export function EnterDays({ calendar, change, year }: CalendarProps & { year: number }) {
  const t = useT();
  const [pasting, setPasting] = useState(false);
  const enter = (days: Pasted) => {
    change(withDays(calendar, days));
    say(days);
  };
  return (
    <>
      <Button size="sm" icon="note" onClick={() => setPasting(true)}>
        {t("calendars.paste")}
      </Button>
      <IcsButton onRead={enter} />
      {pasting && <PasteDialog year={year} onEnter={enter} onClose={() => setPasting(false)} />}
    </>
  );
}

function say({ holidays, makeup, unread }: Pasted): void {
  const count = holidays.reduce((sum, one) => sum + daysOf(one).length, 0);
  const text = translate("calendars.entered", { holidays: count, makeup: makeup.length });
  if (unread.length === 0) toast.show(text);
  else toast.failed(`${text} ${translate("calendars.unread", { lines: unread.slice(0, 3).join(" · ") })}`);
}

function IcsButton({ onRead }: { onRead: (days: Pasted) => void }) {
  const t = useT();
  const box = useRef<HTMLInputElement>(null);
  const read = async (file: File) => {
    const days = readIcs(await file.text());
    if (days.holidays.length + days.makeup.length === 0) toast.failed(t("calendars.ics.none"));
    else onRead(days);
  };
  return (
    <>
      <Button size="sm" icon="download" onClick={() => box.current?.click()}>
        {t("calendars.ics")}
      </Button>
      <input
        ref={box}
        type="file"
        accept=".ics,text/calendar"
        hidden
        aria-label={t("calendars.ics")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void read(file);
        }}
      />
    </>
  );
}
