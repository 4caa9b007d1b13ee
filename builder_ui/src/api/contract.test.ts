import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apiTypes } from "../../scripts/api-types.mjs";

const HERE = import.meta.dirname;
const SRC = join(HERE, "..");

interface Contract {
  paths: Record<string, Record<string, unknown>>;
}

const contract = JSON.parse(readFileSync(join(SRC, "../openapi.json"), "utf8")) as Contract;

interface Call {
  file: string;
  method: string;
  path: string;
}

/** `api.get<T>(\`/forms/${form}\`)` and `request("PATCH", "/x")`; addresses that are built elsewhere are not seen. */
const CALLS =
  /\b(?:api\.(get|post|put|patch|delete)|request)\b(?:<[^()]*?>)?\(\s*(?:"([A-Z]+)",\s*)?["`](\/[^"`]*)["`]/g;

function callsOf(file: string): Call[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(CALLS)].map(([, verb, word, path = ""]) => ({
    file,
    method: (verb ?? word ?? "").toLowerCase(),
    path: path.replace(/\$\{[^}]*\}/g, "x"),
  }));
}

function isServed({ method, path }: Call): boolean {
  return Object.entries(contract.paths).some(
    ([template, methods]) =>
      method in methods && new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path),
  );
}

describe("contract of the server", () => {
  it("has the types that are generated from it", async () => {
    expect(readFileSync(join(HERE, "schema.d.ts"), "utf8")).toBe(await apiTypes());
  });

  it("serves every address that the source calls", () => {
    const calls = readdirSync(SRC, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .flatMap(callsOf);

    expect(calls.length).toBeGreaterThan(30);
    expect(calls.filter((call) => !isServed(call))).toEqual([]);
  });
});
