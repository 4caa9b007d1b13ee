/** Colours of a rule's text: the word that begins a clause, names that are known, values. The server reads it. */
import { RangeSetBuilder, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  highlightActiveLine,
  lineNumbers,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from "@codemirror/view";
import { tokenizer } from "../editor/tokens";

/** At the start of a line; two words only where the first alone begins nothing. */
const CLAUSE = /^(?:for each|on failure|[\p{L}]+)/u;
/** The word that begins an action: behind `do` and `otherwise`, in either language, or on a line below them. */
const ACTION = /^(?:(?:do|otherwise|\u6267\u884c|\u5426\u5219)\s+|\s{4,6})([\p{L}]+)(?=\s)/u;
const COMMENT = /#.*$/;
const tokens = tokenizer([]);

/** `names` are shown as fields. `onCursor` is told where the cursor stands. */
export function ruleLanguage(names: ReadonlySet<string>, onCursor: (at: number) => void): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = paint(view, names);
      }

      update(update: ViewUpdate) {
        if (update.docChanged) this.decorations = paint(update.view, names);
      }
    },
    { decorations: (value) => value.decorations },
  );
  const cursor = EditorView.updateListener.of((update) => {
    if (update.selectionSet || update.docChanged) onCursor(update.state.selection.main.head);
  });
  return [lineNumbers(), highlightActiveLine(), plugin, cursor];
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly look: string;
}

function paint(view: EditorView, names: ReadonlySet<string>): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (let number = 1; number <= view.state.doc.lines; number += 1) {
    const line = view.state.doc.line(number);
    for (const { from, to, look } of marksOf(line.text, names))
      builder.add(line.from + from, line.from + to, Decoration.mark({ class: look }));
  }
  return builder.finish();
}

function marksOf(text: string, names: ReadonlySet<string>): Mark[] {
  const comment = text.trimStart().startsWith("#") ? COMMENT.exec(text) : null;
  if (comment) return [{ from: comment.index, to: text.length, look: "feel-comment" }];
  const clause = CLAUSE.exec(text)?.[0].length ?? 0;
  const action = ACTION.exec(text);
  const word = action && { to: action[0].length, from: action[0].length - action[1]!.length };
  const begins: Mark[] = [
    ...(clause > 0 ? [{ from: 0, to: clause, look: "rule-clause" }] : []),
    ...(word && word.from >= clause ? [{ ...word, look: "rule-action" }] : []),
  ];
  const after = Math.max(0, ...begins.map(({ to }) => to));
  const rest = tokens(text)
    .filter(({ from }) => from >= after)
    .flatMap(({ from, to, kind, text: part }) => {
      if (kind !== "name") return [{ from, to, look: `feel-${kind}` }];
      return names.has(part.split(".")[0]!) ? [{ from, to, look: "feel-field" }] : [];
    });
  return [...begins, ...rest];
}
