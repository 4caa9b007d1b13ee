export { FIELD_TYPES, SubtableTable } from "./fields/registry";
export type { CellProps, FieldType, InputProps } from "./fields/contract";
export { FormView, type FormHandle, type FormViewProps } from "./renderer/FormView";
export type { Mode } from "./renderer/context";
export type { FieldRight, FieldRights } from "./model/rights";
export { freeKey, isFreeKey, isKey, keyFromLabel, newKey } from "./model/keys";
export { isObject } from "./model/document";
export { labelIn, withLabel } from "./model/label";
export { ConflictDialog } from "./designer/Dialogs";
export { DiscardDraft } from "./designer/DiscardDraft";
export { DraftRoute } from "./designer/DraftRoute";
export { DraftState } from "./designer/TopBar";
export { readableFields, useDesignedForm, useFieldsWithRelated } from "./designer/useDesignedForm";
export { useDraftKeeper, type DraftStatus } from "./designer/useDraft";

/** The designer comes when it is opened; people who only fill forms never load it. */
export const loadDesigner = () => import("./designer/FormDesigner");
