/**
 * The bundler, of the version that Kinde uses. The build copies its library into dist/ and the
 * package depends on its programs alone: the package `esbuild` has an install script, which pnpm
 * refuses to run.
 */
// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
import * as esbuild from "esbuild";
import { KindeError } from "../errors.ts";

// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
export type { BuildFailure, BuildResult, Loader, Message, Metafile, Plugin } from "esbuild";

/** Runtimes that may build. They share the bundler's process, and the last one to close ends it. */
let users = 0;
let isStopped = false;
/** esbuild never settles a build whose process it stops. */
const running = new Set<Promise<unknown>>();

/** Lets a runtime use the bundler until it calls `close`. */
export function open(): void {
  users++;
  isStopped = false;
}

/** @throws {KindeError} CLOSED after the last runtime has closed */
export const build: typeof esbuild.build = (options) => {
  if (isStopped) throw new KindeError("CLOSED", "The runtime was closed during a build.");
  const building = esbuild.build(options);
  const forget = (): boolean => running.delete(building);
  running.add(building);
  building.then(forget, forget);
  return building;
};

/** Ends the bundler's process if no runtime uses it, after its last build. */
export async function close(): Promise<void> {
  users--;
  while (users === 0 && running.size > 0) await Promise.allSettled(running);
  if (users > 0) return;
  isStopped = true;
  await esbuild.stop();
}
