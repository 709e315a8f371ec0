import { readRegularFile } from "../readRegularFile.ts";

const ID = /\bworkflowSettings\b[\s\S]*?\bid\s*:\s*(["'`])(.+?)\1/;

/**
 * Reads the id from the source of a workflow that cannot be loaded.
 *
 * @returns undefined if no id follows the name `workflowSettings` as a literal
 */
export function guessId(file: string): string | undefined {
  try {
    return ID.exec(readRegularFile(file))?.[2];
  } catch {
    return undefined;
  }
}
