/** Blocks of cells as spreadsheets exchange them: tabs between cells, lines between rows, quotes around both. */

export type Block = readonly (readonly string[])[];

export function readBlock(text: string): Block {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|$)|([^\t\r\n]*))(\t|\r?\n|$)/gy;
  const source = text.replace(/\r?\n$/, "");
  for (;;) {
    const match = pattern.exec(source);
    if (!match) break;
    const [, quoted, plain = "", end] = match;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  return rows;
}

export function writeBlock(block: Block): string {
  const cell = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return block.map((row) => row.map(cell).join("\t")).join("\n");
}
