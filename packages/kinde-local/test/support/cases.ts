import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What Kinde's public runtime did with one workflow. */
export interface Case {
  name: string;
  source: string;
  env?: Record<string, string>;
  outcome: {
    stage: "bundle" | "introspect" | "run";
    claims?: Record<string, unknown>;
    logs?: { level: string; arguments: unknown[] }[];
    error?: string;
    hangs?: boolean;
  };
}

const FOLDER = join(import.meta.dirname, "../fixtures/cases");

/** Every case of every file in the folder; a file holds one case, or `{ "cases": […] }`. */
export function readCases(): Case[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(join(FOLDER, name), "utf8")) as Case | { cases: Case[] };
      return "cases" in file ? file.cases : [file];
    });
}
