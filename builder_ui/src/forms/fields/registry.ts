/** The registry of field types on screen: `docs/recipes/add-a-field-type.md`. */
import type { FieldTypeName } from "@/api";
import type { FieldType } from "./contract";
import { Cell as AutoNumberCell } from "./auto_number/Cell";
import { Input as AutoNumberInput } from "./auto_number/Input";
import { Cell as CheckboxCell } from "./checkbox/Cell";
import { Input as CheckboxInput } from "./checkbox/Input";
import { Cell as DateCell } from "./date/Cell";
import { Input as DateInput } from "./date/Input";
import { Cell as DatetimeCell } from "./datetime/Cell";
import { Input as DatetimeInput } from "./datetime/Input";
import { Cell as DepartmentCell } from "./department/Cell";
import { Input as DepartmentInput } from "./department/Input";
import { Cell as EmailCell } from "./email/Cell";
import { Input as EmailInput } from "./email/Input";
import { Cell as PhoneCell } from "./phone/Cell";
import { Input as PhoneInput } from "./phone/Input";
import { Cell as UrlCell } from "./url/Cell";
import { Input as UrlInput } from "./url/Input";
import { Cell as IdNumberCell } from "./id_number/Cell";
import { Input as IdNumberInput } from "./id_number/Input";
import { Cell as CreditCodeCell } from "./credit_code/Cell";
import { Input as CreditCodeInput } from "./credit_code/Input";
import { Cell as LongtextCell } from "./longtext/Cell";
import { Input as LongtextInput } from "./longtext/Input";
import { Cell as MemberCell } from "./member/Cell";
import { Input as MemberInput } from "./member/Input";
import { Cell as MoneyCell } from "./money/Cell";
import { Input as MoneyInput } from "./money/Input";
import { Cell as NumberCell } from "./number/Cell";
import { Input as NumberInput } from "./number/Input";
import { Cell as PercentCell } from "./percent/Cell";
import { Input as PercentInput } from "./percent/Input";
import { Cell as RatingCell } from "./rating/Cell";
import { Input as RatingInput } from "./rating/Input";
import { Cell as RelationCell } from "./relation/Cell";
import { Input as RelationInput } from "./relation/Input";
import { Cell as SelectCell } from "./select/Cell";
import { Input as SelectInput } from "./select/Input";
import { Cell as TextCell } from "./text/Cell";
import { Input as TextInput } from "./text/Input";
import { FIELD_SPECS } from "./specs";
import { Count, makeTable } from "./subtable/Cell";
import { makeInput } from "./subtable/Input";

const ROW_TYPES = {
  text: { spec: FIELD_SPECS.text, Input: TextInput, Cell: TextCell },
  longtext: {
    spec: FIELD_SPECS.longtext,
    Input: LongtextInput,
    Cell: LongtextCell,
  },
  email: { spec: FIELD_SPECS.email, Input: EmailInput, Cell: EmailCell },
  phone: { spec: FIELD_SPECS.phone, Input: PhoneInput, Cell: PhoneCell },
  url: { spec: FIELD_SPECS.url, Input: UrlInput, Cell: UrlCell },
  id_number: { spec: FIELD_SPECS.id_number, Input: IdNumberInput, Cell: IdNumberCell },
  credit_code: { spec: FIELD_SPECS.credit_code, Input: CreditCodeInput, Cell: CreditCodeCell },
  number: { spec: FIELD_SPECS.number, Input: NumberInput, Cell: NumberCell },
  money: { spec: FIELD_SPECS.money, Input: MoneyInput, Cell: MoneyCell },
  percent: { spec: FIELD_SPECS.percent, Input: PercentInput, Cell: PercentCell },
  rating: { spec: FIELD_SPECS.rating, Input: RatingInput, Cell: RatingCell },
  date: { spec: FIELD_SPECS.date, Input: DateInput, Cell: DateCell },
  datetime: {
    spec: FIELD_SPECS.datetime,
    Input: DatetimeInput,
    Cell: DatetimeCell,
  },
  select: { spec: FIELD_SPECS.select, Input: SelectInput, Cell: SelectCell },
  checkbox: {
    spec: FIELD_SPECS.checkbox,
    Input: CheckboxInput,
    Cell: CheckboxCell,
  },
  relation: {
    spec: FIELD_SPECS.relation,
    Input: RelationInput,
    Cell: RelationCell,
  },
  auto_number: {
    spec: FIELD_SPECS.auto_number,
    Input: AutoNumberInput,
    Cell: AutoNumberCell,
  },
  member: { spec: FIELD_SPECS.member, Input: MemberInput, Cell: MemberCell },
  department: {
    spec: FIELD_SPECS.department,
    Input: DepartmentInput,
    Cell: DepartmentCell,
  },
} satisfies Partial<Record<FieldTypeName, FieldType>>;

export const FIELD_TYPES: Readonly<Record<FieldTypeName, FieldType>> = Object.freeze({
  ...ROW_TYPES,
  subtable: {
    spec: FIELD_SPECS.subtable,
    Input: makeInput(ROW_TYPES),
    Cell: Count,
  },
});

/** The rows of a sub-table as a table to read. */
export const SubtableTable = makeTable(ROW_TYPES);
