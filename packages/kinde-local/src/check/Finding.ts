/** error: Sync code refuses it, or a run goes wrong. warning: it works today, or may be meant. */
export type Severity = "error" | "warning";

export interface Finding {
  /** Stable; the README explains each. */
  rule: RuleName;
  severity: Severity;
  /** Absolute path, line and column from 1; null where it is about no place in a file. */
  file: string | null;
  line: number | null;
  column: number | null;
  /** What is wrong. */
  message: string;
  /** What Kinde would do. */
  kinde: string;
  /** What to write instead. */
  instead: string;
  /** The global or the binding that it is about. */
  subject?: string;
}

interface Rule {
  severity: Severity;
  kinde: string;
}

const SYNC = "Sync code fails";
const REFUSED = "Sync code fails: the engine cannot read the bundle.";

/** Every rule, with what Kinde does about it (Kinde's documentation, or observed on its runtime). */
export const RULES = {
  "project-file": {
    severity: "error",
    kinde: "Kinde ignores the whole file and takes rootDir kindeSrc and no integrations.",
  },
  "project-version": {
    severity: "warning",
    kinde: "Kinde's documentation asks for a version; without one the format is a guess.",
  },
  "no-workflows": { severity: "error", kinde: `${SYNC}: "No workflows".` },
  "workflow-name": {
    severity: "error",
    kinde: "Kinde does not find the workflow; nothing tells you.",
  },
  "workflow-place": {
    severity: "error",
    kinde: "Kinde does not find the workflow; nothing tells you.",
  },
  bundle: { severity: "error", kinde: `${SYNC}: the bundler cannot build it.` },
  "bundle-size": {
    severity: "error",
    kinde: "Kinde's limit is not known; a bundle of 2 MB has been seen to end its engine.",
  },
  "unknown-import": {
    severity: "error",
    kinde: `${SYNC}: what is imported does not exist. (Through \`import * as\` it is undefined, and calling it throws.)`,
  },
  "package-not-allowed": { severity: "error", kinde: `${SYNC}: the package is not installed.` },
  "unpinned-package": {
    severity: "warning",
    kinde: "Kinde builds with whatever version is the latest on the day of the sync.",
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
    kinde: `${SYNC}: the file is evaluated without bindings to read its settings.`,
  },
  "top-level-error": { severity: "error", kinde: `${SYNC}: reading workflowSettings fails.` },
  "settings-shape": {
    severity: "error",
    kinde: `${SYNC}: workflowSettings is no plain object, and reading it panics.`,
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
      "The policy is not understood; the default, stop, ends the sign-in when the workflow fails.",
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
      "It throws a TypeError: what keys(), values() and entries() of URLSearchParams give has `next` alone.",
  },
  "engine-crash": {
    severity: "error",
    kinde:
      "The engine crashes when it gets there (invalid memory address or nil pointer dereference): the run ends, and nothing can catch it.",
  },
  "undeclared-binding": {
    severity: "error",
    kinde: "The line throws: what is not declared in workflowSettings.bindings does not exist.",
  },
  "undeclared-console": {
    severity: "warning",
    kinde:
      "The documentation says that the hosted service provides it. The public runtime throws a ReferenceError; `--set undeclaredConsole=absent` runs as it does.",
  },
  "undeclared-fetch": {
    severity: "warning",
    kinde:
      "The public runtime throws at the first request; the hosted service seems to let createKindeAPI through without the binding.",
  },
  "unused-binding": {
    severity: "warning",
    kinde: "Nothing fails; the workflow is given more than it needs.",
  },
  "binding-value": {
    severity: "error",
    kinde:
      "Kinde cannot read the bindings and takes none of them: nothing is declared, `kinde` included.",
  },
  "unknown-binding": { severity: "error", kinde: "Kinde gives nothing for it." },
  "prohibited-claim": { severity: "error", kinde: "Kinde does not let a workflow set this claim." },
  "missing-variable": { severity: "warning", kinde: "kinde.env.get gives nothing for it." },
  "variable-size": {
    severity: "warning",
    kinde: "Kinde takes names of up to 128 and values of up to 2,048 characters.",
  },
  "browser-response": {
    severity: "error",
    kinde: "It is undefined, whatever the answer was; calling it throws a TypeError.",
  },
  "relative-url": {
    severity: "error",
    kinde:
      'The request fails: unsupported protocol scheme "". There is no page that a URL could be relative to.',
  },
  "unescaped-url-value": {
    severity: "warning",
    kinde:
      "The URL is sent as it is written, and a value with /, &, # or % asks for something else.",
  },
  "non-ascii-text": {
    severity: "warning",
    kinde: "The engine gives another text than Node and browsers do, without an error.",
  },
  "regexp-named-group": {
    severity: "error",
    kinde: "It matches, but `groups` is undefined and `$<name>` is not replaced.",
  },
  "regexp-unicode-property": {
    severity: "error",
    kinde: "The engine drops the backslash: \\p{L} is the text p{L}, in a class its characters.",
  },
  "date-with-space": {
    severity: "error",
    kinde:
      "The engine reads one layout with a space (seconds, no zone); every other is NaN, such as the one PostgreSQL prints.",
  },
  "locale-argument": {
    severity: "error",
    kinde: "On a number it throws a RangeError: the locale is taken for a radix.",
  },
  "logged-error": {
    severity: "warning",
    kinde:
      "The log shows {}; of an error of kinde.fetch it shows the whole URL, with its query and all that is in it.",
  },
  "thrown-object": { severity: "warning", kinde: 'The log shows "[object Object]".' },
} as const satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

export interface Place {
  file: string | null;
  line: number | null;
  column: number | null;
}

/** `severity` is the rule's, but where less is known than the rule needs. */
export function finding(
  rule: RuleName,
  place: Place,
  message: string,
  instead: string,
  severity: Severity = RULES[rule].severity,
): Finding {
  const { kinde } = RULES[rule];
  const { file } = place;
  // Where no line is known, the first stands for the file: annotations need one.
  const line = place.line ?? (file === null ? null : 1);
  const column = place.column ?? (file === null ? null : 1);
  return { rule, severity, file, line, column, message, kinde, instead };
}

/** A file as a whole. */
export function wholeFile(file: string): Place {
  return { file, line: 1, column: 1 };
}
