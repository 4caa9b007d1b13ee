import { useState } from "react";
import { useT } from "@/i18n";
import { Dialog, Labelled } from "@/ui";
import { daysOf } from "./model/calendar";
import { readDays, type Pasted } from "./model/paste";

interface Props {
  /** Of days that are written without one. */
  year: number;
  onEnter: (days: Pasted) => void;
  onClose: () => void;
}

/** Days from a notice or a table, one on a line; what was understood is said before it is taken over. */
export function PasteDialog({ year, onEnter, onClose }: Props) {
  const t = useT();
  const [text, setText] = useState("");
  const days = readDays(text, year);
  const holidays = days.holidays.reduce((sum, one) => sum + daysOf(one).length, 0);
  return (
    <Dialog
      open
      title={t("calendars.paste.title")}
      onClose={onClose}
      width={560}
      confirm={{
        label: t("calendars.paste.enter"),
        disabled: days.holidays.length + days.makeup.length === 0,
        run: () => {
          onEnter(days);
          onClose();
        },
      }}
    >
      <Labelled label={t("calendars.paste.label")} hint={t("calendars.paste.hint")}>
        {(id, describedBy) => (
          <textarea
            id={id}
            aria-describedby={describedBy}
            className="textarea"
            rows={9}
            spellCheck={false}
            placeholder={t("calendars.paste.example")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Labelled>
      <p className="paste-found" role="status">
        {text.trim() !== "" && t("calendars.entered", { holidays, makeup: days.makeup.length })}
        {days.unread.length > 0 && (
          <span className="late">
            {" "}
            {t("calendars.unread", { lines: days.unread.slice(0, 3).join(" · ") })}
          </span>
        )}
      </p>
    </Dialog>
  );
}
