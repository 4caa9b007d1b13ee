/**
 * First load of a screen = gzip of the static import closure of the entry and of the screen's own chunk, JS and CSS,
 * plus one language. Reads Vite's manifest; exits 1 when a screen is over its budget.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const STATIC = fileURLToPath(new URL("../../runtime/static/", import.meta.url));
const SCREENS = JSON.parse(readFileSync(new URL("./budgets.json", import.meta.url), "utf8"));
const manifest = JSON.parse(readFileSync(`${STATIC}manifest.json`, "utf8"));

function closure(entries) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The manifest has no ${key}: is budgets.json up to date?`);
    if (seen.has(key)) return;
    seen.add(key);
    files.add(chunk.file);
    for (const file of chunk.css ?? []) files.add(file);
    for (const next of chunk.imports ?? []) visit(next);
  };
  entries.forEach(visit);
  return files;
}

const kilobytes = (file) => gzipSync(readFileSync(STATIC + file), { level: 9 }).length / 1024;
let over = false;
for (const [screen, { entries, limit_kb: limit }] of Object.entries(SCREENS)) {
  const files = closure(entries);
  const size = [...files].reduce((sum, file) => sum + kilobytes(file), 0);
  over ||= size > limit;
  console.log(
    `${screen.padEnd(10)} ${size.toFixed(1).padStart(7)} KB gz of ${limit} KB in ${files.size} files`,
  );
}
process.exit(over ? 1 : 0);
