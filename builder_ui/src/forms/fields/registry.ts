/** The registry of field types on screen: `docs/recipes/add-a-field-type.md`. */
import type { FieldTypeName } from "@/api";
import type { FieldType } from "./contract";
import { Cell as AutoNumberCell } from "./auto_number/Cell";
import { Input as AutoNumberInput } from "./auto_number/Input";
import { Settings as AutoNumberSettings } from "./auto_number/settings";
import { Cell as CheckboxCell } from "./checkbox/Cell";
import { Input as CheckboxInput } from "./checkbox/Input";
import { Settings as CheckboxSettings } from "./checkbox/settings";
import { Cell as DateCell } from "./date/Cell";
import { Input as DateInput } from "./date/Input";
import { Settings as DateSettings } from "./date/settings";
import { Cell as DatetimeCell } from "./datetime/Cell";
import { Input as DatetimeInput } from "./datetime/Input";
import { Settings as DatetimeSettings } from "./datetime/settings";
import { Cell as DepartmentCell } from "./department/Cell";
import { Input as DepartmentInput } from "./department/Input";
import { Settings as DepartmentSettings } from "./department/settings";
import { Cell as LongtextCell } from "./longtext/Cell";
import { Input as LongtextInput } from "./longtext/Input";
import { Settings as LongtextSettings } from "./longtext/settings";
import { Cell as MemberCell } from "./member/Cell";
import { Input as MemberInput } from "./member/Input";
import { Settings as MemberSettings } from "./member/settings";
import { Cell as MoneyCell } from "./money/Cell";
import { Input as MoneyInput } from "./money/Input";
import { Settings as MoneySettings } from "./money/settings";
import { Cell as NumberCell } from "./number/Cell";
import { Input as NumberInput } from "./number/Input";
import { Settings as NumberSettings } from "./number/settings";
import { Cell as PercentCell } from "./percent/Cell";
import { Input as PercentInput } from "./percent/Input";
import { Settings as PercentSettings } from "./percent/settings";
import { Cell as RelationCell } from "./relation/Cell";
import { Input as RelationInput } from "./relation/Input";
import { Settings as RelationSettings } from "./relation/settings";
import { Cell as SelectCell } from "./select/Cell";
import { Input as SelectInput } from "./select/Input";
import { Settings as SelectSettings } from "./select/settings";
import { Cell as TextCell } from "./text/Cell";
import { Input as TextInput } from "./text/Input";
import { Settings as TextSettings } from "./text/settings";
import { FIELD_SPECS } from "./specs";
import { Count, makeTable } from "./subtable/Cell";
import { makeInput } from "./subtable/Input";
import { Settings as SubtableSettings } from "./subtable/settings";

const ROW_TYPES = {
  text: { spec: FIELD_SPECS.text, Input: TextInput, Cell: TextCell, Settings: TextSettings },
  longtext: {
    spec: FIELD_SPECS.longtext,
    Input: LongtextInput,
    Cell: LongtextCell,
    Settings: LongtextSettings,
  },
  number: { spec: FIELD_SPECS.number, Input: NumberInput, Cell: NumberCell, Settings: NumberSettings },
  money: { spec: FIELD_SPECS.money, Input: MoneyInput, Cell: MoneyCell, Settings: MoneySettings },
  percent: { spec: FIELD_SPECS.percent, Input: PercentInput, Cell: PercentCell, Settings: PercentSettings },
  date: { spec: FIELD_SPECS.date, Input: DateInput, Cell: DateCell, Settings: DateSettings },
  datetime: {
    spec: FIELD_SPECS.datetime,
    Input: DatetimeInput,
    Cell: DatetimeCell,
    Settings: DatetimeSettings,
  },
  select: { spec: FIELD_SPECS.select, Input: SelectInput, Cell: SelectCell, Settings: SelectSettings },
  checkbox: {
    spec: FIELD_SPECS.checkbox,
    Input: CheckboxInput,
    Cell: CheckboxCell,
    Settings: CheckboxSettings,
  },
  relation: {
    spec: FIELD_SPECS.relation,
    Input: RelationInput,
    Cell: RelationCell,
    Settings: RelationSettings,
  },
  auto_number: {
    spec: FIELD_SPECS.auto_number,
    Input: AutoNumberInput,
    Cell: AutoNumberCell,
    Settings: AutoNumberSettings,
  },
  member: { spec: FIELD_SPECS.member, Input: MemberInput, Cell: MemberCell, Settings: MemberSettings },
  department: {
    spec: FIELD_SPECS.department,
    Input: DepartmentInput,
    Cell: DepartmentCell,
    Settings: DepartmentSettings,
  },
} satisfies Partial<Record<FieldTypeName, FieldType>>;

export const FIELD_TYPES: Readonly<Record<FieldTypeName, FieldType>> = Object.freeze({
  ...ROW_TYPES,
  subtable: {
    spec: FIELD_SPECS.subtable,
    Input: makeInput(ROW_TYPES),
    Cell: Count,
    Settings: SubtableSettings,
  },
});

/** The rows of a sub-table as a table to read. */
export const SubtableTable = makeTable(ROW_TYPES);
