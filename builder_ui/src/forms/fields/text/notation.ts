/** What the browser says at once about text in a known notation; the server, which makes it canonical, decides. */
import type { FieldRender, Value } from "@/api";
import type { EntryProblem } from "../contract";

const EMAIL = /^(mailto:)?[^\s@]+@[^\s@]+\.[^\s@]+$/i;
const NUMBER = /^[+(]?\d[\d\s().\-–—·/+]*((转|分机号?|ext\.?|#|x)[ :]*\d{1,6})?$/i;
const MOBILE = /^(\+86|0086|86)?1[3-9]\d{9}$/;
const CARD = /^[1-9]\d{16}[\dX]$/;
const LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const CODE = new RegExp(`^[${LETTERS}]{18}$`);

/** Whether the last character fits the others: GB 11643. */
function fitsCard(text: string): boolean {
  const sum = Array.from(text.slice(0, 17)).reduce(
    (sum, one, at) => sum + Number(one) * (2 ** (17 - at) % 11),
    0,
  );
  return "10X98765432"[sum % 11] === text[17];
}

/** The same by GB 32100. */
function fitsCode(text: string): boolean {
  const sum = Array.from(text.slice(0, 17)).reduce(
    (sum, one, at) => sum + LETTERS.indexOf(one) * (3 ** at % 31),
    0,
  );
  return LETTERS[(31 - (sum % 31)) % 31] === text[17];
}

function isAddress(text: string): boolean {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  return /^https?:/i.test(url) && !/\s/.test(text) && URL.canParse(url);
}

/** Key of what is wrong, undefined if nothing is. */
function wrong({ type, props }: FieldRender, text: string): string | undefined {
  const bare = text.replace(/[\s-]/g, "").toUpperCase();
  switch (type) {
    case "email":
      return EMAIL.test(text) ? undefined : "email";
    case "phone":
      if (props["mobile"] === true) return MOBILE.test(bare.replace(/[()]/g, "")) ? undefined : "mobile";
      return NUMBER.test(text) ? undefined : "phone";
    case "url":
      return isAddress(text) ? undefined : "url";
    case "id_number":
      if (!CARD.test(bare)) return "id_number";
      return fitsCard(bare) ? undefined : "check-digit";
    case "credit_code":
      if (!CODE.test(bare)) return "credit_code";
      return fitsCode(bare) ? undefined : "check-digit";
    default:
      return undefined;
  }
}

export function checkNotation(field: FieldRender, value: Value): EntryProblem | undefined {
  const text = typeof value === "string" ? value.normalize("NFKC").trim() : "";
  const key = text === "" ? undefined : wrong(field, text);
  return key === undefined ? undefined : { key: `problem.${key}` };
}
