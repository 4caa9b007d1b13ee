import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { collect } from "./messages";

const SRC = join(import.meta.dirname, "..");
const HAN = /\p{Script=Han}/u;

const en = collect(
  import.meta.glob<Record<string, string>>("./en/*.json", { eager: true, import: "default" }),
);
const zh = collect(
  import.meta.glob<Record<string, string>>("./zh-CN/*.json", { eager: true, import: "default" }),
);
const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
  .map((path) => ({ path, text: readFileSync(join(SRC, path), "utf8") }));

/** Texts that name nothing by themselves: everything that is written in source code and no comment. */
function literals({ path, text }: { path: string; text: string }): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateLiteralToken(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

const base = (keys: Record<string, string>) =>
  new Set(Object.keys(keys).map((key) => key.replace(/_one$/, "")));
const params = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe("texts", () => {
  it("exist in Chinese and English under the same keys", () => {
    expect([...base(en)].sort()).toEqual([...base(zh)].sort());
  });

  it("use the same parameters in both languages", () => {
    const different = Object.keys(zh).filter(
      (key) => String(params(zh[key]!)) !== String(params(en[key] ?? "")),
    );

    expect(different).toEqual([]);
  });

  it("are not written into the source", () => {
    const allowed = new Set(["简体中文"]);
    const suspects = sources.filter(({ text }) => HAN.test(text));
    const written = suspects.flatMap((source) =>
      literals(source)
        .filter((literal) => HAN.test(literal) && !allowed.has(literal))
        .map((literal) => `${source.path}: ${literal.trim()}`),
    );

    expect(written).toEqual([]);
  });

  it("exist for every key that the source names", () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*"([^"]+)"/g)]
        .map((match) => match[1] ?? "")
        .filter((key) => !(key in zh))
        .map((key) => `${path}: ${key}`),
    );

    expect(missing).toEqual([]);
  });
});
