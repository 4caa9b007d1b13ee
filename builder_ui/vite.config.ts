import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const PLAIN = ["src/**/model/**/*.test.ts", "src/rules/feel/**/*.test.ts"];
const src = fileURLToPath(new URL("./src", import.meta.url));

export default defineConfig({
  base: "/app/",
  plugins: [react()],
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
