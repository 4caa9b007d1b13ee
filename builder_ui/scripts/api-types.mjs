/**
 * openapi.json is the contract of the platform without any form (as an empty installation serves it); schema.d.ts is
 * generated from it.
 *   node scripts/api-types.mjs               writes src/api/schema.d.ts
 *   node scripts/api-types.mjs served.json   takes over a served contract first, without what names an installation
 */
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const CONTRACT = new URL("../openapi.json", import.meta.url);
const TYPES = new URL("../src/api/schema.d.ts", import.meta.url);

/** Keys in order, so that a new contract shows as a short difference. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

async function takeOver(file) {
  const served = JSON.parse(await readFile(file, "utf8"));
  const { Problem } = served.components.schemas;
  const contract = {
    ...served,
    info: { title: "Dougong", version: served.info.version },
    components: { ...served.components, schemas: { Problem } },
  };
  await writeFile(CONTRACT, `${JSON.stringify(sorted(contract), null, 1)}\n`);
}

export async function apiTypes() {
  return astToString(await openapiTS(CONTRACT));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , served] = process.argv;
  if (served) await takeOver(served);
  await writeFile(TYPES, await apiTypes());
}
