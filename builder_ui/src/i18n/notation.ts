/** Telephone numbers and card numbers as people read them; the stored text is `engine/forms/fields`' canonical one. */

const MOBILE = /^(1[3-9]\d)(\d{4})(\d{4})$/;
const FREE = /^([48]00)(\d{3})(\d{4})$/;
const LANDLINE = /^(0(?:10|2\d|[3-9]\d\d))([2-8]\d{6,7})(?:x(\d{1,6}))?$/;
const FOREIGN =
  /^\+([17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})(\d{4}(?=\d{4}$)|\d+)(\d{4})$/;

/** `138 0013 8000`, `0571-88776655-802`, `+1 415 555 2671`; anything else as it is. */
export function formatPhone(number: string): string {
  const foreign = FOREIGN.exec(number);
  if (foreign) {
    const [, country = "", head = "", tail = ""] = foreign;
    return [`+${country}`, ...(head.length === 4 ? [head] : (head.match(/\d{1,3}/g) ?? [])), tail].join(" ");
  }
  const [, ...parts] = MOBILE.exec(number) ?? FREE.exec(number) ?? LANDLINE.exec(number) ?? [];
  if (parts.length === 0) return number;
  return parts.filter(Boolean).join(MOBILE.test(number) ? " " : "-");
}

/** Region and last four characters of an identity card stay readable. */
export function formatMasked(number: string): string {
  return number.length > 10
    ? number.replace(/^(.{6}).*(.{4})$/, `$1${"*".repeat(number.length - 10)}$2`)
    : number;
}
