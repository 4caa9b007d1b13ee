import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, type RecordPage, type RecordView, type Value } from "@/api";
import { useT } from "@/i18n";
import { Button, Popup } from "@/ui";
import { FoundList } from "../conditions/FoundList";
import { formOf, useAround, useForms } from "./around";
import { quotedText } from "./model/cell";
import { pathOf, type Sheet } from "./model/sheet";
import type { Given } from "./model/state";
import "../conditions/conditions.css";

/** A record whose values the trial takes, where the columns are about fields of its form. */
export function TrialSource() {
  const t = useT();
  const { sheet, given, tryWith } = useAround();
  const [taken, setTaken] = useState("");
  const form = formOf(sheet);
  const name = useForms().find(({ key }) => key === form)?.label ?? "";
  if (!form || !sheet.inputs.some(({ field }) => field !== "")) return null;
  return (
    <div className="trial-source">
      <span className="ink2">{t("decisions.trial.from")}</span>
      <Popup
        placement="topLeft"
        trigger={
          <Button size="sm" icon="form">
            <span className="ell">{taken || name}</span>
          </Button>
        }
      >
        {(close) => (
          <Records
            form={form}
            onPick={(record) => {
              setTaken(record.title);
              tryWith({ ...given, ...givenBy(record, sheet, form) });
              close();
            }}
          />
        )}
      </Popup>
    </div>
  );
}

function Records({ form, onPick }: { form: string; onPick: (record: RecordView) => void }) {
  const t = useT();
  const [search, setSearch] = useState("");
  const { data } = useQuery({
    queryKey: ["trial", form, search],
    queryFn: ({ signal }) =>
      api.get<RecordPage>(`/forms/${form}/records`, { limit: 20, ...(search ? { search } : {}) }, signal),
  });
  return (
    <FoundList
      search={search}
      onSearch={setSearch}
      items={data?.items ?? []}
      onPick={onPick}
      none={data ? t("decisions.trial.no-records") : undefined}
    />
  );
}

/** FEEL text for every column that is about a field of the form. */
function givenBy(record: RecordView, sheet: Sheet, form: string): Given {
  const given: Record<string, string> = {};
  for (const { field, expression, type } of sheet.inputs) {
    const [owner, key = ""] = field.split(".");
    if (owner === form && pathOf(expression)) given[expression.trim()] = feelOf(record.values[key], type);
  }
  return given;
}

function feelOf(value: Value | undefined, type: string): string {
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  if (type === "number") return value;
  return type === "date" || type === "date and time" ? `${type}(${quotedText(value)})` : quotedText(value);
}
