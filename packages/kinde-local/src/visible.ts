/**
 * Control characters (C0 without tab and newline, DEL, C1), line and paragraph separators, and the
 * characters that change the direction of text.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Text from a project or a workflow, for a terminal or a log: characters that could steer the
 * terminal or hide a part of the text are written as `\u001b`. Lines after the first begin with
 * `indent`, so that no text passes for a line of our own.
 */
export function visible(text: string, indent = "    "): string {
  return escapeControls(text).replaceAll("\n", `\n${indent}`);
}

/** JSON escapes only C0. The other characters are valid in JSON, and a terminal would obey them. */
export function visibleJson(value: unknown, space = 0): string {
  return escapeControls(JSON.stringify(value, null, space));
}

function escapeControls(text: string): string {
  return text.replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
