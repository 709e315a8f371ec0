import { markedBlock } from "../../support/markedBlock.ts";

/** The code and the commands of the section "Add a claim" in the documentation. */
export interface AddClaimSteps {
  /** The commands, without the one that creates the migration. */
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
