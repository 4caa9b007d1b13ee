export {
  currencySymbol,
  formatDate,
  formatDateTime,
  formatDistance,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  localDate,
  type Numeric,
} from "./format";
export {
  LANGUAGES,
  chooseLanguage,
  currentLanguage,
  currentCurrency,
  currentZone,
  loadLanguage,
  loadTexts,
  preferredLanguage,
  setRegion,
  useLanguage,
  type Language,
} from "./language";
export { label, t, useT, type Label, type Params, type Translate } from "./translate";
export { formatMasked, formatPhone } from "./notation";
