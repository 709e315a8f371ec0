import type { Bundle } from "../../bundle/bundleWorkflow.ts";
import { type Position, sourcePositions } from "../../bundle/sourcePosition.ts";
import type { RunError } from "../../types.ts";
import type { Crash, ThrownError } from "../protocol/messages.ts";
import { engineText } from "./engineText.ts";
import { programName } from "./program.ts";

/** A thrown value with its location in the author's source code, if the location is known. */
export function locateError(thrown: ThrownError, bundle: Bundle, file: string): RunError {
  const frames = ownFrames(thrown.stack, bundle, file);
  const at = findPosition(frames, bundle);
  return {
    ...classify(thrown),
    name: thrown.name,
    instead: null,
    message: engineText(thrown.message, codeAt(frames[0], bundle)),
    file: at?.file ?? null,
    line: at?.line ?? null,
    column: at?.column ?? null,
  };
}

const CRASHES: Record<string, { message: string; instead: string }> = {
  this: {
    message: "`this` was used in the default function, which Kinde calls without a `this`",
    instead: "Use the function's parameters, or variables of the file.",
  },
  eval: {
    message: "`eval(…)` was called in the default function, which Kinde calls without a `this`",
    instead: "Write the code itself, or use JSON.parse for data.",
  },
  "Object.fromEntries": {
    message: "Object.fromEntries received an entry that is not a pair",
    instead: "Pass pairs: [[name, value], …].",
  },
};

/** The crash of the engine, with its location in the author's source code. */
export function locateCrash({ what, stack }: Crash, bundle: Bundle, file: string): RunError {
  const at = findPosition(ownFrames(stack, bundle, file), bundle);
  const { message, instead } = CRASHES[what] ?? { message: what, instead: "" };
  return {
    ...{ code: "ENGINE_CRASH", name: "EngineCrash", subject: what, instead },
    message: `${message}: Kinde's engine crashes there (invalid memory address or nil pointer dereference). No catch and no finally ran.`,
    ...{ file: at?.file ?? file, line: at?.line ?? null, column: at?.column ?? null },
  };
}

/**
 * Derives the code from the message, because V8's errors have no codes. Only this function and
 * `engineText` parse V8's messages. This function also checks the error's name, because a workflow
 * may throw its own error with the same message.
 */
function classify({ name, message }: ThrownError): Pick<RunError, "code" | "subject"> {
  const [, subject = null, kind] = /^(\S+) is not (defined|a function)$/.exec(message) ?? [];
  if (kind === "defined" && name === "ReferenceError") return { code: "NOT_DEFINED", subject };
  if (kind === "a function" && name === "TypeError") return { code: "NOT_A_FUNCTION", subject };
  return { code: "THROWN", subject: null };
}

interface Frame {
  /** The first line is 1. */
  line: number;
  /** The first column is 0. */
  column: number;
}

/** The frames of a stack that are in the bundle, without those of the realm's own code. */
function ownFrames(stack: string, bundle: Bundle, file: string): Frame[] {
  const name = `${programName(bundle, file)}:`;
  return stack.split("\n").flatMap((frame) => {
    const [, line, column] = (frame.includes(name) && /:(\d+):(\d+)\)?$/.exec(frame)) || [];
    return line === undefined ? [] : [{ line: Number(line), column: Number(column) - 1 }];
  });
}

/** The position of the first frame that is in the author's files and not in a package. */
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
