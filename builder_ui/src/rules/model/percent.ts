/** Moves the decimal point of decimal text, so that 13 % becomes 0.13 without passing through a double. */
export function shiftPoint(text: string, places: number): string {
  const match = /^(-?)(\d*)\.?(\d*)$/.exec(text.trim());
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  if (!match || whole + fraction === "") return text;
  const room = Math.abs(places) + 1;
  const digits = "0".repeat(room) + whole + fraction + "0".repeat(room);
  const point = room + whole.length + places;
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const tail = digits.slice(point).replace(/0+$/, "");
  return sign + head + (tail ? `.${tail}` : "");
}
