import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import { MAP_COMMENT } from "../../bundle/mapComment.ts";
import type { Job } from "../protocol/messages.ts";
import { markCrashes } from "./markCrashes.ts";

/**
 * The name of a bundle in stacks and in a debugger. It is a path in the folder of the workflow, so
 * that the relative paths in the source map are right.
 */
export function programName({ mapFolder }: Bundle, file: string): string {
  return pathToFileURL(join(mapFolder, `${basename(file)}.js`)).href;
}

type Program = Pick<Job, "code" | "hash" | "filename">;

export function program(bundle: Bundle, file: string): Program {
  return { code: markCrashes(bundle), hash: bundle.hash, filename: programName(bundle, file) };
}

/** The code with its source map, so that a debugger shows the author's files. */
export function inspectable(bundle: Bundle, file: string): Program {
  const map = Buffer.from(bundle.map).toString("base64");
  return {
    code: `${markCrashes(bundle)}\n${MAP_COMMENT}${map}\n`,
    hash: `${bundle.hash} with map`,
    filename: programName(bundle, file),
  };
}
