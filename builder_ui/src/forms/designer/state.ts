/** The designer's edits over the document with undo, and what is selected. */
import { useCallback, useMemo, useReducer } from "react";
import type { FormDocument } from "../model/document";
import { record, redo, start, undo, type EditName, type History } from "../model/history";
import { selectionAt, THE_FORM, validSelection, type Selection } from "../model/selection";
import type { Path } from "../model/layout";

export interface DesignState {
  readonly history: History<FormDocument>;
  readonly selection: Selection;
  /** Spoken to screen readers after an edit. */
  readonly spoken: string;
}

export interface Edit {
  readonly name: EditName;
  readonly document: FormDocument;
  readonly selection?: Selection;
  /** Edits of one box in a row are one undo step. */
  readonly tag?: string;
  readonly spoken?: string;
}

type Action =
  | { type: "edit"; edit: Edit }
  | { type: "select"; selection: Selection }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "load"; document: FormDocument };

function reduce(state: DesignState, action: Action): DesignState {
  switch (action.type) {
    case "edit":
      return applied(state, action.edit);
    case "select":
      return { ...state, selection: action.selection };
    case "undo":
      return travelled(state, undo(state.history));
    case "redo":
      return travelled(state, redo(state.history));
    case "load":
      return fresh(action.document);
  }
}

function applied(state: DesignState, { name, document, selection, tag, spoken }: Edit): DesignState {
  const history = record(state.history, name, document, tag);
  const wanted = selection ?? state.selection;
  return { history, selection: validSelection(document, wanted), spoken: spoken ?? state.spoken };
}

function travelled(state: DesignState, history: History<FormDocument>): DesignState {
  return { ...state, history, selection: validSelection(history.present, state.selection) };
}

function fresh(document: FormDocument): DesignState {
  return { history: start(document), selection: THE_FORM, spoken: "" };
}

export interface Design extends DesignState {
  readonly document: FormDocument;
  readonly edit: (edit: Edit) => void;
  readonly select: (selection: Selection) => void;
  readonly selectPath: (path: Path) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly load: (document: FormDocument) => void;
}

export function useDesign(document: FormDocument): Design {
  const [state, dispatch] = useReducer(reduce, document, fresh);
  const present = state.history.present;
  const selectPath = useCallback(
    (path: Path) => dispatch({ type: "select", selection: selectionAt(present, path) }),
    [present],
  );
  return useMemo(
    () => ({
      ...state,
      document: present,
      edit: (edit) => dispatch({ type: "edit", edit }),
      select: (selection) => dispatch({ type: "select", selection }),
      selectPath,
      undo: () => dispatch({ type: "undo" }),
      redo: () => dispatch({ type: "redo" }),
      load: (loaded) => dispatch({ type: "load", document: loaded }),
    }),
    [state, present, selectPath],
  );
}
