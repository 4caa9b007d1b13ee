/** The field types without their React parts, in palette order. */
import type { FieldTypeName } from "@/api";
import { spec as autoNumber } from "./auto_number/spec";
import { spec as checkbox } from "./checkbox/spec";
import type { FieldSpec } from "./contract";
import { spec as date } from "./date/spec";
import { spec as datetime } from "./datetime/spec";
import { spec as department } from "./department/spec";
import { spec as email } from "./email/spec";
import { spec as phone } from "./phone/spec";
import { spec as url } from "./url/spec";
import { spec as idNumber } from "./id_number/spec";
import { spec as creditCode } from "./credit_code/spec";
import { spec as longtext } from "./longtext/spec";
import { spec as member } from "./member/spec";
import { spec as money } from "./money/spec";
import { spec as number } from "./number/spec";
import { spec as percent } from "./percent/spec";
import { spec as rating } from "./rating/spec";
import { spec as relation } from "./relation/spec";
import { spec as select } from "./select/spec";
import { spec as subtable } from "./subtable/spec";
import { spec as text } from "./text/spec";

export const FIELD_SPECS: Readonly<Record<FieldTypeName, FieldSpec>> = Object.freeze({
  text,
  longtext,
  email,
  phone,
  url,
  id_number: idNumber,
  credit_code: creditCode,
  number,
  money,
  percent,
  rating,
  date,
  datetime,
  select,
  checkbox,
  relation,
  subtable,
  auto_number: autoNumber,
  member,
  department,
});

export function isFieldType(name: string): name is FieldTypeName {
  return Object.hasOwn(FIELD_SPECS, name);
}

export function specOf(name: string): FieldSpec | undefined {
  return isFieldType(name) ? FIELD_SPECS[name] : undefined;
}
