/** The properties that each field type alone has, for the designer; other screens load none of it. */
import type { ComponentType } from "react";
import type { FieldTypeName } from "@/api";
import type { SettingsProps } from "../contract";
import { Settings as AutoNumberSettings } from "../auto_number/settings";
import { Settings as CheckboxSettings } from "../checkbox/settings";
import { Settings as DateSettings } from "../date/settings";
import { Settings as DatetimeSettings } from "../datetime/settings";
import { Settings as DepartmentSettings } from "../department/settings";
import { Settings as EmailSettings } from "../email/settings";
import { Settings as PhoneSettings } from "../phone/settings";
import { Settings as UrlSettings } from "../url/settings";
import { Settings as IdNumberSettings } from "../id_number/settings";
import { Settings as CreditCodeSettings } from "../credit_code/settings";
import { Settings as LongtextSettings } from "../longtext/settings";
import { Settings as MemberSettings } from "../member/settings";
import { Settings as MoneySettings } from "../money/settings";
import { Settings as NumberSettings } from "../number/settings";
import { Settings as PercentSettings } from "../percent/settings";
import { Settings as RatingSettings } from "../rating/settings";
import { Settings as RelationSettings } from "../relation/settings";
import { Settings as SelectSettings } from "../select/settings";
import { Settings as SubtableSettings } from "../subtable/settings";
import { Settings as TextSettings } from "../text/settings";

export const FIELD_SETTINGS: Readonly<Record<FieldTypeName, ComponentType<SettingsProps>>> = Object.freeze({
  auto_number: AutoNumberSettings,
  checkbox: CheckboxSettings,
  date: DateSettings,
  datetime: DatetimeSettings,
  department: DepartmentSettings,
  email: EmailSettings,
  phone: PhoneSettings,
  url: UrlSettings,
  id_number: IdNumberSettings,
  credit_code: CreditCodeSettings,
  longtext: LongtextSettings,
  member: MemberSettings,
  money: MoneySettings,
  number: NumberSettings,
  percent: PercentSettings,
  rating: RatingSettings,
  relation: RelationSettings,
  select: SelectSettings,
  subtable: SubtableSettings,
  text: TextSettings,
});
