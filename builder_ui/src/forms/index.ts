export { FIELD_TYPES, SubtableTable } from "./fields/registry";
export type { CellProps, FieldType, InputProps } from "./fields/contract";
export { FormView, type FormHandle, type FormViewProps } from "./renderer/FormView";
export type { Mode } from "./renderer/context";
export type { FieldRight, FieldRights } from "./model/rights";

/** The designer comes when it is opened; people who only fill forms never load it. */
export const loadDesigner = () => import("./designer/FormDesigner");
