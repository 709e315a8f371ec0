import type { Bundle } from "../bundle/bundleWorkflow.ts";
import { type Position, sourcePositions } from "../bundle/sourcePosition.ts";
import { programName } from "../realm/program.ts";
import type { ThrownError } from "../realm/protocol.ts";
import type { RunError } from "../types.ts";

/** A thrown value with the place in the author's source where it was made, where that is known. */
export function locateError(thrown: ThrownError, bundle: Bundle, file: string): RunError {
  const at = findPosition(thrown.stack, bundle, file);
  return {
    name: thrown.name,
    message: thrown.message,
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}

/** The first frame that is the author's: not one of a package, not one of the realm. */
function findPosition(stack: string, bundle: Bundle, file: string): Position | null {
  const toSource = sourcePositions(bundle);
  const name = `${programName(bundle, file)}:`;
  const frames = stack.split("\n").filter((frame) => frame.includes(name));
  for (const frame of frames) {
    const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (line === undefined) continue;
    const position = toSource(Number(line), Number(column) - 1);
    if (position && !position.file.includes("node_modules")) return position;
  }
  return null;
}
