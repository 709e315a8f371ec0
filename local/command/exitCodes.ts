/** What the exit code of every command means. The `--help` of a command says it in its own words. */
export const EXIT = {
  done: 0,
  /** The workflow failed, or a check or a measurement found a problem. */
  failed: 1,
  /** The command line, a setting or the project cannot be used. */
  usage: 2,
  /** A part of the local stack could not start. */
  stack: 3,
} as const;
