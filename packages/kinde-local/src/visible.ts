/**
 * Control characters (C0 without tab and newline, DEL, C1), line and paragraph separators, the
 * characters that change the direction of text, and the invisible character U+FEFF.
 */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern has to match them
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * Makes text from a project or a workflow safe for a terminal or a log. Characters that could
 * control the terminal or hide a part of the text are escaped, such as `\u001b`. Lines after the
 * first begin with `indent`, so that the text cannot imitate a line of kinde-local.
 */
export function visible(text: string, indent = "    "): string {
  return escapeControls(text).replaceAll("\n", `\n${indent}`);
}

/**
 * Like `visible`, for a value as JSON, but without an indent. Of the characters above,
 * `JSON.stringify` escapes only C0. The others can also control a terminal or hide text.
 */
export function visibleJson(value: unknown, space = 0): string {
  return escapeControls(JSON.stringify(value, null, space));
}

function escapeControls(text: string): string {
  return text.replace(HIDDEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
