/** The exit codes of all commands. The `--help` of each command explains them for that command. */
export const EXIT = {
  done: 0,
  /** The workflow, a step or a request failed, or a check or a measurement found a problem. */
  failed: 1,
  /** The command line, a setting or the project cannot be used, or a package is not installed. */
  usage: 2,
  /** A part of the local stack could not start. */
  stack: 3,
} as const;
