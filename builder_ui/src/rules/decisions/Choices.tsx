import { useT } from "@/i18n";
import { Icon } from "@/ui";
import { useAround } from "./around";
import { readOutput, readTests, writeTests, type Literal, type Test } from "./model/cell";
import type { Place, Sheet } from "./model/sheet";
import { optionLabel, shownLiteral, type Style } from "./model/style";
import { outputFromTyped, testsFromTyped, typedFromOutput, typedFromTests } from "./model/typed";
import { Range } from "./Range";

interface Props {
  place: Place;
  style: Style;
  /** What stands in the box; picking writes there what one would type. */
  typed: string;
  onType: (typed: string) => void;
  onDone: (typed: string) => void;
}

/** What can be picked for a cell, for those who do not write expressions. */
export function Choices(props: Props) {
  const t = useT();
  const { place, style, typed } = props;
  const asFeel = /^\s*[=＝]/u.test(typed);
  const isFigure = ["number", "percent", "money", "date"].includes(style.kind);
  return (
    <>
      {asFeel ? (
        <Names {...props} />
      ) : (
        <>
          {place.area === "inputs" && isFigure && <Range {...props} />}
          {!(place.area === "inputs" && isFigure) && <Values {...props} />}
        </>
      )}
      {!asFeel && <p className="hint">{t(hintOf(place, style))}</p>}
    </>
  );
}

/** For a formula: the names it can use, written at its end. */
function Names({ typed, onType }: Props) {
  const t = useT();
  const { sheet } = useAround();
  const names = sheet.data ?? [];
  return (
    <>
      <p className="hint">{t("decisions.pick.feel")}</p>
      {names.length > 0 && (
        <div className="row" role="group" aria-label={t("decisions.pick.names")}>
          {names.map(({ name }) => (
            <button
              key={name}
              type="button"
              className="btn xs"
              onClick={() => onType(`${typed.trimEnd()} ${name}`)}
            >
              <code>{name}</code>
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function hintOf({ area }: Place, style: Style): string {
  if (area === "outputs") return "decisions.pick.hint.output";
  return style.kind === "choice" || style.kind === "text" || style.kind === "boolean"
    ? "decisions.pick.hint.values"
    : "decisions.pick.hint.figures";
}

/** Values to tick: the options of a choice, yes and no, else what other cells of the column say. */
function Values({ place, style, typed, onType, onDone }: Props) {
  const t = useT();
  const { sheet } = useAround();
  const isInput = place.area === "inputs";
  const { values: chosen, negated } = isInput
    ? ticked(typed, style)
    : { values: single(typed, style), negated: false };
  const known = knownValues(sheet, place, style, chosen);
  const shown = style.kind === "text" ? matching(known, typed, chosen, style) : known;
  const toggle = (value: Literal) => {
    if (!isInput) return onDone(typedFromOutput({ kind: "values", values: [value] }, style));
    const has = chosen.some((one) => same(one, value));
    const next = has ? chosen.filter((one) => !same(one, value)) : [...chosen, value];
    onType(typedValues(next, negated, style));
  };
  return (
    <div className="values" role="group" aria-label={t("decisions.pick.values")}>
      {isInput && (
        <div className="row">
          <button type="button" className="btn xs" onClick={() => onDone("-")}>
            {t("decisions.any")}
          </button>
          <button
            type="button"
            className={negated ? "btn xs sel" : "btn xs"}
            aria-pressed={negated}
            disabled={chosen.length === 0}
            onClick={() => onType(typedValues(chosen, !negated, style))}
          >
            {t("decisions.pick.except")}
          </button>
          <button
            type="button"
            className="btn xs"
            onClick={() => onDone(typedFromTests(readTests("null"), style))}
          >
            {t("decisions.empty")}
          </button>
        </div>
      )}
      <ul>
        {shown.map((value) => {
          const on = chosen.some((one) => same(one, value));
          return (
            <li key={shownLiteral(value, style)}>
              <button
                type="button"
                role={isInput ? "checkbox" : "radio"}
                aria-checked={on}
                onClick={() => toggle(value)}
              >
                <span
                  className={isInput ? (on ? "check on" : "check") : on ? "radio on" : "radio"}
                  aria-hidden
                />
                <span className="grow ell">{shownLiteral(value, style)}</span>
                {style.kind === "choice" &&
                  value.kind === "string" &&
                  optionLabel(value.text, style) !== value.text && <code>{value.text}</code>}
              </button>
            </li>
          );
        })}
      </ul>
      {!isInput && style.kind !== "boolean" && shown.length === 0 && (
        <p className="hint">
          <Icon name="edit" size="s" /> {t("decisions.pick.type")}
        </p>
      )}
    </div>
  );
}

const same = (one: Literal, other: Literal) => JSON.stringify(one) === JSON.stringify(other);

function ticked(typed: string, style: Style): { values: readonly Literal[]; negated: boolean } {
  const cell = readTests(testsFromTyped(typed, style));
  if (cell.kind !== "tests") return { values: [], negated: false };
  return {
    values: cell.tests.flatMap((test) => (test.op === "=" ? [test.value] : [])),
    negated: cell.negated,
  };
}

function single(typed: string, style: Style): readonly Literal[] {
  const cell = readOutput(outputFromTyped(typed, style));
  return cell.kind === "values" ? cell.values : [];
}

function typedValues(values: readonly Literal[], negated: boolean, style: Style): string {
  const tests = values.map((value): Test => ({ op: "=", value }));
  if (tests.length === 0) return "-";
  return typedFromTests(readTests(writeTests({ kind: "tests", negated, tests })), style);
}

/** Options first; of free texts and numbers those that other rows of the column have. */
function knownValues(
  sheet: Sheet,
  place: Place,
  style: Style,
  chosen: readonly Literal[],
): readonly Literal[] {
  if (style.kind === "boolean") return [true, false].map((value) => ({ kind: "boolean", value }));
  const options = style.options.map(({ key }): Literal => ({ kind: "string", text: key }));
  const used = style.kind === "choice" ? [] : usedValues(sheet, place);
  const found: Literal[] = [];
  for (const value of [...options, ...used, ...(style.kind === "choice" ? chosen : [])])
    if (value.kind !== "null" && !found.some((one) => same(one, value))) found.push(value);
  return found;
}

function usedValues(sheet: Sheet, { area, index }: Place): readonly Literal[] {
  return sheet.rows.flatMap((row) => {
    const text = row[area][index] ?? "";
    if (area === "outputs") {
      const cell = readOutput(text);
      return cell.kind === "values" ? cell.values : [];
    }
    const cell = readTests(text);
    return cell.kind === "tests" ? cell.tests.flatMap((test) => (test.op === "=" ? [test.value] : [])) : [];
  });
}

/** While a text is typed, those that contain it. */
function matching(
  known: readonly Literal[],
  typed: string,
  chosen: readonly Literal[],
  style: Style,
): readonly Literal[] {
  const [last] = chosen.slice(-1);
  const wanted = (last?.kind === "string" ? last.text : typed).trim().toLowerCase();
  if (wanted === "" || wanted === "-" || known.some((one) => last && same(one, last))) return known;
  return known.filter((one) => shownLiteral(one, style).toLowerCase().includes(wanted));
}
