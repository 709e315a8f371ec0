import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import { type Position, sourcePositions } from "../../bundle/sourcePosition.ts";
import type { RunError } from "../../types.ts";
import type { ThrownError } from "../protocol/messages.ts";
import { engineText } from "./engineText.ts";
import { programName } from "./program.ts";

/** A thrown value with the place in the author's source where it was made, where that is known. */
export function locateError(thrown: ThrownError, bundle: Bundle, file: string): RunError {
  const frames = ownFrames(thrown.stack, bundle, file);
  const at = findPosition(frames, bundle);
  return {
    name: thrown.name,
    message: engineText(thrown.message, codeAt(frames[0], bundle)),
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}

interface Frame {
  /** From 1. */
  line: number;
  /** From 0. */
  column: number;
}

/** The frames of a stack that are the bundle's, not the realm's. */
function ownFrames(stack: string, bundle: Bundle, file: string): Frame[] {
  const name = `${programName(bundle, file)}:`;
  return stack.split("\n").flatMap((frame) => {
    const [, line, column] = (frame.includes(name) && /:(\d+):(\d+)\)?$/.exec(frame)) || [];
    return line === undefined ? [] : [{ line: Number(line), column: Number(column) - 1 }];
  });
}

/** The first frame that is the author's, not one of a package. */
function findPosition(frames: readonly Frame[], bundle: Bundle): Position | null {
  const toSource = sourcePositions(bundle);
  for (const { line, column } of frames) {
    const position = toSource(line, column);
    if (position && !position.file.includes("node_modules")) return position;
  }
  return null;
}

function codeAt(frame: Frame | undefined, { code }: Bundle): string {
  if (!frame) return "";
  return (code.split("\n")[frame.line - 1] ?? "").slice(frame.column, frame.column + 200);
}
