import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * Lets a project that was cloned but not installed use this package's copy of
 * `@kinde/infrastructure`. Kinde's build machine always has that package.
 */
export function packageFallback(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve("@kinde/infrastructure");
    return [resolve(dirname(entry), "..", "..", "..")];
  } catch {
    return [];
  }
}
