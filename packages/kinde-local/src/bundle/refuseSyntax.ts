import type { Node, Program } from "acorn";
import { full } from "acorn-walk";
import type { RunError } from "../types.ts";
import type { Bundle } from "./bundleWorkflow.ts";
import { parseBundle } from "./parseBundle.ts";
import { codePlaces, sourcePositions } from "./sourcePosition.ts";

export interface Refusal {
  /** The name of the rule in `kinde-local check`. */
  rule: string;
  /** The problem, as a sentence. */
  message: string;
  /** The fix, as a sentence. */
  instead: string;
  line: number;
  column: number;
}

/**
 * Finds the syntax that Kinde's engine (goja of 2024-09-19) cannot read. It searches the bundle and
 * not the author's files, because esbuild itself writes `||=` for an enum inside a function and for
 * a namespace. esbuild does not replace newer syntax.
 */
export function findRefusedSyntax(bundle: Bundle): Refusal[] {
  try {
    return search(bundle);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ ...TOO_DEEP, line: 1, column: 0 }];
  }
}

const TOO_DEEP = {
  rule: "syntax",
  message: "This code is nested too deeply to be parsed.",
  instead: "Split the expression.",
};

/** Matches every bundle that contains such syntax, and few others. */
const CANDIDATE =
  /(?:\?\?|\|\||&&)=|\bfor\s*await\b|\basync\s*(?:function\b\s*)?\*|\busing\b|\bimport\s*\(|\/[dgimsuvy]*[dv][dgimsuvy]*(?![\w/])|\(\?[ims-]+:/;

function search(bundle: Bundle): Refusal[] {
  let program: Program;
  try {
    program = parseBundle(bundle);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return [unparsable(error)];
  }
  const found: Refusal[] = [];
  if (!CANDIDATE.test(bundle.code)) return found;
  const placeOf = codePlaces(bundle.code);
  full(program, (node) => {
    const refused = refusalOf(node as Candidate);
    if (refused) found.push({ ...refused, ...placeOf(node.start) });
  });
  return found.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The first refusal as the error of a run, with its position in the author's source files. */
export function refuseSyntax(bundle: Bundle): RunError | null {
  const first = findRefusedSyntax(bundle)[0];
  if (!first) return null;
  const position = sourcePositions(bundle)(first.line, first.column);
  return {
    code: "SYNTAX_REFUSED",
    name: "SyntaxError",
    message: first.message,
    instead: first.instead,
    subject: null,
    file: position?.file ?? null,
    line: position?.line ?? null,
    column: position?.column ?? null,
  };
}

interface Candidate extends Node {
  operator?: string;
  await?: boolean;
  async?: boolean;
  generator?: boolean;
  kind?: string;
  regex?: { pattern: string; flags: string };
}

type Verdict = Pick<Refusal, "rule" | "message" | "instead"> | null;

function refusalOf(node: Candidate): Verdict {
  switch (node.type) {
    case "AssignmentExpression":
      return logicalAssignment(node.operator ?? "");
    case "ForOfStatement":
      return node.await
        ? refuse("for-await", "`for await`", "Use `for (const x of list) { await x }`.")
        : null;
    case "FunctionDeclaration":
    case "FunctionExpression":
      return node.async && node.generator
        ? refuse(
            "async-generator",
            "an async generator",
            "Use an async function that returns an array.",
          )
        : null;
    case "VariableDeclaration":
      return node.kind === "using" || node.kind === "await using"
        ? refuse("using", `\`${node.kind}\``, "Use `const` and `try … finally`.")
        : null;
    case "ImportExpression":
      return refuse(
        "dynamic-import",
        "`import()` of a computed name",
        "Use an `import` statement.",
      );
    case "Literal":
      return node.regex ? regexp(node.regex) : null;
    default:
      return null;
  }
}

function logicalAssignment(operator: string): Verdict {
  if (!/^(\?\?|\|\||&&)=$/.test(operator)) return null;
  const written = `Use \`a = a ${operator.slice(0, 2)} b\`.`;
  if (operator !== "||=") return refuse("logical-assignment", `\`${operator}\``, written);
  return refuse(
    "logical-assignment",
    "`||=`, which esbuild also writes for an `enum` inside a function and for a `namespace`",
    `${written} Or move the enum to the top level of its file, and make the namespace a module.`,
  );
}

function regexp({ pattern, flags }: { pattern: string; flags: string }): Verdict {
  const flag = /[dv]/.exec(flags)?.[0];
  if (/\(\?[ims-]+:/.test(pattern)) {
    return refuse(
      "regexp-flag",
      "flags inside a regular expression, `(?i:…)`",
      "Set the flags after the regular expression.",
    );
  }
  if (!flag) return null;
  return refuse(
    "regexp-flag",
    `the regular expression flag \`${flag}\``,
    `Remove the flag \`${flag}\`.`,
  );
}

function refuse(rule: string, what: string, instead: string): Verdict {
  return { rule, message: `Kinde's engine cannot read ${what}.`, instead };
}

function unparsable(error: unknown): Refusal {
  const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
  return {
    rule: "syntax",
    message: `Kinde's engine cannot read this: ${message.replace(/ \(\d+:\d+\)$/, "")}.`,
    instead: "Use ES2022 syntax.",
    line: loc?.line ?? 1,
    column: loc?.column ?? 0,
  };
}
