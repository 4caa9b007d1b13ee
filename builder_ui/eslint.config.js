import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** The floors, lowest first: ui, i18n, api < domains < shell. A domain is entered through its index.ts only. */
const DOMAINS = ["forms", "flows", "rules", "publish", "records", "tasks", "definitions", "settings", "home"];
const doors = DOMAINS.map((domain) => ({
  group: [`@/${domain}/**`],
  message: `Import from "@/${domain}", its index.`,
}));
const above = (names, message) => ({
  group: names.flatMap((name) => [`@/${name}`, `@/${name}/**`]),
  message,
});
const restrict = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});
const insideDomain = (domain) =>
  restrict(
    [`src/${domain}/**`],
    [
      ...doors.filter((door) => !door.group[0].startsWith(`@/${domain}/`)),
      above(["shell"], "A domain does not import the shell."),
    ],
  );

export default tseslint.config(
  { ignores: ["node_modules", "src/api/schema.d.ts", "coverage"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  jsxA11y.flatConfigs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    languageOptions: { globals: globals.browser },
    rules: {
      "react-hooks/rules-of-hooks": "error",
      "react-hooks/exhaustive-deps": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      "jsx-a11y/no-autofocus": "off",
    },
  },
  { files: ["scripts/**", "*.config.*"], languageOptions: { globals: globals.node } },
  { files: ["public/**"], languageOptions: { globals: globals.browser } },
  restrict(["src/**"], doors),
  ...DOMAINS.map(insideDomain),
  restrict(["src/ui/**"], [above([...DOMAINS, "api", "shell"], "ui imports no domain and no api.")]),
  restrict(["src/i18n/**"], [above([...DOMAINS, "api", "ui", "shell"], "i18n stands on the ground.")]),
  restrict(["src/api/**"], [above([...DOMAINS, "ui", "shell"], "api imports no domain and no ui.")]),
  restrict(
    ["src/**/model/**"],
    [
      {
        group: ["react", "react-dom", "antd", "@/ui", "@/ui/**", "react-router"],
        message: "model/ folders are plain TypeScript.",
      },
      ...doors,
    ],
  ),
);
