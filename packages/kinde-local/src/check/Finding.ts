/**
 * error: Sync code refuses the project, Kinde ignores a part of it, or a run fails or has a wrong
 * result. warning: the code works today, or the author may intend it.
 */
export type Severity = "error" | "warning";

export interface Finding {
  /** A stable name. docs/rules.md explains each rule. */
  rule: RuleName;
  severity: Severity;
  /** Absolute path. Line and column start at 1. All three are null for a finding without a file. */
  file: string | null;
  line: number | null;
  column: number | null;
  /** What is wrong. */
  message: string;
  /** What Kinde would do. */
  kinde: string;
  /** What to do, as a sentence. */
  instead: string;
  /** The global or the binding that the finding is about. */
  subject?: string;
}

interface Rule {
  severity: Severity;
  kinde: string;
}

const SYNC = "Sync code fails";
const REFUSED = "Sync code fails: the engine cannot read the bundle.";

/**
 * Every rule, and what Kinde does if a project breaks it. `kinde` states what Kinde documents, or
 * what was observed on its runtime.
 */
export const RULES = {
  "project-file": {
    severity: "error",
    kinde:
      "Kinde ignores the whole file and uses the defaults: rootDir kindeSrc and no integrations.",
  },
  "project-version": {
    severity: "warning",
    kinde:
      "Kinde's documentation asks for a version. Without one, it is unknown how Kinde reads the file.",
  },
  "no-workflows": { severity: "error", kinde: `${SYNC}: "No workflows".` },
  "workflow-name": {
    severity: "error",
    kinde: "Kinde does not find the workflow, and reports nothing.",
  },
  "workflow-place": {
    severity: "error",
    kinde: "Kinde does not find the workflow, and reports nothing.",
  },
  bundle: { severity: "error", kinde: `${SYNC}: the bundler cannot build the file.` },
  "bundle-size": {
    severity: "error",
    kinde: "Kinde's limit is not known. A bundle of 2 MB was seen to stop its engine.",
  },
  "unknown-import": {
    severity: "error",
    kinde: `${SYNC}: the import does not exist. (A missing member of \`import * as\` is undefined, and calling it throws.)`,
  },
  "package-not-allowed": { severity: "error", kinde: `${SYNC}: the package is not installed.` },
  "unpinned-package": {
    severity: "warning",
    kinde: "Kinde builds with the version that is the latest on the day of the sync.",
  },
  "logical-assignment": { severity: "error", kinde: REFUSED },
  "for-await": { severity: "error", kinde: REFUSED },
  "async-generator": { severity: "error", kinde: REFUSED },
  using: { severity: "error", kinde: REFUSED },
  "regexp-flag": { severity: "error", kinde: REFUSED },
  "dynamic-import": { severity: "error", kinde: REFUSED },
  syntax: { severity: "error", kinde: REFUSED },
  "top-level-binding": {
    severity: "error",
    kinde: `${SYNC}: to read the settings, Kinde evaluates the file without any bindings.`,
  },
  "top-level-error": { severity: "error", kinde: `${SYNC}: reading workflowSettings fails.` },
  "settings-shape": {
    severity: "error",
    kinde: `${SYNC}: workflowSettings is not a plain object, and Kinde's Go code panics when it reads them.`,
  },
  "default-export": { severity: "error", kinde: `${SYNC}: there is no function to run.` },
  "default-not-async": {
    severity: "error",
    kinde: "Every run fails: the default export has to return a promise.",
  },
  "workflow-id": { severity: "error", kinde: `${SYNC}: "Workflow ID is required".` },
  "duplicate-id": { severity: "error", kinde: `${SYNC}: "Duplicate workflow ID".` },
  "unknown-trigger": { severity: "error", kinde: `${SYNC}: "Unknown trigger requested".` },
  "duplicate-trigger": {
    severity: "error",
    kinde: `${SYNC}: "More than one workflow assigned to this trigger".`,
  },
  "failure-policy": {
    severity: "error",
    kinde:
      "Kinde does not recognize this policy and uses the default, stop: if the workflow fails, the sign-in ends.",
  },
  "absent-global": {
    severity: "error",
    kinde: "The line throws a ReferenceError: the engine has no such global.",
  },
  "absent-member": {
    severity: "error",
    kinde: "The line throws a TypeError: the engine has no such member.",
  },
  "url-iterator": {
    severity: "error",
    kinde:
      "The iteration throws a TypeError: keys(), values() and entries() of URLSearchParams return an object that has only `next`.",
  },
  "engine-crash": {
    severity: "error",
    kinde:
      "The engine crashes at this line (invalid memory address or nil pointer dereference). The run ends, and no code can catch the crash.",
  },
  "undeclared-binding": {
    severity: "error",
    kinde: "The line throws: a binding exists only if workflowSettings.bindings declares it.",
  },
  "undeclared-console": {
    severity: "warning",
    kinde:
      "Kinde's documentation says that the hosted service provides `console`. The public runtime throws a ReferenceError, and so does kinde-local with `--set undeclaredConsole=absent`.",
  },
  "undeclared-fetch": {
    severity: "warning",
    kinde:
      "The public runtime throws at the first request; the hosted service seems to allow createKindeAPI without the binding.",
  },
  "unused-binding": {
    severity: "warning",
    kinde: "Nothing fails, but the workflow has access to more than it needs.",
  },
  "binding-value": {
    severity: "error",
    kinde:
      "Kinde cannot read the bindings and ignores all of them, so not even the global `kinde` exists.",
  },
  "unknown-binding": { severity: "error", kinde: "Kinde provides nothing under this name." },
  "prohibited-claim": { severity: "error", kinde: "Kinde does not let a workflow set this claim." },
  "missing-variable": { severity: "warning", kinde: "kinde.env.get returns no value." },
  "variable-size": {
    severity: "warning",
    kinde: "Kinde accepts names of up to 128 and values of up to 2,048 characters.",
  },
  "browser-response": {
    severity: "error",
    kinde: "The member is always undefined, and calling it throws a TypeError.",
  },
  "relative-url": {
    severity: "error",
    kinde:
      'The request fails: unsupported protocol scheme "". A workflow has no page that a URL can be relative to.',
  },
  "unescaped-url-value": {
    severity: "warning",
    kinde: "Kinde sends the URL unchanged, so a value with /, &, # or % changes the request.",
  },
  "non-ascii-text": {
    severity: "warning",
    kinde: "The engine returns a different string than Node and browsers do, without an error.",
  },
  "regexp-named-group": {
    severity: "error",
    kinde: "The expression matches, but `groups` is undefined and `$<name>` is not replaced.",
  },
  "regexp-unicode-property": {
    severity: "error",
    kinde:
      "The engine drops the backslash: \\p{L} matches the string p{L}. In a character class, it matches each of the characters p, {, L and }.",
  },
  "date-with-space": {
    severity: "error",
    kinde:
      "The engine parses only one numeric format with a space (with seconds, without a time zone). For every other one the result is NaN, for example for the one that PostgreSQL prints.",
  },
  "locale-argument": {
    severity: "error",
    kinde: "For a number, the call throws a RangeError: the engine uses the locale as a radix.",
  },
  "logged-error": {
    severity: "warning",
    kinde: "The log shows {}. For an error of kinde.fetch it shows the whole URL with its query.",
  },
  "thrown-object": { severity: "warning", kinde: 'The log shows "[object Object]".' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

export interface Place {
  file: string | null;
  line: number | null;
  column: number | null;
}

/** Pass a `severity` only if `check` cannot know for sure that the code breaks the rule. */
export function finding(
  rule: RuleName,
  place: Place,
  message: string,
  instead: string,
  severity: Severity = RULES[rule].severity,
): Finding {
  const { kinde } = RULES[rule];
  const { file } = place;
  // Annotations need a line. Without one, the first line stands for the file.
  const line = place.line ?? (file === null ? null : 1);
  const column = place.column ?? (file === null ? null : 1);
  return { rule, severity, file, line, column, message, kinde, instead };
}

/** The place of a finding about a whole file: its first character. */
export function wholeFile(file: string): Place {
  return { file, line: 1, column: 1 };
}
