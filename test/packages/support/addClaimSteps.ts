import { markedBlock } from "../../support/markedBlock.ts";

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
export function readAddClaimSteps() {
  const commands = [markedBlock("README.md", "new types").trim()];
  const stepsOf = (page: string): AddClaimSteps => ({
    commands,
    sql: markedBlock(page, "new column"),
    contract: markedBlock(page, "new line of the contract"),
    entry: markedBlock(page, "new line of the app's table"),
  });
  return {
    newMigration: markedBlock("README.md", "new migration").trim(),
    beta_tester: stepsOf("README.md"),
    tier: stepsOf("docs/text-claims.md"),
  };
}
