import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { Output } from "./CellView";
import { readOutput } from "./model/cell";
import { pathOf, titleOf } from "./model/sheet";
import { optionLabel, shownLiteral, type Style } from "./model/style";
import { outputFromTyped, typedFromOutput } from "./model/typed";
import { useState } from "react";

/** One record's worth of values; the row they hit lights up above. */
export function TrialRow({ steps }: { steps: readonly (number | undefined)[] }) {
  const t = useT();
  const { sheet, styles, trial, given } = useAround();
  const [first] = trial?.problems ?? [];
  const isTried = Object.values(given).some((text) => text !== "");
  const empty = trial !== null && trial.matched.length === 0;
  return (
    <tr className="test">
      <td className="g" />
      <th scope="row" className="no">
        {t("decisions.trial.short")}
      </th>
      {sheet.inputs.map((column, at) => {
        const style = styles[at];
        return (
          <td key={at}>
            {style && pathOf(column.expression) ? (
              <TrialBox
                path={column.expression.trim()}
                label={t("decisions.trial.value", {
                  column: titleOf(sheet, { area: "inputs", index: at }).label,
                })}
                style={style}
              />
            ) : (
              <code className="ink2">{trial?.inputs[at] ?? ""}</code>
            )}
          </td>
        );
      })}
      {sheet.outputs.map((_, at) => {
        const style = styles[sheet.inputs.length + at];
        return (
          <td key={at} className={at === 0 ? "out out1 result" : "out result"}>
            {style && isTried && <Output text={trial?.outputs[at] ?? ""} style={style} steps={steps[at]} />}
          </td>
        );
      })}
      <td colSpan={sheet.annotations.length + 1} className="said">
        <div role="status">
          {!isTried && <span className="ink2">{t("decisions.trial.hint")}</span>}
          {isTried && trial && trial.matched.length > 0 && (
            <span>{t("decisions.trial.hit", { rows: trial.matched.join(", ") })}</span>
          )}
          {isTried && empty && <span className="late">{t("decisions.trial.none")}</span>}
          {isTried && first && trial && trial.matched.length > 1 && (
            <span className="late" title={first.message}>
              <Icon name="error" size="s" />
            </span>
          )}
        </div>
      </td>
    </tr>
  );
}

/** A value of one input, entered as the column's cells are. */
export function TrialBox({ path, label, style }: { path: string; label: string; style: Style }) {
  const t = useT();
  const { given, tryWith } = useAround();
  const text = given[path] ?? "";
  const put = (next: string) => tryWith({ ...given, [path]: next });
  if (style.kind === "choice" || style.kind === "boolean") {
    const options =
      style.kind === "boolean"
        ? [true, false].map((value) => ({
            text: String(value),
            label: t(value ? "decisions.true" : "decisions.false"),
          }))
        : style.options.map(({ key }) => ({
            text: outputFromTyped(`"${key}"`, style),
            label: optionLabel(key, style),
          }));
    return (
      <select
        className="input sm"
        aria-label={label}
        value={text}
        onChange={(event) => put(event.target.value)}
      >
        <option value="">—</option>
        {options.map((one) => (
          <option key={one.text} value={one.text}>
            {one.label}
          </option>
        ))}
      </select>
    );
  }
  if (style.kind === "date") return <DateBox label={label} text={text} style={style} onText={put} />;
  return <TypedBox key={path} label={label} text={text} style={style} onText={put} />;
}

interface BoxProps {
  label: string;
  text: string;
  style: Style;
  onText: (text: string) => void;
}

function DateBox({ label, text, style, onText }: BoxProps) {
  return (
    <input
      className="input sm"
      type="date"
      aria-label={label}
      value={typedFromOutput(readOutput(text), style)}
      onChange={(event) => onText(outputFromTyped(event.target.value, style))}
    />
  );
}

/** Typed freely; once it is left it reads as the column's values do: 18 %, ¥860,000. */
function TypedBox({ label, text, style, onText }: BoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      className="input sm"
      aria-label={label}
      value={typed ?? shownText(text, style)}
      onFocus={() => setTyped(typedFromOutput(readOutput(text), style))}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.target.value);
        onText(outputFromTyped(event.target.value, style));
      }}
    />
  );
}

function shownText(text: string, style: Style): string {
  const cell = readOutput(text);
  const [value] = cell.kind === "values" ? cell.values : [];
  return value ? shownLiteral(value, style) : cell.kind === "feel" ? cell.text : "";
}
