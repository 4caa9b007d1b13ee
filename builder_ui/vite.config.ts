import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const PLAIN = ["src/api/contract.test.ts", "src/**/model/**/*.test.ts", "src/rules/feel/**/*.test.ts"];
const src = fileURLToPath(new URL("./src", import.meta.url));

/** Writes `<file>.gz` beside every script and style; the server sends it to browsers that take it. */
function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const files = Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file));
      await Promise.all(
        files.map(async (file) => {
          const path = join(dir, file);
          await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
        }),
      );
    },
  };
}

export default defineConfig({
  base: "/app/",
  plugins: [react(), compressed()],
  resolve: { alias: { "@": src } },
  build: {
    outDir: "../runtime/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
  server: { port: 5173, proxy: { "/api": "http://127.0.0.1:8000" } },
  test: {
    css: false,
    // One document and one set of modules for all files: each test leaves both as it found them.
    isolate: false,
    projects: [
      {
        // Models and the FEEL runtime are plain TypeScript: no document is built for them.
        extends: true,
        test: { name: "plain", environment: "node", include: PLAIN },
      },
      {
        extends: true,
        test: {
          name: "browser",
          environment: "jsdom",
          include: ["src/**/*.test.{ts,tsx}"],
          exclude: PLAIN,
          setupFiles: ["src/test/setup.ts"],
        },
      },
    ],
  },
});
