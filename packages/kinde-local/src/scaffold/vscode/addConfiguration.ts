import { blankComments } from "./blankComments.ts";
import { LAUNCH_CONFIGURATION } from "./launchFile.ts";

export type AddedConfiguration =
  | { state: "added"; text: string }
  | { state: "present" }
  | { state: "unreadable"; why: string };

/** Adds our configuration to the text of a launch.json. Comments and layout stay as they are. */
export function addConfiguration(text: string): AddedConfiguration {
  const plain = blankComments(text);
  const known = configurationsOf(plain);
  if (known === null) return { state: "unreadable", why: "it holds no list of configurations" };
  if (known.some(isOurs)) return { state: "present" };
  const start = startOfList(plain);
  const indent = /\n([ \t]+)"configurations"/.exec(plain)?.[1] ?? "  ";
  const own = JSON.stringify(
    LAUNCH_CONFIGURATION,
    null,
    indent.includes("\t") ? "\t" : indent.length,
  );
  const inner = indent.repeat(2);
  const entry = `\n${inner}${own.replaceAll("\n", `\n${inner}`)}`;
  const end = known.length === 0 ? `\n${indent}` : ",";
  const rest = known.length === 0 ? text.slice(start).trimStart() : text.slice(start);
  const added = `${text.slice(0, start)}${entry}${end}${rest}`;
  const count = configurationsOf(blankComments(added))?.length;
  if (count === known.length + 1) return { state: "added", text: keepLineEnds(added, text) };
  return { state: "unreadable", why: "kinde-local cannot add to a file with this layout" };
}

function configurationsOf(plain: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(plain);
    const list = (value as { configurations?: unknown } | null)?.configurations;
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

/** Finds the position after the `[` of the member `configurations` of the outermost object. */
function startOfList(plain: string): number {
  let depth = 0;
  for (const { 0: token, index } of plain.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && token === '"configurations"') {
      const after = /^\s*:\s*\[/.exec(plain.slice(index + token.length));
      if (after) return index + token.length + after[0].length;
    }
  }
  return 0;
}

function isOurs(configuration: unknown): boolean {
  return (configuration as { name?: unknown } | null)?.name === LAUNCH_CONFIGURATION.name;
}

function keepLineEnds(text: string, like: string): string {
  return like.includes("\r\n") ? text.replace(/\r?\n/g, "\r\n") : text;
}
