import { RangeSetBuilder, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from "@codemirror/view";
import type { Named } from "./symbols";
import { longestKnown, type Token, type Tokenizer } from "./tokens";

/** A field shown by its label; the text below keeps the key. */
class Chip extends WidgetType {
  constructor(readonly named: Named) {
    super();
  }

  override eq(other: Chip): boolean {
    return other.named.name === this.named.name && other.named.label === this.named.label;
  }

  toDOM(): HTMLElement {
    const chip = document.createElement("span");
    chip.className = "feel-chip";
    chip.textContent = this.named.label;
    chip.title = this.named.name;
    return chip;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** Colours words and shows known fields as chips; the name under the caret stays text, so that it can be typed. */
export function painted(names: readonly Named[], tokensOf: Tokenizer): Extension {
  const known = new Map(names.map((one) => [one.name, one]));
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = paint(view, known, tokensOf);
      }

      update(update: ViewUpdate) {
        if (update.docChanged || update.selectionSet || update.focusChanged) {
          this.decorations = paint(update.view, known, tokensOf);
        }
      }
    },
    {
      decorations: (value) => value.decorations,
      provide: (self) =>
        EditorView.atomicRanges.of(
          (view) => view.plugin(self)?.decorations.update({ filter: isChip }) ?? Decoration.none,
        ),
    },
  );
  return plugin;
}

const isChip = (_: number, __: number, value: Decoration) => value.spec.widget instanceof Chip;

function paint(view: EditorView, known: ReadonlyMap<string, Named>, tokensOf: Tokenizer): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const caret = view.hasFocus ? view.state.selection.main.head : -1;
  for (const token of tokensOf(view.state.doc.toString())) mark(builder, token, known, caret);
  return builder.finish();
}

function mark(
  builder: RangeSetBuilder<Decoration>,
  { from, to, kind, text }: Token,
  known: ReadonlyMap<string, Named>,
  caret: number,
): void {
  if (kind !== "name") {
    builder.add(from, to, Decoration.mark({ class: `feel-${kind}` }));
    return;
  }
  const name = longestKnown(text, known);
  if (!name) return;
  const end = from + name.length;
  const typing = caret > from && caret <= end;
  const look = typing
    ? Decoration.mark({ class: "feel-field" })
    : Decoration.replace({ widget: new Chip(known.get(name)!) });
  builder.add(from, end, look);
}
