/**
 * The bundler, of the version that Kinde uses. The build copies its library into dist/ and the
 * package depends on its programs alone: the package `esbuild` has an install script, which pnpm
 * refuses to run.
 */
// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
import * as esbuild from "esbuild";

// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
export type { BuildFailure, BuildResult, Loader, Message, Metafile, Plugin } from "esbuild";

/** Builds that the bundler's process works on. All runtimes share that process. */
const running = new Set<Promise<unknown>>();

export const build: typeof esbuild.build = (options) => {
  const building = esbuild.build(options);
  const forget = (): boolean => running.delete(building);
  running.add(building);
  building.then(forget, forget);
  return building;
};

/** Ends the bundler's process after its last build: esbuild never settles a build that it stops. */
export async function stop(): Promise<void> {
  await Promise.allSettled(running);
  await esbuild.stop();
}
