import { createContext, useContext } from "react";
import type { FieldRender, FormRender, Value } from "@/api";
import type { EditRow, Settled } from "../model/settle";

export type Mode = "view" | "edit" | "create";

/** Everything a place of the form needs to draw itself. */
export interface FormSurface {
  readonly form: FormRender;
  readonly mode: Mode;
  readonly settled: Settled;
  readonly set: (field: string, value: Value) => void;
  /** Message at `field` or `field/row/column`; undefined = nothing wrong. */
  readonly errorAt: (place: string) => string | undefined;
  readonly warningAt: (field: string) => string | undefined;
  readonly newRow: (table: string) => EditRow;
  /** Designer: rules do not hide, tabs and groups are open as the designer says. */
  readonly sample: boolean;
  readonly openTab: (path: string) => number | undefined;
  readonly idPrefix: string;
}

export const SurfaceContext = createContext<FormSurface | null>(null);

export function useSurface(): FormSurface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error("A part of a form stands outside of FormView.");
  return surface;
}

/** A field at its place in the layout. */
export interface PlacedField {
  readonly key: string;
  readonly span: number;
  /** Child indexes from the root, joined by points. */
  readonly path: string;
}

export function fieldOf(form: FormRender, key: string): FieldRender | undefined {
  return form.fields[key] ?? form.system[key];
}
