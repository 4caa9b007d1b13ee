import { useState } from "react";
import { formatMasked, useT } from "@/i18n";
import { IconButton } from "@/ui";
import type { CellProps } from "../contract";

/** With `mask` the middle is stars until someone wants to see it. */
export function Cell({ field, value }: CellProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const text = typeof value === "string" ? value : "";
  const hides = field.props["mask"] === true && field.access !== "mask";
  return (
    <span className="num">
      {hides && !open ? formatMasked(text) : text}
      {hides && (
        <IconButton
          icon={open ? "eye-off" : "eye"}
          size="xs"
          label={t(open ? "forms.hide" : "forms.show")}
          onClick={() => setOpen(!open)}
        />
      )}
    </span>
  );
}
