import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * Kinde's build machine always has `@kinde/infrastructure`. So a project that was
 * cloned and not yet installed bundles with the copy that came with this package.
 */
export function packageFallback(): string[] {
  try {
    const entry = createRequire(import.meta.url).resolve("@kinde/infrastructure");
    return [resolve(dirname(entry), "..", "..", "..")];
  } catch {
    return [];
  }
}
