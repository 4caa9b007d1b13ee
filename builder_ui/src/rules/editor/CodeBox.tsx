import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useRef, type RefObject } from "react";
import type { Problem } from "@/api";
import "./code.css";

interface Props {
  /** Spoken to screen readers. */
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  /** Colours, completion and keys of the language; keep it the same object while it means the same. */
  language: Extension;
  /** Marked where their span says; one without a span marks the whole text. */
  problems?: readonly Problem[];
  readOnly?: boolean;
  /** The view while it is there, for buttons beside the box that write into it. */
  viewRef?: RefObject<EditorView | null>;
}

/** A box for a text in one of our languages. The text above is the truth; typing tells it at once. */
export function CodeBox({
  label,
  value,
  onChange,
  placeholder = "",
  language,
  problems = [],
  readOnly = false,
  viewRef,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const spoken = useRef(onChange);
  const speech = useRef(new Compartment());
  useEffect(() => {
    spoken.current = onChange;
  });
  useEffect(() => {
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: value,
        extensions: [
          speech.current.of(language),
          history(),
          closeBrackets(),
          bracketMatching(),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
          EditorState.readOnly.of(readOnly),
          placeholderText(placeholder),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) spoken.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (viewRef) viewRef.current = made;
    return () => {
      made.destroy();
      if (viewRef) viewRef.current = null;
    };
    // The view lives as long as its box; what changes later is told to it below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: speech.current.reconfigure(language) });
  }, [language]);
  useEffect(() => {
    const shown = view.current?.state.doc.toString();
    if (shown === undefined || shown === value) return;
    view.current?.dispatch({ changes: { from: 0, to: shown.length, insert: value } });
  }, [value]);
  useEffect(() => {
    const state = view.current?.state;
    if (state)
      view.current?.dispatch(
        setDiagnostics(
          state,
          problems.map((one) => marked(one, state.doc.length)),
        ),
      );
  }, [problems, value]);
  return <div className="code-box" ref={host} />;
}

function marked({ span, severity = "error", message, hint }: Problem, length: number): Diagnostic {
  const from = Math.min(span?.start ?? 0, length);
  const to = Math.max(Math.min(span?.end ?? length, length), from);
  return { from, to, severity, message: hint ? `${message} ${hint}` : message };
}
