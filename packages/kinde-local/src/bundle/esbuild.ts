/**
 * The bundler, in the version that Kinde uses. Our build copies its library into dist/, so the
 * package depends only on esbuild's binaries. The package `esbuild` itself has an install script,
 * which pnpm refuses to run.
 */
// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
import * as esbuild from "esbuild";
import { KindeError } from "../errors.ts";

// biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
export type { BuildFailure, BuildResult, Loader, Message, Metafile, Plugin } from "esbuild";

/**
 * The number of runtimes that use the bundler. They share its process, and the last one that closes
 * ends it.
 */
let users = 0;
let isStopped = false;
/** The running builds. If their process is stopped, esbuild never settles their promises. */
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

/** Ends the bundler's process after its last build, if no runtime uses it. */
export async function close(): Promise<void> {
  users--;
  while (users === 0 && running.size > 0) await Promise.allSettled(running);
  if (users > 0) return;
  isStopped = true;
  await esbuild.stop();
}
