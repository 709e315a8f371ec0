import { openExpress } from "./openExpress.ts";
import { type OpenProgramOptions, openProgram } from "./openProgram.ts";
import { EXAMPLE_PROGRAMS } from "./programs.ts";
import type { AppInFront } from "./types.ts";

export const EXAMPLE_NAMES = ["express", "nextjs", "sveltekit", "spa"] as const;
export type ExampleName = (typeof EXAMPLE_NAMES)[number];

/**
 * Prepares an example for its start.
 *
 * @throws LocalStackError, or the error of `listen` if the port is taken
 */
export function openFront(
  name: ExampleName,
  options: OpenProgramOptions & { readonly log: (line: string) => void },
): Promise<AppInFront> {
  return name === "express" ? openExpress(options) : openProgram(EXAMPLE_PROGRAMS[name], options);
}
