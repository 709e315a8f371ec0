import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./copyRepository.ts";

/** What the section "Add a claim" of the documentation has the reader write and run for one claim. */
export interface AddClaimSteps {
  /** The commands, without the one that makes the migration. */
  readonly commands: readonly string[];
  readonly sql: string;
  /** The line of `PROFILE_CLAIMS`. */
  readonly contract: string;
  /** The entry of `CLAIMS`. */
  readonly entry: string;
}

/** Reads the steps for `beta_tester` from README.md, and those for `tier` from docs/text-claims.md. */
export function readAddClaimSteps(): {
  newMigration: string;
  beta_tester: AddClaimSteps;
  tier: AddClaimSteps;
} {
  const readme = read("README.md");
  const ofBetaTester = blocksOf(/^## Add a claim\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? "");
  const ofTier = blocksOf(read("docs/text-claims.md"));
  const [newMigration = "", ...commands] = ofBetaTester("sh").map((text) => text.trim());
  const [sql, sqlOfTier] = [...ofBetaTester("sql"), ...ofTier("sql")];
  const [contract, entry, contractOfTier, entryOfTier] = [...ofBetaTester("ts"), ...ofTier("ts")];
  if (!sql || !sqlOfTier || !contract || !entry || !contractOfTier || !entryOfTier) {
    throw new Error(
      "README.md or docs/text-claims.md no longer has the code blocks that add a claim.",
    );
  }
  return {
    newMigration,
    beta_tester: { commands, sql, contract, entry },
    tier: { commands, sql: sqlOfTier, contract: contractOfTier, entry: entryOfTier },
  };
}

const read = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");

/** The code blocks of a Markdown text, by language. */
function blocksOf(markdown: string): (language: string) => string[] {
  const blocks = [...markdown.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = "", language = "", text = ""]) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
  return (language) =>
    blocks.filter((block) => block.language === language).map(({ text }) => text);
}
