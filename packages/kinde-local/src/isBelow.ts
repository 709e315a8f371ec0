import { isAbsolute, relative, sep } from "node:path";

/** Whether a path is inside a folder. On Windows the two may be on different drives. */
export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== "" && inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
