/**
 * The bundler, of the version that Kinde uses. The build copies its library into dist/ and the
 * package depends on its programs alone: the package `esbuild` has an install script, which pnpm
 * refuses to run.
 */
export {
  type BuildFailure,
  type BuildResult,
  build,
  type Metafile,
  type Plugin,
  stop,
  // biome-ignore lint/correctness/noUndeclaredDependencies: build.js copies it into dist/
} from "esbuild";
