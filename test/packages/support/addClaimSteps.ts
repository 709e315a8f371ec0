import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./copyRepository.ts";

/** What the README's section "Add a claim" has the reader write and run for one claim. */
export interface AddClaimSteps {
  /** The commands, without the one that makes the migration. */
  readonly commands: readonly string[];
  readonly sql: string;
  /** The line of `PROFILE_CLAIMS`. */
  readonly contract: string;
  /** The entry of `CLAIMS`. */
  readonly entry: string;
}

/** Reads the steps for both claims of the README, in the order in which it shows them. */
export function readAddClaimSteps(): {
  newMigration: string;
  beta_tester: AddClaimSteps;
  tier: AddClaimSteps;
} {
  const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
  const section = /^### Add a claim\n([\s\S]*?)^### /m.exec(readme)?.[1] ?? "";
  const blocks = [...section.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = "", language = "", text = ""]) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
  const of = (language: string) =>
    blocks.filter((block) => block.language === language).map(({ text }) => text);
  const [newMigration = "", ...commands] = of("sh").map((text) => text.trim());
  const [sql, sqlOfTier] = of("sql");
  const [contract, entry, contractOfTier, entryOfTier] = of("ts");
  if (!sql || !sqlOfTier || !contract || !entry || !contractOfTier || !entryOfTier) {
    throw new Error("README.md no longer has the code blocks of both claims in 'Add a claim'.");
  }
  return {
    newMigration,
    beta_tester: { commands, sql, contract, entry },
    tier: { commands, sql: sqlOfTier, contract: contractOfTier, entry: entryOfTier },
  };
}
