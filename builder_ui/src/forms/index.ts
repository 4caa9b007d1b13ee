export { FIELD_TYPES, SubtableTable } from "./fields/registry";
export type { CellProps, FieldType, InputProps } from "./fields/contract";
export { FormView, type FormHandle, type FormViewProps } from "./renderer/FormView";
export type { Mode } from "./renderer/context";
export type { FieldRight, FieldRights } from "./model/rights";
export { freeKey, isFreeKey, isKey, keyFromLabel, newKey } from "./model/keys";
export { labelIn, withLabel } from "./model/label";
export { useDraftKeeper, useLoadedDraft, type DraftStatus } from "./designer/useDraft";

/** The designer comes when it is opened; people who only fill forms never load it. */
export const loadDesigner = () => import("./designer/FormDesigner");
