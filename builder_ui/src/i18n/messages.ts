/** Every `<language>/<domain>.json` is flat; its keys get the domain in front: `records.list.empty`. */
export type Messages = Readonly<Record<string, string>>;

export function collect(files: Record<string, Record<string, string>>): Messages {
  const all: Record<string, string> = {};
  for (const [path, texts] of Object.entries(files)) {
    const domain = path.replace(/^.*\//, "").replace(/\.json$/, "");
    for (const [key, text] of Object.entries(texts)) all[`${domain}.${key}`] = text;
  }
  return all;
}
