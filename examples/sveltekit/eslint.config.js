import path from "node:path";
import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import { defineConfig, includeIgnoreFile } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";

export default defineConfig(
  includeIgnoreFile(path.resolve(import.meta.dirname, ".gitignore")),
  // This file is generated: `npm run types:database` in the root of the repository.
  { ignores: ["src/lib/database.types.ts"] },
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    // TypeScript finds undefined names itself.
    rules: { "no-undef": "off" },
  },
  {
    files: ["**/*.svelte"],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        parser: ts.parser,
      },
    },
  },
);
