import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { FeelFunction, Named } from "./symbols";

const WORD = /[\p{L}_][\p{L}\p{N}_.]*$/u;

/** Offers fields by key and by label, functions by name and by what they are said to do. */
export function completeFrom(names: readonly Named[], functions: readonly FeelFunction[]) {
  const offers = [...names.map(ofName), ...functions.map(ofFunction)];
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(WORD);
    if (!word && !context.explicit) return null;
    const options = matching(offers, word?.text ?? "").map(({ option }) => option);
    return options.length ? { from: word?.from ?? context.pos, options, filter: false } : null;
  };
}

interface Offer {
  readonly option: Completion;
  /** Lower-case texts that lead to it, the best first. */
  readonly words: readonly string[];
}

function ofName({ name, label, type }: Named): Offer {
  return {
    option: { label: name, displayLabel: label, detail: name, type: `field-${type}` },
    words: [label.toLowerCase(), name.toLowerCase()],
  };
}

function ofFunction({ name, signatures, description, example }: FeelFunction): Offer {
  return {
    option: {
      label: `${name}()`,
      displayLabel: signatures[0] ?? name,
      detail: description,
      info: [...signatures.slice(1), example].filter(Boolean).join("\n"),
      type: "function",
      apply: (view, _, from, to) => {
        const inserted = `${name}()`;
        view.dispatch({
          changes: { from, to, insert: inserted },
          selection: { anchor: from + inserted.length - 1 },
        });
      },
    },
    words: [name.toLowerCase(), description.toLowerCase()],
  };
}

/** How far away a name is: the record's own fields come before those of related records. */
const steps = ({ option }: Offer) => option.label.split(".").length;

/** Those that begin with the text come before those that hold it somewhere. */
export function matching(offers: readonly Offer[], typed: string): Offer[] {
  const text = typed.toLowerCase();
  if (!text) return [...offers];
  const rank = ({ words }: Offer) => {
    if (words.some((word) => word.startsWith(text))) return 0;
    return words.some((word) => word.includes(text)) ? 1 : 2;
  };
  return offers
    .map((offer) => ({ offer, at: rank(offer) }))
    .filter(({ at }) => at < 2)
    .sort((a, b) => a.at - b.at || steps(a.offer) - steps(b.offer))
    .map(({ offer }) => offer);
}
